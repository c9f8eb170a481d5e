const dots = /[·.•‧∙⋅․●・。．]/gu
const invisible = /[\p{Cf}\p{Cc}]/gu

/**
 * A name as it is kept: no spaces between Chinese characters, one kind of middle dot, full-width letters made plain.
 * Characters themselves are never replaced, however rare.
 */
export const canonicalName = (raw: string): string =>
  raw
    .replace(/[\uFF01-\uFF5E]/gu, (wide) => String.fromCodePoint((wide.codePointAt(0) ?? 0) - 0xfee0))
    .replace(invisible, '')
    .replace(/(?<=\p{L})\s*[·.•‧∙⋅․●・。．]\s*(?=\p{L})/gu, '·')
    .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()

/** A name without dots and spaces, as its pieces are kept. */
export const bareName = (name: string): string => name.replace(/[· ]/gu, '')

/** The first and the last two characters of a text, counted in code points; undefined when it has fewer than two. */
export const outerPieces = (bare: string): { readonly first: string; readonly last: string } | undefined => {
  const points = [...bare]
  return points.length < 2
    ? undefined
    : { first: points.slice(0, 2).join(''), last: points.slice(-2).join('') }
}

/** Whether a text typed into the search box can be (the beginning of) a name. */
export const looksLikeName = (text: string): boolean => /^[\p{L}\p{M}·\s]+$/u.test(text.replace(dots, '·'))

/**
 * The half-open range of texts that begin with the prefix in collation C, which orders by code point. Undefined `until`
 * only for a prefix made of the last code point there is.
 */
export const rangeOfPrefix = (
  prefix: string,
): { readonly from: string; readonly until: string | undefined } => {
  const points = [...prefix].map((letter) => letter.codePointAt(0) ?? 0)
  while (points.length > 0) {
    const last = points.pop() ?? 0
    if (last >= 0x10ffff) continue
    // Surrogates are no characters of a text in UTF-8.
    const next = last + 1 === 0xd800 ? 0xe000 : last + 1
    return { from: prefix, until: String.fromCodePoint(...points, next) }
  }
  return { from: prefix, until: undefined }
}
