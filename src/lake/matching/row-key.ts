/** What a row says about one person, in the lake's terms. */
export type RowIdentity = {
  readonly token?: bigint | undefined
  readonly check?: string | undefined
  readonly nameKey?: bigint | undefined
  readonly birthDate?: string | undefined
  readonly regionCode?: string | undefined
  /** Keyed hash of what stood in the place of the number, where that was none. */
  readonly writtenKey?: bigint | undefined
}

/**
 * The key under which a decision about a row is remembered for every later file: number and name, or, without a
 * number, name, birth date and township, since people of one name and birthday live in several places; where something is
 * written for a number that is none, that, name and birth date together. It holds keyed
 * values only. Undefined when the row says too little for a decision to be repeated.
 */
export const rowKeyOf = (row: RowIdentity): string | undefined => {
  if (row.token !== undefined) return `n:${row.token}:${row.check ?? ''}:${row.nameKey ?? ''}`
  if (row.nameKey === undefined || row.birthDate === undefined) return undefined
  if (row.writtenKey !== undefined) return `b:${row.writtenKey}:${row.nameKey}:${row.birthDate}`
  return `p:${row.nameKey}:${row.birthDate}:${(row.regionCode ?? '').slice(0, townshipDigits)}`
}

const townshipDigits = 9

/** The decisions about rows with a number, as a relation that joins on integers instead of texts. */
export const decisionsByNumber = `
  select cast(split_part(row_key, ':', 2) as bigint) as token, split_part(row_key, ':', 3) as check_char,
    cast(nullif(split_part(row_key, ':', 4), '') as bigint) as name_key, person_id, bool_or(same) as same
  from match_decision where starts_with(row_key, 'n:') group by all`

/** The same key in SQL, for a row whose number is in these columns. */
export const numberKeySql = (token: string, check: string, nameKey: string): string =>
  `'n:' || ${token} || ':' || coalesce(${check}, '') || ':' || coalesce(cast(${nameKey} as varchar), '')`
