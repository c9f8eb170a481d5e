/**
 * As the `ref` of what answers something the reader just did: it takes the focus once, when it appears. A function written in
 * place is a new one at each rendering, and would pull the focus away from the field that is being typed in.
 */
export const takeFocus = (element: HTMLElement | null): void => element?.focus()
