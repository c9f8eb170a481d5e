// What this browser may remember: the reader's settings, never anything about a person.
// Storage can be refused (private window, full disk, policy): then the setting just does not last.

export const remembered = (key: string): string | undefined => {
  try {
    return window.localStorage.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

export const remember = (key: string, value: string): void => {
  try {
    window.localStorage.setItem(key, value)
  } catch {
    // The setting holds until the page is left, which is all a locked-down browser allows.
  }
}
