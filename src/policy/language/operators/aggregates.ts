import { plain, type Type, typeText } from '../types.ts'
import { isUnknownValue, mergeUnknown, type Value } from '../values.ts'
import {
  type Clash,
  clash,
  type OverName,
  type OverOperator,
  type OverSql,
  type OverTerms,
} from './operator.ts'
import { mayPass, missingOfAll } from './sql-parts.ts'

/** What all members that may pass the filter miss, together; null when nothing is missing. */
const missingIn = (filters: readonly Value[], bodies: readonly Value[]): Value => {
  let missing: Value = null
  for (const [index, filter] of filters.entries()) {
    const body = bodies[index] ?? null
    if (isUnknownValue(filter)) missing = mergeUnknown(missing, filter)
    if (filter !== false && filter !== null && isUnknownValue(body)) missing = mergeUnknown(missing, body)
  }
  return missing
}

const chosenOf = (filters: readonly Value[], bodies: readonly Value[]): Value[] =>
  bodies.filter((_, index) => filters[index] === true)

const missingSql = ({ filter, body }: OverTerms): string | undefined => {
  const missing = missingOfAll([filter, body].filter((term) => term !== undefined))
  if (!missing || !filter) return missing && `bit_or(${missing})`
  const passes = mayPass(filter).replace(/ AND $/u, '')
  return `bit_or(CASE WHEN ${passes} THEN ${missing} ELSE 0 END)`
}

const filterSql = ({ filter }: OverTerms): string => (filter ? ` FILTER (WHERE ${filter.value})` : '')

export const count: OverOperator = {
  name: 'count',
  typeOf: (filter, _, most) =>
    plain('number', {
      unit: { factors: ['count'], free: false },
      low: 0,
      high: most,
      unknown: Boolean(filter?.unknown),
    }),
  interpret: (filters) => missingIn(filters, []) ?? filters.filter((filter) => filter === true).length,
  sql: (terms) => {
    const missing = missingSql({ filter: terms.filter })
    const counted = `count(*)${filterSql(terms)}`
    return {
      value: missing ? `CASE WHEN ${missing} = 0 THEN ${counted} END` : counted,
      missing,
      absent: false,
      whenEmpty: '0',
    }
  },
  swaps: [],
}

interface Rule {
  readonly name: OverName
  readonly of: (values: readonly NonNullable<Value>[]) => Value
  readonly sql: (value: string, filter: string) => string
  readonly type: (body: Type, most: number) => Type | Clash
  readonly swaps: readonly OverName[]
  /** The result for no member at all; null, as FEEL has it, when left out. */
  readonly ofNone?: number
}

/** Whether a member leaves no value to add up: its passing is unknown, or it passes with a null or unknown of its own. */
const openSql = ({ filter, body }: OverTerms): string | undefined => {
  const none = body && (body.absent || body.missing) ? `${body.value} IS NULL` : undefined
  if (!filter) return none
  const passing = filter.missing && `${filter.missing} <> 0`
  const inside = none && `(${filter.value} AND ${none})`
  return passing && inside ? `${passing} OR ${inside}` : (passing ?? inside)
}

/** No member: null, as FEEL has it for an empty list. A null among them: null. An unknown among them: unknown. */
const aggregate = ({ name, of, sql, type, swaps, ofNone }: Rule): OverOperator => ({
  name,
  typeOf: (filter, body, most) => {
    if (!body) return clash('syntax')
    const result = type(body, most)
    if ('clash' in result) return result
    const absent = ofNone === undefined || body.absent
    return { ...result, absent, unknown: body.unknown || Boolean(filter?.unknown) }
  },
  interpret: (filters, bodies) => {
    const missing = missingIn(filters, bodies)
    if (missing !== null) return missing
    const chosen = chosenOf(filters, bodies)
    if (chosen.length === 0) return ofNone ?? null
    return chosen.includes(null) ? null : of(chosen as NonNullable<Value>[])
  },
  sql: (terms): OverSql => {
    const body = terms.body?.value ?? 'NULL'
    const result = sql(body, filterSql(terms))
    const open = openSql(terms)
    return {
      value: open ? `CASE WHEN bool_or(${open}) THEN NULL ELSE ${result} END` : result,
      missing: missingSql(terms),
      absent: ofNone === undefined || Boolean(terms.body?.absent),
      whenEmpty: ofNone === undefined ? 'NULL' : String(ofNone),
    }
  },
  swaps,
})

const orderedType = (body: Type): Type | Clash =>
  ['number', 'date', 'month', 'months', 'days'].includes(body.kind)
    ? body
    : clash('type-clash', { sign: 'min, max', left: 'number, date, month', right: typeText(body) })

const added = (values: readonly NonNullable<Value>[]): number =>
  values.reduce<number>((all, value) => all + (value as number), 0)

const sumType = (body: Type, most: number): Type | Clash => {
  if (body.kind !== 'number')
    return clash('type-clash', { sign: 'sum', left: 'number', right: typeText(body) })
  const [low, high] = [Math.min(0, (body.low ?? 0) * most), Math.max(0, (body.high ?? 0) * most)]
  const safe = Number.isSafeInteger(low) && Number.isSafeInteger(high)
  return safe ? { ...body, low, high } : clash('out-of-range', { sign: 'sum', low, high })
}

export const sum = aggregate({
  name: 'sum',
  of: added,
  // DuckDB adds BIGINTs up to a HUGEINT and PostgreSQL to a NUMERIC; the range was proved when the rule was read.
  sql: (value, filter) => `CAST(sum(${value})${filter} AS BIGINT)`,
  type: sumType,
  swaps: ['max'],
})

/** `total(list)`: our addition to FEEL, whose sum of an empty list is null. Here it is 0: nobody adds nothing. */
export const total = aggregate({
  name: 'total',
  of: added,
  sql: (value, filter) => `CAST(COALESCE(sum(${value})${filter}, 0) AS BIGINT)`,
  type: sumType,
  swaps: ['sum'],
  ofNone: 0,
})

/** The value that comes before all others; numbers, dates and months alike. */
const firstBy = (
  values: readonly NonNullable<Value>[],
  before: (a: NonNullable<Value>, b: NonNullable<Value>) => boolean,
): Value => {
  let [first = null]: readonly Value[] = values
  for (const value of values) if (first !== null && before(value, first)) first = value
  return first
}

export const min = aggregate({
  name: 'min',
  of: (values) => firstBy(values, (a, b) => a < b),
  sql: (value, filter) => `min(${value})${filter}`,
  type: orderedType,
  swaps: ['max'],
})

export const max = aggregate({
  name: 'max',
  of: (values) => firstBy(values, (a, b) => a > b),
  sql: (value, filter) => `max(${value})${filter}`,
  type: orderedType,
  swaps: ['min'],
})
