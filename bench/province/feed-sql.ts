/** One file of department rows as a query over `party` (everybody a department can know) and `slip`. */
import { drawOf } from './draw.ts'
import type { Drawn, Kind } from './kinds.ts'

export interface FileToWrite {
  readonly kind: Kind
  readonly month: number
  /** `feed`, `delta1`, `delta12`: rows of one are drawn apart from those of another. */
  readonly series: string
  /** The table of the parties. */
  readonly source: string
  /** How probable a row is for an eligible person. */
  readonly probability: number
  /** Of a person's own rows with a habit so many bear the wrong number. */
  readonly slipShare: number
  readonly persons: number
  readonly seed: number
}

const months = 12

/** Rows with `r` (one number for each), the party's columns, `copy`, and `slip`: which wrong number it bears, or null. */
export const pickedRows = (file: FileToWrite): string => {
  const { kind, source } = file
  const copies = kind.monthly ? [1] : kind.copies
  const from = copies
    .map(
      (share, copy) =>
        `SELECT *, ${copy} AS "copy", CAST("n" AS BIGINT) * 4 + ${copy} AS "r" FROM "${source}" WHERE (${kind.eligible}) AND ${chosen(file, share, copy)}`,
    )
    .join(' UNION ALL ')
  const { below, chance } = drawOf(file.seed, '"r"')
  const label = labelOf(file)
  return `SELECT *, CASE WHEN "slips" > 0 AND ("n" >= ${file.persons} OR ${chance(`${label}/slips`, file.slipShare)})
    THEN CAST("n" AS BIGINT) * 8 + ${below(`${label}/which`, 12)} % "slips" END AS "slip" FROM (${from}) "c"`
}

/** The whole file in the order it is delivered in; `numbers` names the table of slips with their aside numbers. */
export const fileQuery = (file: FileToWrite, slips: string): string => {
  const row = drawOf(file.seed, '"r"')
  const own = drawOf(file.seed, '"n"')
  const label = labelOf(file)
  const drawn: Drawn = {
    below: (column, size) => row.below(`${label}/${column}`, size),
    own: (column, size) => own.below(`${file.kind.name}/${column}`, size),
    month: file.month,
  }
  const columns = Object.entries(file.kind.columns(drawn))
  const written = (column: string) =>
    `CASE WHEN "s"."key" IS NULL THEN "p"."${column}" ELSE "s"."${column}" END AS "${column}"`
  return `SELECT "token", "check_char", "aside_id", "name_key", "birth", "county", CAST(row_number() OVER () - 1 AS INTEGER) AS "row_no", ${columns.map(([name]) => `"${name}"`).join(', ')}
    FROM (SELECT ${['token', 'check_char', 'name_key', 'birth'].map(written).join(', ')}, "s"."aside_id", "p"."county", ${columns.map(([name]) => `"p"."${name}"`).join(', ')}, "p"."place"
      FROM (SELECT "token", "check_char", "name_key", "birth", "county", "slip", "r", ${row.order(`${label}/order`)} AS "place", ${columns.map(([name, sql]) => `${sql} AS "${name}"`).join(', ')} FROM (${pickedRows(file)}) "q") "p"
      LEFT JOIN "${slips}" "s" ON "s"."key" = "p"."slip" ORDER BY "place", "p"."r") "o"`
}

const labelOf = ({ series, kind, month }: FileToWrite): string => `${series}/${kind.name}/${month}`

const chosen = (file: FileToWrite, share: number, copy: number): string => {
  const { kind, probability } = file
  const own = drawOf(file.seed, '"n"')
  const label = labelOf(file)
  // A changed household has at least one row: its head's bank.
  if (file.series !== 'feed') {
    const drawn = own.chance(`${label}/${copy}`, probability * share)
    return kind.name === 'bank' && copy === 0 ? `("head" OR ${drawn})` : drawn
  }
  if (!kind.monthly) return own.chance(`${label}/${copy}`, probability * share)
  if (kind.spell !== undefined) {
    const member = own.chance(`${kind.name}/member`, (probability * months) / kind.spell)
    return `${member} AND (${own.below(`${kind.name}/since`, months)} + ${file.month % 100}) % ${months} < ${kind.spell}`
  }
  // Who is known to a department is missing in one month of twenty-six.
  return `${own.chance(`${kind.name}/member`, probability * 1.04)} AND ${own.below(`${label}/late`, 26)} > 0`
}
