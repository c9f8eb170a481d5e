/** The column types of the lake. Money is `BIGINT` fen, a month `INTEGER` as 202605, a token or a key `BIGINT`, an id `UUID`. */
export type ColumnType = 'BIGINT' | 'INTEGER' | 'BOOLEAN' | 'DATE' | 'UUID' | 'VARCHAR'

/** A column of an engine table. */
export type TableColumn = { readonly name: string; readonly type: ColumnType }

/** What a row may hold. A date is `YYYY-MM-DD`; a bigint is for tokens and keys, which exceed 2^53. */
export type Value = string | number | bigint | boolean | null

/** What a query may give: also lists and structs. */
export type Result = Value | readonly Result[] | { readonly [field: string]: Result }
export type ResultRow = Readonly<Record<string, Result>>
