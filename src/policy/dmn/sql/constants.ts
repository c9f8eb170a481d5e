import { FeelNumber, type FeelValue, isContext, isList, isNumber, kindOf, toIso } from '../../feel/index.ts'
import {
  booleanTerm,
  type ContextTerm,
  dateTerm,
  digitsOf,
  firstYear,
  lastYear,
  nullTerm,
  numberTerm,
  outside,
  quotedText,
  type Term,
} from './term.ts'

const nanosPerDay = 86_400_000_000_000n

const padded = (value: number, width: number): string => String(value).padStart(width, '0')

/** A date as both engines read it; outside for years they and FEEL count differently. */
export const dateText = ({
  year,
  month,
  day,
}: {
  readonly year: number
  readonly month: number
  readonly day: number
}): string => {
  if (year < firstYear || year > lastYear) return outside(`a date in the year ${year}`)
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`
}

const contextOf = (value: ReadonlyMap<string, FeelValue>): ContextTerm => ({
  kind: 'context',
  present: 'TRUE',
  members: new Map([...value].map(([name, item]) => [name, constantTerm(item)])),
})

/** A value that is the same for all lines. */
export const constantTerm = (value: FeelValue): Term => {
  if (value === null) return nullTerm
  if (typeof value === 'boolean') return { ...booleanTerm(value ? 'TRUE' : 'FALSE'), constant: value }
  if (typeof value === 'string')
    return { kind: 'string', sql: `CAST(${quotedText(value)} AS VARCHAR)`, constant: value }
  if (isNumber(value)) {
    const { digits, scale } = digitsOf(value)
    return { ...numberTerm(`'${toIso(value)}'`, digits, scale), constant: value }
  }
  if (isList(value))
    return {
      kind: 'list',
      present: 'TRUE',
      items: value.map((item) => ({ taken: 'TRUE', value: constantTerm(item) })),
    }
  if (isContext(value)) return contextOf(value)
  switch (value.kind) {
    case 'date':
      return { ...dateTerm(`CAST('${dateText(value)}' AS DATE)`, 0), constant: value }
    case 'days and time duration': {
      if (value.nanos % nanosPerDay !== 0n) return outside('a duration of parts of a day')
      return { kind: 'days', sql: `CAST(${value.nanos / nanosPerDay} AS BIGINT)`, constant: value }
    }
    case 'years and months duration':
      return { kind: 'months', sql: `CAST(${value.months} AS BIGINT)`, constant: value }
    default:
      return outside(`a ${kindOf(value)}`)
  }
}

/** What an engine gave as text, as the value it stands for. */
export const valueOfText = (text: string | null, kind: string): FeelValue => {
  if (text === null) return null
  switch (kind) {
    case 'number':
      return new FeelNumber(text)
    case 'boolean':
      return text === 'true'
    case 'date': {
      const [, year, month, day] = /^(\d+)(\d\d)(\d\d)$/u.exec(text) ?? []
      return { kind: 'date', year: Number(year), month: Number(month), day: Number(day) }
    }
    case 'days':
      return { kind: 'days and time duration', nanos: BigInt(text) * nanosPerDay }
    case 'months':
      return { kind: 'years and months duration', months: Number(text) }
    default:
      return text
  }
}
