import { FeelNumber, type FeelValue, isNumber, type Sign } from '../../feel/index.ts'
import type { DmnDialect } from './dialect.ts'
import {
  aligned,
  booleanTerm,
  dateTerm,
  joinedKind,
  nullOf,
  nullTerm,
  numberTerm,
  outside,
  type ScalarTerm,
  wideSql,
} from './term.ts'

const both = (left: ScalarTerm, right: ScalarTerm): readonly [string, string] => {
  const [a, b] = aligned([left, right])
  return [a?.sql ?? '', b?.sql ?? '']
}

/** FEEL's `=`: null equals null and nothing else, so the answer is never null. */
export const isSame = (left: ScalarTerm, right: ScalarTerm): string => {
  if (right.kind === 'null') return left.kind === 'null' ? 'TRUE' : `(${left.sql} IS NULL)`
  if (left.kind === 'null') return `(${right.sql} IS NULL)`
  const [a, b] = both(left, right)
  return `(${a} IS NOT DISTINCT FROM ${b})`
}

/** A comparison; between values of kinds that never compare it is outside, as it would be null for every line. */
export const compared = (
  sign: Sign,
  left: ScalarTerm,
  right: ScalarTerm,
  { ordered }: DmnDialect,
): ScalarTerm => {
  if (sign === '=') return booleanTerm(isSame(left, right))
  if (sign === '!=') return booleanTerm(`(NOT ${isSame(left, right)})`)
  const kind = joinedKind(left, right)
  if (left.kind === 'null' || right.kind === 'null') return booleanTerm('CAST(NULL AS BOOLEAN)')
  if (kind === 'boolean') return outside('truth values have no order')
  const [a, b] = both(left, right)
  return booleanTerm(kind === 'string' ? `(${ordered(a)} ${sign} ${ordered(b)})` : `(${a} ${sign} ${b})`)
}

const mayBeNull = ({ constant }: ScalarTerm): boolean => constant === undefined || constant === null

/** The answer where none of the operands is null, else null: for what FEEL asks of all its operands. */
export const unlessNull = (operands: readonly ScalarTerm[], answer: string): ScalarTerm => {
  const open = operands.filter(mayBeNull)
  if (open.length === 0) return booleanTerm(answer)
  const missing = open.map(({ sql }) => `${sql} IS NULL`).join(' OR ')
  return booleanTerm(`(CASE WHEN ${missing} THEN NULL ELSE ${answer} END)`)
}

/** `value` between two ends, each included or not. */
export const within = (
  value: ScalarTerm,
  [low, high]: readonly [ScalarTerm, ScalarTerm],
  [above, below]: readonly ['>' | '>=', '<' | '<='],
  dialect: DmnDialect,
): ScalarTerm => {
  const [first, second] = [compared(above, value, low, dialect), compared(below, value, high, dialect)]
  return unlessNull([value, low, high], `(${first.sql} AND ${second.sql})`)
}

const sizeOf = ({ digits = 0, scale = 0 }: ScalarTerm) => ({ digits, scale })

const numberOf = (value: FeelValue | undefined): FeelNumber | undefined =>
  value !== undefined && isNumber(value) ? value : undefined

/** What to multiply with instead of dividing, where that is the same number to the last digit. */
const reciprocalOf = (value: FeelNumber): FeelNumber | undefined => {
  if (value.isZero()) return undefined
  const inverse = new FeelNumber(1).dividedBy(value)
  const isShort = inverse.precision() + value.precision() <= 34
  return isShort && inverse.times(value).equals(1) ? inverse : undefined
}

const arithmeticOfNumbers = (
  sign: string,
  left: ScalarTerm,
  right: ScalarTerm,
  constant: (value: FeelValue) => ScalarTerm,
): ScalarTerm => {
  const [a, b] = [sizeOf(left), sizeOf(right)]
  const times = sign === '*'
  const digits = times ? a.digits + b.digits : Math.max(a.digits, b.digits) + 1
  const scale = times ? a.scale + b.scale : Math.max(a.scale, b.scale)
  if (times || sign === '+' || sign === '-') {
    const [first, second] = [wideSql(left, digits + scale), wideSql(right, digits + scale)]
    return numberTerm(`(${first} ${sign} ${second})`, digits, scale)
  }
  if (sign !== '/') return outside(`${sign} is not computed exactly by SQL`)
  const divisor = numberOf(right.constant)
  const inverse = divisor && reciprocalOf(divisor)
  if (!inverse) return outside('a division that may not end')
  return arithmeticOfNumbers('*', left, constant(inverse), constant)
}

const nanosPerDay = 86_400_000_000_000n

const shifted = (
  sign: '+' | '-',
  date: ScalarTerm,
  by: ScalarTerm,
  { shiftMonths }: DmnDialect,
): ScalarTerm => {
  const value = by.constant
  if (typeof value !== 'object' || value === null || !('kind' in value))
    return outside('a date is moved by what is not written as a duration')
  const drift = date.drift ?? 0
  if (value.kind === 'days and time duration') {
    const days = Number(value.nanos / nanosPerDay)
    return dateTerm(`CAST(${date.sql} ${sign} CAST(${days} AS INTEGER) AS DATE)`, drift + Math.abs(days))
  }
  if (value.kind !== 'years and months duration') return outside('a date is moved by no duration')
  const { months } = value
  return dateTerm(shiftMonths(date.sql, sign, `(${months})`), drift + Math.abs(months) * 31)
}

/** `left sign right` where SQL gives the same value as FEEL, to the last digit. */
export const arithmetic = (
  sign: string,
  left: ScalarTerm,
  right: ScalarTerm,
  dialect: DmnDialect,
  constant: (value: FeelValue) => ScalarTerm,
): ScalarTerm => {
  if (left.kind === 'number' && right.kind === 'number')
    return arithmeticOfNumbers(sign, left, right, constant)
  if (sign === '+' && left.kind === 'string' && right.kind === 'string')
    return { kind: 'string', sql: `(${left.sql} || ${right.sql})` }
  if ((sign === '+' || sign === '-') && left.kind === 'date' && /^(days|months)$/u.test(right.kind))
    return shifted(sign, left, right, dialect)
  if (sign === '+' && right.kind === 'date' && /^(days|months)$/u.test(left.kind))
    return shifted(sign, right, left, dialect)
  if (sign === '-' && left.kind === 'date' && right.kind === 'date')
    return { kind: 'days', sql: `CAST((${left.sql} - ${right.sql}) AS BIGINT)` }
  return outside(`${left.kind} ${sign} ${right.kind}`)
}

const allSizes = (terms: readonly ScalarTerm[]): Pick<ScalarTerm, 'digits' | 'scale' | 'drift'> => {
  const [first] = terms
  if (first?.kind === 'number') return sizeOf(first)
  return first?.kind === 'date' ? { drift: first.drift ?? 0 } : {}
}

type Branch = { readonly when: string; readonly value: ScalarTerm }

/** The first branch whose condition is true; `otherwise` where there is none. */
export const chosen = (branches: readonly Branch[], otherwise: ScalarTerm): ScalarTerm => {
  const terms = aligned([...branches.map(({ value }) => value), otherwise])
  const last = terms.at(-1) ?? nullTerm
  if (branches.length === 0 || last.kind === 'null') return branches.length === 0 ? last : nullTerm
  const cases = branches.map(({ when }, at) => `WHEN ${when} THEN ${terms[at]?.sql ?? nullOf(last)}`)
  return { kind: last.kind, sql: `(CASE ${cases.join(' ')} ELSE ${last.sql} END)`, ...allSizes([last]) }
}
