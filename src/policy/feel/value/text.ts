import {
  type FeelDate,
  type FeelDaysDuration,
  type FeelMonthsDuration,
  type FeelTime,
  type FeelValue,
  isContext,
  isList,
  isNumber,
} from './value.ts'
import { nanosPerSecond } from './zone.ts'

const two = (value: number): string => String(value).padStart(2, '0')

const dateText = ({ year, month, day }: FeelDate): string =>
  `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}-${two(month)}-${two(day)}`

const fractionText = (nanos: number): string =>
  nanos === 0 ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/u, '')}`

const offsetText = (offset: number): string => {
  if (offset === 0) return 'Z'
  const size = Math.abs(offset)
  const seconds = size % 60 === 0 ? '' : `:${two(size % 60)}`
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 3600))}:${two(Math.floor(size / 60) % 60)}${seconds}`
}

const timeText = ({ hour, minute, second, nano, offset, zone }: FeelTime): string => {
  const where = zone !== null ? `@${zone}` : offset !== null ? offsetText(offset) : ''
  return `${two(hour)}:${two(minute)}:${two(second)}${fractionText(nano)}${where}`
}

const daysText = ({ nanos }: FeelDaysDuration): string => {
  if (nanos === 0n) return 'PT0S'
  const size = nanos < 0n ? -nanos : nanos
  const seconds = size / nanosPerSecond
  const part = (value: bigint, unit: string): string => (value === 0n ? '' : `${value}${unit}`)
  const fraction = fractionText(Number(size % nanosPerSecond))
  const second = seconds % 60n === 0n && fraction === '' ? '' : `${seconds % 60n}${fraction}S`
  const time = `${part((seconds / 3600n) % 24n, 'H')}${part((seconds / 60n) % 60n, 'M')}${second}`
  return `${nanos < 0n ? '-' : ''}P${part(seconds / 86_400n, 'D')}${time === '' ? '' : `T${time}`}`
}

const monthsText = ({ months }: FeelMonthsDuration): string => {
  if (months === 0) return 'P0M'
  const size = Math.abs(months)
  const years = Math.floor(size / 12)
  const rest = size % 12
  return `${months < 0 ? '-' : ''}P${years === 0 ? '' : `${years}Y`}${rest === 0 ? '' : `${rest}M`}`
}

/** A FEEL literal for this value inside a list, context or range: strings in quotes. */
const inner = (value: FeelValue): string =>
  typeof value === 'string' ? `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` : textOf(value)

const contextText = (entries: Iterable<[string, FeelValue]>): string =>
  `{${[...entries].map(([key, value]) => `${plainKey(key)}: ${inner(value)}`).join(', ')}}`

const plainKey = (key: string): string =>
  /^[\p{L}_][\p{L}\p{N}_ ]*$/u.test(key) ? key : `"${key.replaceAll('"', '\\"')}"`

const temporalInRange = (value: FeelValue): string =>
  value !== null && typeof value === 'object' && 'kind' in value && value.kind !== 'function'
    ? `@"${textOf(value)}"`
    : inner(value)

/** The text of any value: temporal values in ISO form, numbers without exponent, lists and contexts as FEEL. */
export const textOf = (value: FeelValue): string => {
  if (value === null) return 'null'
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (isNumber(value)) return value.isZero() ? '0' : value.toString()
  if (isList(value)) return `[${value.map(inner).join(', ')}]`
  if (isContext(value)) return contextText(value)
  switch (value.kind) {
    case 'date':
      return dateText(value)
    case 'time':
      return timeText(value)
    case 'date and time':
      return `${dateText(value.date)}T${timeText(value.time)}`
    case 'days and time duration':
      return daysText(value)
    case 'years and months duration':
      return monthsText(value)
    case 'range': {
      if (value.sign) return `${value.sign} ${temporalInRange(value.low ?? value.high)}`
      const low = value.low === null ? '' : temporalInRange(value.low)
      const high = value.high === null ? '' : temporalInRange(value.high)
      return `${value.lowIncluded ? '[' : '('}${low}..${high}${value.highIncluded ? ']' : ')'}`
    }
    default:
      return `function(${value.parameters.map(({ name }) => name).join(', ')})`
  }
}

/** What FEEL's `string(…)` gives: null stays null. */
export const toIso = (value: FeelValue): string | null => (value === null ? null : textOf(value))
