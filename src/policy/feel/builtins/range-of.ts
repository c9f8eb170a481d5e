import { finite } from '../value/arithmetic.ts'
import { compareValues } from '../value/compare.ts'
import { parseDate, parseDateTime, parseDuration, parseTemporal, parseTime } from '../value/temporal.ts'
import { type FeelValue, number } from '../value/value.ts'

const makers: Readonly<Record<string, (text: string) => FeelValue>> = {
  '@': parseTemporal,
  date: parseDate,
  time: parseTime,
  'date and time': parseDateTime,
  duration: parseDuration,
}

// `undefined` is an end that cannot be read, null one that is left open.
const endOf = (text: string): FeelValue | undefined => {
  const end = text.trim()
  if (end === '' || end === 'null') return null
  if (/^-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/u.test(end)) return finite(number(end).plus(0))
  const string = /^"((?:[^"\\]|\\.)*)"$/u.exec(end)
  if (string) return string[1]?.replaceAll(/\\(["\\])/gu, '$1') ?? ''
  const made = /^(?:(@)\s*"([^"]*)"|(date|time|date and time|duration)\s*\(\s*"([^"]*)"\s*\))$/u.exec(end)
  const value = made && makers[made[1] ?? made[3] ?? '']?.(made[2] ?? made[4] ?? '')
  return value ?? undefined
}

/** A range from its text, `[1..10)` and the like: its ends are literals of one ordered kind, in order. */
export const rangeOf = (text: string): FeelValue => {
  const match = /^\s*([[(\]])(.*?)\.\.(.*)([\])[])\s*$/su.exec(text)
  if (!match) return null
  const [, open, from = '', to = '', close] = match
  const [low, high] = [endOf(from), endOf(to)]
  if (low === undefined || high === undefined || (low === null && high === null)) return null
  const [lowIncluded, highIncluded] = [open === '[', close === ']']
  if ((low === null && lowIncluded) || (high === null && highIncluded)) return null
  const order = compareValues(low ?? high, high ?? low)
  if (order === null || order > 0) return null
  return { kind: 'range', low, high, lowIncluded, highIncluded }
}
