/** Spaces of every kind, zero-width marks, byte order mark and soft hyphen, as office programs leave them in cells. */
export const invisible = /[\s\u00A0\u00AD\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u3000\uFEFF]/gu

/** Full-width ASCII (digits, letters, signs) and the full-width yen sign in their ordinary form. */
export const toHalfWidth = (text: string): string =>
  text
    .replace(/[\uFF01-\uFF5E]/gu, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replaceAll('\uFFE5', '\u00A5')
