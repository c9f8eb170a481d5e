import { assert } from '#base'
import type { TableColumn } from './types.ts'

/** An identifier in double quotes. Every identifier is quoted: field names such as `check`, `level` or `term` are keywords. */
export const quoteName = (name: string): string => {
  assert(/^[a-z_][a-z0-9_]*$/i.test(name), `not a plain SQL name: ${name}`)
  return `"${name}"`
}

/** A text literal. For file names and codes of the program's own; values of the world are bound as parameters. */
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** `create table` with these columns. */
export const createTable = (table: string, columns: readonly TableColumn[]): string =>
  `create or replace table ${quoteName(table)} (${columns
    .map(({ name, type }) => `${quoteName(name)} ${type}`)
    .join(', ')})`

/** The names, quoted and joined for a select list, each after the alias of its table if there is one. */
export const nameList = (names: readonly string[], alias?: string): string =>
  names.map((name) => (alias === undefined ? quoteName(name) : `${alias}.${quoteName(name)}`)).join(', ')

/** The column that carries a field: `diedOn` becomes `died_on`. */
export const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
