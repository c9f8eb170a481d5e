import type { Pair, SqlContext, WorkdayRun, WorkdayTables } from './operator.ts'
import { missingOfAll, valueAt } from './sql-parts.ts'

// The calendar stands in a table of one row with two lists for each run of published years: of every day how many working
// days there are up to it, and of every working day where it lies. A deadline is then two look-ups. Where a list ends,
// both engines give NULL.

const within = (date: string, { eve, until }: WorkdayRun): string => `${date} BETWEEN ${eve} AND ${until}`

const whole = (number: string): string => `CAST(${number} AS INTEGER)`

/** The place of a day in the list of ranks, 1 being the eve. */
const placeOf = (date: string, { eve }: WorkdayRun): string => whole(`${date} - ${eve} + 1`)

/** The working day of a rank, as days after the eve. */
const dayAt = (rank: string, { days }: WorkdayRun): string => `${days}[${rank}]`

const rankOf = (date: string, run: WorkdayRun): string => `${run.ranks}[${placeOf(date, run)}]`

const rankAfter = (date: string, count: string, run: WorkdayRun): string =>
  whole(`${rankOf(date, run)} + ${count}`)

const dateAfter = ({ eve }: WorkdayRun, days: string): string => `(${eve} + ${days})`

const casesOf = (parts: readonly string[]): string => parts.join(' ')

/** The bit of the year that has no calendar, of a day that lies in no run. */
const bitOfYear = (date: string, { openYears, otherName }: WorkdayTables, { bitOf }: SqlContext): string => {
  const cases = openYears.map(({ year, name }) => `WHEN ${year} THEN ${bitOf(name)}`)
  if (cases.length === 0) return bitOf(otherName)
  return `CASE CAST(EXTRACT(YEAR FROM ${date}) AS BIGINT) ${casesOf(cases)} ELSE ${bitOf(otherName)} END`
}

const together = (args: readonly Pair[], calendar: string): string =>
  [missingOfAll(args), calendar].filter((part) => part !== undefined).join(' | ')

export const addedSql = (args: readonly Pair[], context: SqlContext): Pair => {
  const tables = context.workdays()
  const [date, count] = [valueAt(args, 0), valueAt(args, 1)]
  const found = (run: WorkdayRun): string => dayAt(rankAfter(date, count, run), run)
  const values = tables.runs.map((run) => `WHEN ${within(date, run)} THEN ${dateAfter(run, found(run))}`)
  const bits = tables.runs.map(
    (run) =>
      `WHEN ${within(date, run)} THEN CASE WHEN ${found(run)} IS NULL THEN ${context.bitOf(run.nameAfter)} ELSE 0 END`,
  )
  const year = bitOfYear(`(${date} + 1)`, tables, context)
  return {
    value: `(CASE WHEN ${count} = 0 THEN ${date} ${casesOf(values)} END)`,
    missing: `(${together(args, `CASE WHEN ${date} IS NULL OR ${count} IS NULL OR ${count} = 0 THEN 0 ${casesOf(bits)} ELSE ${year} END`)})`,
    absent: args.some(({ absent }) => absent),
  }
}

export const rolledSql = (args: readonly Pair[], context: SqlContext): Pair => {
  const tables = context.workdays()
  const [date, mode] = [valueAt(args, 0), valueAt(args, 1)]
  const isNext = `${mode} = 'roll'`
  // The day itself where it is worked: the working day after its eve, and the last one up to it.
  const found = (run: WorkdayRun): string => {
    const [next, last] = [`${run.ranks}[${whole(`${date} - ${run.eve}`)}] + 1`, rankOf(date, run)]
    return dayAt(`(CASE WHEN ${isNext} THEN ${next} ELSE ${last} END)`, run)
  }
  // The eve is a day of the year before, which has no calendar.
  const inside = ({ first, until }: WorkdayRun): string => `${date} BETWEEN ${first} AND ${until}`
  const values = tables.runs.map((run) => `WHEN ${inside(run)} THEN ${dateAfter(run, found(run))}`)
  const bits = tables.runs.map((run) => {
    const [after, before] = [context.bitOf(run.nameAfter), context.bitOf(run.nameBefore)]
    const name = `CASE WHEN ${isNext} THEN ${after} ELSE ${before} END`
    return `WHEN ${inside(run)} THEN CASE WHEN ${found(run)} IS NULL THEN ${name} ELSE 0 END`
  })
  const year = bitOfYear(date, tables, context)
  const value = `CASE WHEN ${mode} = 'none' THEN ${date} WHEN ${mode} IS NULL THEN NULL ${casesOf(values)} END`
  const missing = together(
    args,
    `CASE WHEN ${date} IS NULL OR ${mode} IS NULL OR ${mode} = 'none' THEN 0 ${casesOf(bits)} ELSE ${year} END`,
  )
  const absent = args.some((arg) => arg.absent)
  const modeBits = args[1]?.missing
  if (modeBits === undefined) return { value: `(${value})`, missing: `(${missing})`, absent }
  // A day that is worked stays, whatever the mode would be.
  const worked = tables.runs.map(
    (run) => `WHEN ${inside(run)} THEN ${dayAt(rankOf(date, run), run)} = ${date} - ${run.eve}`,
  )
  const stays = `${modeBits} <> 0 AND CASE ${casesOf(worked)} END`
  return worked.length === 0
    ? { value: `(${value})`, missing: `(${missing})`, absent }
    : {
        value: `(CASE WHEN ${stays} THEN ${date} ELSE ${value} END)`,
        missing: `(CASE WHEN ${stays} THEN 0 ELSE ${missing} END)`,
        absent,
      }
}

/** From where the calendar ends, every day counts. */
export const soonestSql = (date: string, count: string, context: SqlContext): string => {
  const cases = context.workdays().runs.map((run) => {
    const rank = rankAfter(date, count, run)
    const behind = `(${run.until} + (${rank} - ${run.workdays}))`
    return `WHEN ${within(date, run)} THEN COALESCE(${dateAfter(run, dayAt(rank, run))}, ${behind})`
  })
  return `(CASE WHEN ${count} = 0 THEN ${date} ${casesOf(cases)} ELSE (${date} + ${whole(count)}) END)`
}
