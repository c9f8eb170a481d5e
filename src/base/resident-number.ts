import { type BusinessDate, parseDate } from './dates.ts'
import { invisible, toHalfWidth } from './half-width.ts'

/** 18 characters, upper case, check character and birth date proved. */
export type ResidentNumber = string & { readonly kind: 'resident-number' }
/** As the 17th digit tells it. */
export type Sex = 'male' | 'female'

/** What had to be put right before the number could be read. */
export type NumberRepair = 'spaces' | 'quotes' | 'full-width' | 'lower-x' | 'trailing-zero' | 'lifted-from-15'
/**
 * Why a text is no resident number. `scientific`: a spreadsheet kept 15 digits and lost the rest; `masked`: stars, never
 * a key for matching; `length`: also the 20 characters of a disability certificate.
 */
export type NumberFault = 'empty' | 'length' | 'characters' | 'checksum' | 'date' | 'masked' | 'scientific'

/** What the number itself tells about its holder. */
export type ResidentNumberFacts = {
  readonly ok: true
  readonly number: ResidentNumber
  readonly birthDate: BusinessDate
  readonly sex: Sex
  /** First six digits: where the number was given out, possibly a county that no longer exists. */
  readonly region6: string
  readonly repaired: readonly NumberRepair[]
}
/** No number could be read, for this reason. */
export type NumberRejected = { readonly ok: false; readonly reason: NumberFault }

/**
 * Reads a number by GB 11643-1999: check character and a birth date that exists. 15 digits are lifted to 18 with the
 * century 19. Marks left by spreadsheets and input methods are repaired and listed; no digit is ever guessed.
 */
export const parseResidentNumber = (raw: string): ResidentNumberFacts | NumberRejected => {
  const { text, repaired } = clean(raw)
  const fault = faultOfShape(text)
  if (fault) return { ok: false, reason: fault }
  if (text.length === 15) {
    const body = `${text.slice(0, 6)}19${text.slice(6)}`
    return checked(body + checkCharacterOf(body), [...repaired, 'lifted-from-15'])
  }
  return checked(text, repaired)
}

/** The check character of GB 11643-1999 for the first 17 digits. */
export const checkCharacterOf = (body17: string): string => {
  let sum = 0
  for (let i = 0; i < 17; i += 1) sum += Number(body17[i]) * (weights[i] ?? 0)
  return '10X98765432'[sum % 11] ?? ''
}

/** `9999**********0112`: first and last four characters; what is shorter than 15 is masked whole. */
export const maskNumber = (number: string): string => {
  const shown = number.length >= 15 ? 4 : 0
  return (
    number.slice(0, shown) +
    '*'.repeat(number.length - 2 * shown) +
    (shown ? number.slice(number.length - shown) : '')
  )
}

/** `张*`, `张*华`, `买***江`: the first letter and, from three letters on, the last. */
export const maskName = (name: string): string => {
  const letters = [...name]
  if (letters.length <= 1) return '*'.repeat(letters.length)
  if (letters.length === 2) return `${letters[0]}*`
  return `${letters[0]}${'*'.repeat(letters.length - 2)}${letters.at(-1)}`
}

/** Repairs that change no digit: what spreadsheets, forms and input methods do to a number. */
export const clean = (raw: string): { text: string; repaired: NumberRepair[] } => {
  // Nearly every number arrives clean, and a feed has millions of them.
  if (/^\d{17}[\dX]$/u.test(raw)) return { text: raw, repaired: [] }
  const repaired: NumberRepair[] = []
  const step = (before: string, after: string, repair: NumberRepair): string => {
    if (before !== after) repaired.push(repair)
    return after
  }
  let text = step(raw, raw.replace(invisible, ''), 'spaces')
  text = step(text, toHalfWidth(text), 'full-width')
  text = step(text, text.replace(/^["'`\u2018-\u201F]+|["'`\u2018-\u201F]+$/gu, ''), 'quotes')
  text = step(text, text.replace(/^(\d{15}|\d{18})\.0+$/u, '$1'), 'trailing-zero')
  text = step(text, text.replace(/x$/u, 'X'), 'lower-x')
  return { text, repaired }
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

const faultOfShape = (text: string): NumberFault | undefined => {
  if (text === '') return 'empty'
  if (/^[+-]?\d+(?:\.\d+)?E\+?\d+$/iu.test(text)) return 'scientific'
  if (/^[\dX]*[*●•×][\dX*●•×]*$/iu.test(text)) return 'masked'
  if (!/^\d+X?$/u.test(text)) return 'characters'
  if (text.length !== 15 && text.length !== 18) return 'length'
  return text.length === 15 && text.endsWith('X') ? 'characters' : undefined
}

const checked = (number: string, repaired: readonly NumberRepair[]): ResidentNumberFacts | NumberRejected => {
  if (checkCharacterOf(number) !== number[17]) return { ok: false, reason: 'checksum' }
  const birthDate = parseDate(`${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`)
  if (!birthDate || birthDate < '1800-01-01') return { ok: false, reason: 'date' }
  return {
    ok: true,
    number: number as ResidentNumber,
    birthDate,
    sex: Number(number[16]) % 2 === 1 ? 'male' : 'female',
    region6: number.slice(0, 6),
    repaired,
  }
}
