/** A key and what it does, as the help of the keyboard shows it. */
export interface Shortcut {
  /** A `KeyboardEvent.key` such as `j`, `?`, `/`, `ArrowDown`. Only plain keys: no chords that a browser owns. */
  readonly key: string
  readonly label: string
  /** Heading in the help; the shortcuts of a page have none. */
  readonly group?: string
  /** Gives false when the key was not for it, so that the next one may have it. */
  readonly run: () => boolean | undefined
}

interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly defaultPrevented: boolean
  readonly isComposing: boolean
}

/**
 * Whether a key press may be taken as a shortcut: never while writing, never in the middle of an input method's
 * composition, never together with a modifier that belongs to the browser or a screen reader.
 */
export const mayBeShortcut = (press: KeyPress, isWriting: boolean): boolean =>
  !isWriting &&
  !press.defaultPrevented &&
  !press.isComposing &&
  !press.ctrlKey &&
  !press.metaKey &&
  !press.altKey

/** Offers a key to the shortcuts, youngest first, until one takes it. Tells whether one did. */
export const offer = (shortcuts: readonly Shortcut[], key: string): boolean =>
  [...shortcuts].reverse().some((shortcut) => shortcut.key === key && shortcut.run() !== false)
