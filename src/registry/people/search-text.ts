import { type NumberFault, parseResidentNumber, type ResidentNumber } from '#base'
import { canonicalName, looksLikeName } from './names.ts'

/** What somebody typed into the search box, understood. */
export type SearchText =
  | { readonly by: 'number'; readonly number: ResidentNumber }
  | { readonly by: 'last4'; readonly last4: string }
  | { readonly by: 'household'; readonly number: string }
  | { readonly by: 'initials'; readonly initials: string }
  | { readonly by: 'name'; readonly prefix: string }
  | { readonly by: 'nothing'; readonly reason: 'too-short' | NumberFault }

/**
 * Tells what is searched for by the shape of the text alone: 15 or 18 digits a number, four characters its end, letters
 * and digits a household number, Latin letters pinyin initials, anything else the beginning of a name.
 */
export const readSearchText = (raw: string): SearchText => {
  const text = raw.normalize('NFKC').trim()
  const dense = text.replace(/\s+/gu, '')
  if (/^\d{3}[\dX]$/iu.test(dense)) return { by: 'last4', last4: dense.toUpperCase() }
  // A long row of digits, even one with stars or a stray letter in it, is meant as a number and is told what is wrong.
  if (/^\d{6}/u.test(dense) || /^[\dX*]{10,}$/iu.test(dense)) return readNumber(dense)
  if (/^[a-z]+[\w-]*\d/iu.test(dense)) return { by: 'household', number: dense.toUpperCase() }
  if (/^[a-z]+$/iu.test(dense)) {
    return dense.length >= 2 ? { by: 'initials', initials: dense.toLowerCase() } : tooShort
  }
  const prefix = canonicalName(text)
  return prefix !== '' && looksLikeName(prefix) ? { by: 'name', prefix } : tooShort
}

const tooShort = { by: 'nothing', reason: 'too-short' } as const

const readNumber = (text: string): SearchText => {
  const read = parseResidentNumber(text)
  return read.ok ? { by: 'number', number: read.number } : { by: 'nothing', reason: read.reason }
}
