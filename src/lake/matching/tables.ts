import { assert } from '#base'
import { createTable, quoteName } from '../engine/sql.ts'
import type { ColumnType, TableColumn } from '../engine/types.ts'

/** The rows of the accepted feeds of a kind: a view or table over `feedView`. */
export const feedTable = (kind: string): string => quoteName(`feed_${kindName(kind)}`)
/** The rows of a kind that speak of somebody known, once per person they speak of. */
export const matchedTable = (kind: string): string => quoteName(`matched_${kindName(kind)}`)

const kindName = (kind: string): string => {
  assert(/^[a-z][a-z0-9-]*$/.test(kind), `not a feed kind: ${kind}`)
  return kind.replaceAll('-', '_')
}

/**
 * The tables that whoever runs a pass fills before matching and facts, and what their columns hold. Ids are `UUID` in
 * an installation; any type does, as long as it is the same everywhere.
 */
export const inputTables = (
  idType: ColumnType = 'UUID',
): Readonly<Record<string, readonly TableColumn[]>> => ({
  /** Households in the registry with the category in force. */
  registry_household: [
    { name: 'household_id', type: idType },
    { name: 'region_code', type: 'VARCHAR' },
    { name: 'category', type: 'VARCHAR' },
  ],
  /** Their present members, each once. */
  registry_person: [
    { name: 'person_id', type: idType },
    { name: 'household_id', type: idType },
    { name: 'token', type: 'BIGINT' },
    { name: 'check_char', type: 'VARCHAR' },
    { name: 'name_key', type: 'BIGINT' },
  ],
  /** Open leads. */
  registry_lead: [
    { name: 'lead_id', type: idType },
    { name: 'region_code', type: 'VARCHAR' },
    { name: 'token', type: 'BIGINT' },
    { name: 'check_char', type: 'VARCHAR' },
    { name: 'name_key', type: 'BIGINT' },
  ],
  /** Facts of the registry, newest only: a row means known, a null value known to be absent. */
  registry_fact: [
    { name: 'subject_id', type: idType },
    { name: 'fact', type: 'VARCHAR' },
    { name: 'value', type: 'VARCHAR' },
  ],
  /** Which counties (or whole cities, provinces) the accepted feeds of a kind cover, as 12 digits. */
  feed_coverage: [
    { name: 'kind', type: 'VARCHAR' },
    { name: 'county_code', type: 'VARCHAR' },
  ],
  /** What persons decided about rows; `row_key` as `rowKeyOf` makes it. */
  match_decision: [
    { name: 'row_key', type: 'VARCHAR' },
    { name: 'person_id', type: idType },
    { name: 'same', type: 'BOOLEAN' },
  ],
  /** Rows that scored matching or a person gave to somebody: one of `person_id` and `lead_id`. */
  row_match: [
    { name: 'kind', type: 'VARCHAR' },
    { name: 'feed_id', type: 'VARCHAR' },
    { name: 'row_no', type: 'INTEGER' },
    { name: 'person_role', type: 'VARCHAR' },
    { name: 'person_id', type: idType },
    { name: 'lead_id', type: idType },
  ],
})

/** Statements that create all input tables empty; those that are filled later replace theirs. */
export const emptyInputs = (idType: ColumnType = 'UUID'): string[] =>
  Object.entries(inputTables(idType)).map(([table, columns]) => createTable(table, columns))
