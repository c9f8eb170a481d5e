import {
  BIGINT,
  BOOLEAN,
  DATE,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBStructValue,
  type DuckDBType,
  DuckDBUUIDValue,
  type DuckDBValue,
  INTEGER,
  UUID,
  VARCHAR,
} from '@duckdb/node-api'
import { assert, businessDate, daysBetween } from '#base'
import type { ColumnType, Result, Value } from './types.ts'

const engineTypes: Readonly<Record<ColumnType, DuckDBType>> = {
  BIGINT,
  INTEGER,
  BOOLEAN,
  DATE,
  UUID,
  VARCHAR,
}

const epoch = businessDate('1970-01-01')

export const engineType = (type: ColumnType): DuckDBType => engineTypes[type]

/** A value for a column of this type; refuses as our mistake whatever would be changed on the way in. */
export const toEngine = (value: Value | undefined, type: ColumnType): DuckDBValue => {
  if (value === null || value === undefined) return null
  switch (type) {
    case 'BIGINT':
      if (typeof value === 'bigint') return value
      assert(Number.isSafeInteger(value), 'not a whole number for a BIGINT column')
      return BigInt(value)
    case 'INTEGER':
      assert(Number.isInteger(value), 'not a whole number for an INTEGER column')
      return Number(value)
    case 'BOOLEAN':
      assert(typeof value === 'boolean', 'not a boolean for a BOOLEAN column')
      return value
    case 'DATE':
      assert(typeof value === 'string', 'not a date for a DATE column')
      return new DuckDBDateValue(daysBetween(epoch, businessDate(value)))
    case 'UUID':
      assert(typeof value === 'string', 'not an id for a UUID column')
      return DuckDBUUIDValue.fromUint128(BigInt(`0x${value.replaceAll('-', '')}`))
    case 'VARCHAR':
      assert(typeof value === 'string', 'not a text for a VARCHAR column')
      return value
  }
}

/** A bound parameter with its type: whole numbers only, for the engine would take a number as DOUBLE and a bigint as HUGEINT. */
export const toParameter = (value: Value): { value: DuckDBValue; type: DuckDBType | undefined } => {
  if (typeof value !== 'number' && typeof value !== 'bigint') return { value, type: undefined }
  assert(typeof value === 'bigint' || Number.isSafeInteger(value), 'a parameter is a whole number')
  return { value: BigInt(value), type: BIGINT }
}

/** What the engine gave, as plain values. A whole number is a bigint only where a number could not hold it, or always if `exact`. */
export const fromEngine = (value: DuckDBValue, exact: boolean): Result => {
  if (typeof value === 'bigint') {
    const number = Number(value)
    return !exact && Number.isSafeInteger(number) ? number : value
  }
  if (value === null || typeof value !== 'object') return value
  if (value instanceof DuckDBDateValue) return value.toString()
  if (value instanceof DuckDBUUIDValue) return value.toString()
  if (value instanceof DuckDBDecimalValue) return value.toString()
  if (value instanceof DuckDBListValue) return value.items.map((item) => fromEngine(item, exact))
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(
      Object.entries(value.entries).map(([name, field]) => [name, fromEngine(field, exact)]),
    )
  }
  assert(false, `the lake has no values of this kind: ${value.constructor.name}`)
}
