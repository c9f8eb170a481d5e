import { assert } from '#base'
import type { Value } from '../engine/types.ts'
import type { EncryptBlocks } from '../tokens/permutation.ts'
import { type Token, tokensOf } from '../tokens/tokens.ts'
import { type LakeColumn, storedColumns } from './columns.ts'

/** A canonical row of an accepted feed; a field the file left blank is missing from `values`. */
export type FeedRow = {
  /** The line in the file, counted from 1. */
  readonly rowNo: number
  /** Twelve digits, as deep as the row's place names could be read. */
  readonly regionCode?: string | undefined
  readonly values: Readonly<Record<string, string | number | boolean | undefined>>
}

/** The secret functions that turn numbers and names into what the lake may hold. */
export type Tokenising = {
  readonly encryptBlocks: EncryptBlocks
  /** `tokensOf` for whoever remembers some tokens; they must be those that `encryptBlocks` gives. */
  readonly tokensOf?: (numbers: readonly (string | null)[]) => (Token | null)[]
  readonly nameKey: (name: string) => bigint | undefined
  readonly hashKey: (kind: string, text: string) => bigint
}

/** The rows in stored form, in the order of `feedColumns`; nothing of a number or a name is left in them. */
export const tokenise = (
  kind: string,
  columns: readonly LakeColumn[],
  rows: readonly FeedRow[],
  secrets: Tokenising,
): Value[][] => {
  const stored: Value[][] = rows.map((row) => [row.rowNo, row.regionCode ?? null])
  for (const column of columns) {
    const values = rows.map((row) => row.values[column.field])
    const cells =
      column.type === 'number' ? numberCells(values, secrets) : plainCells(kind, column, values, secrets)
    for (const [at, cell] of cells.entries()) stored[at]?.push(...cell)
  }
  const width = 2 + columns.flatMap(storedColumns).length
  assert(
    stored.every((row) => row.length === width),
    'a stored row is incomplete',
  )
  return stored
}

const numberCells = (values: readonly Field[], secrets: Tokenising): Value[][] => {
  const numbers = values.map((value) => (value === undefined || value === '' ? null : String(value)))
  const tokens = secrets.tokensOf?.(numbers) ?? tokensOf(numbers, secrets.encryptBlocks)
  return tokens.map((token) => (token === null ? [null, null] : [token.token, token.check]))
}

const plainCells = (
  kind: string,
  column: LakeColumn,
  values: readonly Field[],
  secrets: Tokenising,
): Value[][] => values.map((value) => [value === undefined ? null : plainCell(kind, column, value, secrets)])

const plainCell = (
  kind: string,
  { field, type }: LakeColumn,
  value: string | number | boolean,
  secrets: Tokenising,
) => {
  switch (type) {
    case 'name':
      return secrets.nameKey(String(value)) ?? null
    case 'key':
      return secrets.hashKey(`${kind}.${field}`, String(value))
    case 'month':
      return Number(String(value).replace('-', ''))
    default:
      return value
  }
}

type Field = string | number | boolean | undefined
