// Plain ASCII without a space, or Chinese characters and nothing else: the usual cell needs no cleaning.
const usual = /^[\u0021-\u007e\u4e00-\u9fff]*$/u
// Control characters, zero-width and direction marks, soft hyphen, byte order mark: no cell means them.
const noise = /[\p{Cc}\p{Cf}]/gu
const spaces = /[\s\u00a0\u3000]+/gu
const fullWidth = /[\uff01-\uff5e]/gu

/** A cell's text without invisible characters, spaces of every kind made one plain space, ends trimmed. */
export const cleanText = (raw: string): string => {
  if (usual.test(raw)) return dressed(raw) ? undress(raw) : raw
  const text = raw.replace(spaces, ' ').replace(noise, '').trim()
  return dressed(text) ? undress(text).trim() : text
}

const dressed = (text: string): boolean => text.startsWith("'") || text.startsWith('=')

/** `'123` and `="123"` are how people keep a spreadsheet from making a number of a text. */
const undress = (text: string): string => text.replace(/^'+/u, '').replace(/^="([^"]*)"$/u, '$1')

/** For values that are signs rather than words: full-width forms made ordinary, no spaces. */
export const compact = (text: string): string =>
  usual.test(text)
    ? text
    : text
        .replace(fullWidth, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
        .replaceAll('\uffe5', '\u00a5')
        .replaceAll(' ', '')

const absentWords = new Set([
  '',
  '-',
  '--',
  '---',
  '—',
  '——',
  '–',
  '/',
  '\\',
  '无',
  '空',
  '(空)',
  'null',
  'NULL',
  'N/A',
  'n/a',
  '#N/A',
])

/** Words by which a form says that there is nothing. */
export const saysNothing = (text: string): boolean => absentWords.has(text)
