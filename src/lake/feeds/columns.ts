import { assert } from '#base'
import { snakeCase } from '../engine/sql.ts'
import type { TableColumn } from '../engine/types.ts'

/** The field types of a feed kind's definition, as the room that reads department files declares them. */
export type FieldType =
  | 'number'
  | 'name'
  | 'date'
  | 'month'
  | 'fen'
  | 'code'
  | 'flag'
  | 'count'
  | 'text'
  | 'key'
export type FeedFields = Readonly<Record<string, { readonly type: FieldType }>>

/** A field of a feed kind as the lake keeps it. */
export type LakeColumn = {
  /** The canonical field, in camelCase. */
  readonly field: string
  readonly type: Exclude<FieldType, 'text'>
}

/** Every stored feed row begins with these: its line in the file, and the region where its person is said to live. */
export const rowColumns: readonly TableColumn[] = [
  { name: 'row_no', type: 'INTEGER' },
  { name: 'region_code', type: 'VARCHAR' },
]

// Free text stays out of the lake; these two are identifiers that facts compare, and are kept as a keyed hash.
const keyedTexts: Readonly<Record<string, readonly string[]>> = {
  vehicles: ['plate'],
  marriages: ['certificate'],
}

/** What the lake keeps of a feed kind, in the order of its fields. */
export const lakeColumnsOf = (kind: string, fields: FeedFields): LakeColumn[] =>
  Object.entries(fields).flatMap(([field, { type }]): LakeColumn[] => {
    if (type !== 'text') return [{ field, type }]
    return keyedTexts[kind]?.includes(field) === true ? [{ field, type: 'key' }] : []
  })

/**
 * The stored columns of one field. A number becomes token and check character (`spouseNumber`: `spouse_token`,
 * `spouse_check_char`), a name `name_key`, a key `…_key`, a month an integer such as 202605, the rest its own type.
 */
export const storedColumns = ({ field, type }: LakeColumn): TableColumn[] => {
  const name = snakeCase(field)
  switch (type) {
    case 'number': {
      assert(field === 'number' || field.endsWith('Number'), `a number field is named …Number: ${field}`)
      const prefix = name.slice(0, -'number'.length)
      return [
        { name: `${prefix}token`, type: 'BIGINT' },
        { name: `${prefix}check_char`, type: 'VARCHAR' },
      ]
    }
    case 'name':
      return [{ name: `${name}_key`, type: 'BIGINT' }]
    case 'key':
      return [{ name: name.endsWith('_key') ? name : `${name}_key`, type: 'BIGINT' }]
    case 'date':
      return [{ name, type: 'DATE' }]
    case 'month':
      return [{ name, type: 'INTEGER' }]
    case 'fen':
    case 'count':
      return [{ name, type: 'BIGINT' }]
    case 'flag':
      return [{ name, type: 'BOOLEAN' }]
    case 'code':
      return [{ name, type: 'VARCHAR' }]
  }
}

/** All columns of a stored feed of this kind. */
export const feedColumns = (columns: readonly LakeColumn[]): TableColumn[] => [
  ...rowColumns,
  ...columns.flatMap(storedColumns),
]
