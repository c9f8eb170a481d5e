import type { TableColumn } from './types.ts'

// Everything the lake's statements say differently in DuckDB than in other engines stands here under a name of its own,
// so that another engine over the same Parquet needs another copy of this file and nothing else.
const macros: readonly string[] = [
  // `//` truncates towards zero; a floor is what whole months and whole days need.
  `floor_div(a, b) as case when (a % b <> 0) and ((a < 0) <> (b < 0)) then a // b - 1 else a // b end`,
  // Where the target month has no such day, its last day counts (Civil Code, article 202).
  `add_months(d, months) as cast(d + to_months(cast(months as integer)) as date)`,
  // Months are kept as 202605; their distance needs a running count.
  `month_of(d) as cast(year(d) * 100 + month(d) as integer)`,
  `month_index(m) as cast(floor_div(m, 100) * 12 + (m % 100) - 1 as integer)`,
  `month_from_index(i) as cast((i // 12) * 100 + (i % 12) + 1 as integer)`,
  // Of months that are never negative: cheaper than a floor, for statements over tens of millions of rows.
  `month_count(m) as cast(divide(m, 100) * 12 + (m % 100) - 1 as integer)`,
  // A token has 57 bits, a check character is one of eleven: both in one whole number, compared by one join.
  `number_key(token, check_char) as token * 64 + ascii(check_char) - 48`,
  // Division of what is never negative.
  `whole_part(a, b) as divide(a, b)`,
  `flag_bit(flag, place) as cast(flag as bigint) << place`,
  `month_text(m) as substr(cast(m as varchar), 1, 4) || '-' || substr(cast(m as varchar), 5, 2)`,
  `first_day(m) as make_date(cast(floor_div(m, 100) as bigint), cast(m % 100 as bigint), 1)`,
  // sum() gives HUGEINT; fen and counts stay BIGINT, and nothing summed is nothing owed.
  `sum_fen(x) as cast(coalesce(sum(x), 0) as bigint)`,
  // Regions are digits from the left: province 2, city 4, county 6, township 9, village 12. A city without counties
  // holds its townships directly and stands for the county itself.
  `county_of(region) as case when length(region) = 12 then substr(region, 1, 6) || '000000' end`,
  `township_of(region) as case when length(region) = 12 and substr(region, 7, 3) <> '000' then substr(region, 1, 9) || '000' end`,
]

/** The statements that teach a fresh engine the lake's macros. */
export const dialectStatements = (): string[] => macros.map((macro) => `create or replace macro ${macro}`)

/** Relations looked up by a key: each has it once, and these columns. */
export type Lookup = { readonly names: readonly string[]; readonly rows: string }

const named = (name: string): string => `"${name.replaceAll('"', '""')}"`

/**
 * SQL of rows with the columns of relations that are looked up by a key that is never null, null where there is none. The
 * same as left joins, but the engine leaves its batches of rows whole: a left join takes each apart into those found and
 * those not, and after sixteen of them little of a batch is left. A comparison that says what null means keeps the engine
 * from collecting the keys first.
 */
export const withLookups = (rows: string, key: string, lookups: readonly Lookup[]): string => {
  if (lookups.length === 0) return `select r.* from ${rows} r`
  const packed = lookups.map(({ names, rows: looked }, at) => {
    const columns = names.map((name) => `${named(name)} := ${named(name)}`).join(', ')
    return `lookup_${at} as materialized (select ${key}, struct_pack(${columns}) as packed from ${looked} rows)`
  })
  const found = lookups.map(
    (_, at) =>
      `(select packed from lookup_${at} l where l.${key} is not distinct from r.${key}) as packed_${at}`,
  )
  const unpacked = lookups.flatMap(({ names }, at) =>
    names.map((name) => `packed_${at}.${named(name)} as ${named(name)}`),
  )
  const without = lookups.map((_, at) => `packed_${at}`).join(', ')
  return `with looked_up as materialized (select * from ${rows} r), ${packed.join(', ')}
    select r.* exclude (${without}), ${unpacked.join(', ')} from (select r.*, ${found.join(', ')} from looked_up r) r`
}

/** A Parquet file, or several of one shape, as a relation. */
export const parquetRelation = (paths: readonly string[]): string =>
  `read_parquet([${paths.map(literal).join(', ')}])`

/**
 * Parquet files of like shape as one relation, with `file_index`, the place of its file in the list, beside each row, and null
 * for what an older file lacks. Read one by one and put together, as many as there are files are read at once, each with
 * memory of its own.
 */
export const numberedFiles = (paths: readonly string[]): string =>
  `(select cast(file_index as bigint) as file_index, * from read_parquet([${paths.map(literal).join(', ')}], union_by_name = true))`

/** The statement that writes a query to one Parquet file. */
export const copyToParquet = (sql: string, path: string, compression: Compression = 'zstd'): string =>
  `copy (${sql}) to ${literal(path)} (format parquet, compression ${compression})`

/** `zstd` for what is kept long, `snappy` for what is written every night: larger, and cheaper to write. */
export type Compression = 'zstd' | 'snappy'

/** The statement that writes a query as CSV without a header: null is an empty field, an empty text a quoted one. */
export const copyToCsv = (sql: string, path: string): string =>
  `copy (${sql}) to ${literal(path)} (format csv, header false, nullstr '', force_quote *)`

/** A CSV file without a header as PostgreSQL's COPY writes it, typed: nothing is guessed from the values. */
export const csvRelation = (path: string, columns: readonly TableColumn[]): string => {
  const types = columns.map(({ name, type }) => `${literal(name)}: ${literal(type)}`).join(', ')
  return (
    `read_csv(${literal(path)}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', ` +
    `nullstr = '', allow_quoted_nulls = false, strict_mode = true, columns = {${types}})`
  )
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
