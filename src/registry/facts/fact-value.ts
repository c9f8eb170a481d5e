import { parseDate } from '#base'
import { type FactDefinition, type FactKind, factCatalogue } from './catalogue.ts'

/** A disability certificate as the registry was told of it. */
export interface DisabilityValue {
  readonly class: number
  readonly grade: number
  readonly issuedOn?: string
  readonly expiresOn?: string
}

/** A care agreement; `until` is the first day it no longer holds, null while it is open. */
export interface AgreementValue {
  readonly from: string
  readonly until: string | null
}

/** Null is "known to be absent". */
export type FactValue = number | string | boolean | DisabilityValue | AgreementValue | null

export type ValueFault = 'absent' | 'money' | 'count' | 'flag' | 'code' | 'date' | 'disability' | 'agreement'

const largestFen = 100_000_000_00
const largestCount = 10_000

/** Why the value cannot be a fact of this kind; undefined when it can. */
export const faultOfValue = (kind: FactKind, value: unknown): ValueFault | undefined => {
  const definition = factCatalogue[kind]
  if (value === null) return definition.mayBeAbsent ? undefined : 'absent'
  return fits[definition.type](value, definition) ? undefined : definition.type
}

const isWhole = (value: unknown, largest: number): boolean =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= largest

const isDate = (value: unknown): boolean => typeof value === 'string' && parseDate(value) !== undefined

const isRecord = (value: unknown, keys: readonly string[]): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).every((key) => keys.includes(key))

const mayBeDate = (value: unknown): boolean => value === undefined || isDate(value)

type Fits = (value: unknown, definition: FactDefinition) => boolean

const fits: Readonly<Record<FactDefinition['type'], Fits>> = {
  money: (value) => isWhole(value, largestFen),
  count: (value) => isWhole(value, largestCount),
  flag: (value) => typeof value === 'boolean',
  date: isDate,
  code: (value, { codes }) => codes?.some(({ code }) => code === value) === true,
  disability: (value) =>
    isRecord(value, ['class', 'grade', 'issuedOn', 'expiresOn']) &&
    isWhole(value.class, 7) &&
    value.class !== 0 &&
    isWhole(value.grade, 4) &&
    value.grade !== 0 &&
    mayBeDate(value.issuedOn) &&
    mayBeDate(value.expiresOn),
  agreement: (value) =>
    isRecord(value, ['from', 'until']) &&
    isDate(value.from) &&
    (value.until === null || (isDate(value.until) && String(value.until) > String(value.from))),
}
