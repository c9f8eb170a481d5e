import { addDays, type BusinessDate, parseDate, parseMonth, type RegionCode, regionCodeOfShort } from '#base'
import type { Values, WordKey } from './words.ts'

/** The words of a command are wrong: told in the user's language, exit code 2. */
export class WrongUsage extends Error {
  readonly key: WordKey
  readonly values: Values
  constructor(key: WordKey, values: Values = {}) {
    super(key)
    this.key = key
    this.values = values
  }
}

/** Reads a whole number within bounds. */
export const asWholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= least && value <= most))
      throw new WrongUsage('usage.wholeNumber', { value: text, least, most })
    return value
  }

/** Reads one of the given words. */
export const asOneOf =
  (choices: readonly string[]) =>
  (text: string): string => {
    if (!choices.includes(text))
      throw new WrongUsage('usage.oneOf', { value: text, choices: choices.join(', ') })
    return text
  }

/** Reads a month. */
export const asMonth = (text: string): string => {
  if (!parseMonth(text)) throw new WrongUsage('usage.month', { value: text })
  return text
}

/** Reads a region code, short or in twelve digits. */
export const asRegion = (text: string): RegionCode => {
  const code = regionCodeOfShort(text)
  if (!code) throw new WrongUsage('usage.region', { value: text })
  return code
}

/** Reads four digits of a prefecture, also written with more. */
export const asPrefecture = (text: string): string => {
  if (!/^[1-9]\d{3}(0{2}|0{8})?$/.test(text)) throw new WrongUsage('usage.region', { value: text })
  return text.slice(0, 4)
}

/** Reads a date. */
export const asBusinessDate = (text: string): BusinessDate => {
  const date = parseDate(text)
  if (!date) throw new WrongUsage('usage.plainDate', { value: text })
  return date
}

/** Reads the id of a pack. */
export const asPackId = (text: string): string => {
  if (!/^[a-z][a-z0-9-]*$/.test(text)) throw new WrongUsage('usage.pack', { value: text })
  return text
}

/** Reads the id of a file. */
export const asFeedId = (text: string): string => {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text))
    throw new WrongUsage('usage.id', { value: text })
  return text
}

/** Reads a reason. */
export const asReason = (text: string): string => {
  const reason = text.trim()
  if (reason.length < 4 || reason.length > 500) throw new WrongUsage('usage.reason')
  return reason
}

/** Reads a date, or days to go on from a date. */
export const asMove = (text: string): ((from: BusinessDate) => BusinessDate) => {
  const date = parseDate(text)
  if (date) return () => date
  const days = /^\+(\d{1,4})d?$/.exec(text)?.[1]
  if (days === undefined) throw new WrongUsage('usage.date', { value: text })
  return (from) => addDays(from, Number(days))
}
