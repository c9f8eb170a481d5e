import { addDays, type BusinessDate } from '#base'
import { type Engine, quoteName } from '#lake/server'
import { compileNamedSql, type PackInForce, type Programme, settle, type WideStatement } from '#policy'
import { type DayUse, dayUseOf, widest } from './day-use.ts'
import { cellTables, entities, type FactsReady, type Judged, monthsInKey } from './facts.queries.server.ts'
import type { Cell, Plan } from './plan.ts'
import { isStanding, rulesOf } from './slice.ts'

export const sides = ['before', 'after'] as const
export type Side = (typeof sides)[number]

/** For how many households a fact or value was missing, by its name. */
export type Missing = Map<string, number>

/**
 * Judges every household of `h` by the programmes, before and after. Leaves the tables `judged_before` and `judged_after`:
 * household_no, month, and for the programme at i: p<i>_s (1 yes, 0 no, -1 unknown), p<i>_n (persons), p<i>_fen. A household
 * has a row for the first month, and for each month in which something about it may be otherwise than in the one before; what is
 * paid by the year or once is right in the first row only.
 */
export const judgeAll = async (
  engine: Engine,
  plan: Plan,
  programmes: readonly Programme[],
  classes: readonly FactsReady[],
): Promise<Missing> => {
  const uses = plan.cells.map((cell) =>
    classes.map((ready) =>
      widest(sides.map((side) => dayUseIn(settledForce(cell[side], ready), programmes))),
    ),
  )
  await wantedRows(engine, plan, classes, (cell, at) => uses[cell]?.[at] ?? 'any')
  for (const side of sides) await engine.run(judgedTable(side, programmes))
  const missing: Missing = new Map()
  for (const cell of plan.cells)
    for (const ready of classes) {
      for (const statement of cellTables(cell.id, plan.days, ready)) await engine.run(statement)
      const found = await judgeBoth(engine, cell, ready, programmes)
      for (const [name, households] of found) missing.set(name, (missing.get(name) ?? 0) + households)
    }
  return missing
}

/** Both sides of the households now in `household`; the second is copied where its statements are those of the first. */
const judgeBoth = async (
  engine: Engine,
  cell: Cell,
  ready: FactsReady,
  programmes: readonly Programme[],
): Promise<Missing> => {
  const statements = sides.map((side) => statementsFor(settledForce(cell[side], ready), programmes))
  const [before, after] = statements.map((parts) => parts.map(({ statement }) => statement.sql).join())
  const missing: Missing = new Map()
  for (const [index, side] of sides.entries()) {
    if (side === 'after' && before === after) {
      await engine.run(`insert into judged_after select j.* from judged_before j
        join household h on h.household_no = j.household_no and h.month = j.month`)
      continue
    }
    for (const [name, households] of await judgeSide(engine, statements[index] ?? [], programmes, side))
      missing.set(name, Math.max(missing.get(name) ?? 0, households))
  }
  return missing
}

const settledForce = (force: PackInForce, { constants, known, empty }: FactsReady): PackInForce =>
  settle(force, { constants, known, empty, dayIsFact: true })

const dayUseIn = (force: PackInForce, programmes: readonly Programme[]): DayUse =>
  dayUseOf(
    force,
    programmes
      .filter(isStanding)
      .flatMap((programme) => rulesOf(programme).map((rule) => [programme.entity, rule] as const)),
  )

/** Which household is judged for which month, in which cell. */
const wantedRows = async (
  engine: Engine,
  plan: Plan,
  classes: readonly FactsReady[],
  dayUse: (cell: number, at: number) => DayUse,
): Promise<void> => {
  await engine.run('create table place_group (region_code varchar, place integer)')
  await insertAll(
    engine,
    'place_group',
    [...plan.groupOf].map(([place, group]) => `('${place}', ${group})`),
  )
  await engine.run(
    'create table place_cell (place integer, month integer, cell integer, class integer, whole varchar)',
  )
  const newYear = plan.days.map(
    (day, month) => addDays(plan.days[month - 1] ?? day, -1).slice(0, 4) !== day.slice(0, 4),
  )
  const lines = [...plan.cellsOfGroup].flatMap(([group, cells]) =>
    cells.flatMap((cell, month) =>
      classes.map(({ id }, at) => {
        const isNew = month === 0 || cells[month - 1] !== cell
        const use = isNew ? 'any' : dayUse(cell, at)
        const scope = use === 'years' ? (newYear[month] ? 'any' : 'birthdays') : use
        return `(${group}, ${month}, ${cell}, ${id}, '${scope}')`
      }),
    ),
  )
  await insertAll(engine, 'place_cell', lines)
  const births = plan.days
    .map((day, month) =>
      month === 0 ? '' : bornBetween(month, addDays(plan.days[month - 1] ?? day, -1), day),
    )
    .filter(Boolean)
  const from = `h join place_group g using (region_code) join place_cell c on c.place = g.place and c.class = h.class`
  const stirred =
    births.length === 0
      ? ''
      : ` union all select distinct h.household_no, c.month, c.cell, c.class from ${from}
        join m using (household_no) where c.whole = 'birthdays' and (${births.join(' or ')})`
  await engine.run(`create table wanted as
    select h.household_no, c.month, c.cell, c.class from ${from} where c.whole = 'any'${stirred}`)
}

const insertAll = async (engine: Engine, table: string, lines: readonly string[]): Promise<void> => {
  for (let from = 0; from < lines.length; from += 2000)
    await engine.run(`insert into ${table} values ${lines.slice(from, from + 2000).join(', ')}`)
}

const mmdd = (day: BusinessDate): number => Number(day.slice(5, 7)) * 100 + Number(day.slice(8, 10))

/** Birthdays of the days from one to another; the twenty-ninth of February is kept on the day before or after. */
const bornBetween = (month: number, from: BusinessDate, until: BusinessDate): string => {
  const [first, last] = [mmdd(from), mmdd(until)]
  const inside = (value: string) =>
    first <= last ? `${value} between ${first} and ${last}` : `(${value} >= ${first} or ${value} <= ${last})`
  const leap = ['228', '301'].map((value) => inside(value)).join(' or ')
  return `(c.month = ${month} and (${inside('m.birthday')} or (m.birthday = 229 and (${leap}))))`
}

const judgedTable = (side: Side, programmes: readonly Programme[]): string => {
  const columns = programmes.map((_, at) => `p${at}_s tinyint, p${at}_n integer, p${at}_fen bigint`)
  return `create table judged_${side} (household_no bigint, month integer, ${columns.join(', ')})`
}

interface Part {
  readonly entity: Judged
  readonly statement: WideStatement
}

const statementsFor = (force: PackInForce, programmes: readonly Programme[]): readonly Part[] =>
  entities.flatMap((entity) => {
    const rules = [...new Set(programmes.filter((one) => one.entity === entity).flatMap(rulesOf))]
    return rules.length === 0 ? [] : [{ entity, statement: compileNamedSql(force, entity, rules) }]
  })

const judgeSide = async (
  engine: Engine,
  parts: readonly Part[],
  programmes: readonly Programme[],
  side: Side,
): Promise<Missing> => {
  const missing: Missing = new Map()
  for (const { entity, statement } of parts) {
    await engine.run(`create or replace table raw_${entity} as ${statement.sql}`)
    await countMissing(engine, statement, entity, missing)
  }
  const columns = programmes.flatMap((programme, at) => columnsOf(programme, at))
  const joins = parts.map(
    ({ entity }) => ` left join ${partSql(entity, programmes)} ${entity}_part using (household_id)`,
  )
  await engine.run(
    `insert into judged_${side} select h.household_no, h.month, ${columns.join(', ')} from household h${joins.join('')}`,
  )
  return missing
}

const columnsOf = ({ entity }: Programme, at: number): readonly string[] => {
  const part = `${entity}_part`
  return [
    `coalesce(${part}.s${at}, 0)`,
    entity === 'household'
      ? `case when ${part}.s${at} = 1 then h.persons else 0 end`
      : `coalesce(${part}.n${at}, 0)`,
    `coalesce(${part}.f${at}, 0)`,
  ]
}

const sayings = ({ eligible, amount }: Programme): { readonly s: string; readonly fen: string } => {
  const [is, open] = [quoteName(eligible), quoteName(`${eligible}__u`)]
  const fen = amount ? quoteName(amount.rule) : '0'
  const isOpen = amount ? `${quoteName(`${amount.rule}__u`)} <> 0` : 'false'
  return {
    s: `case when ${open} <> 0 then -1 when not coalesce(${is}, false) then 0 when ${isOpen} then -1 else 1 end`,
    fen: `case when ${open} = 0 and ${is} and not (${isOpen}) then coalesce(${fen}, 0) else 0 end`,
  }
}

/** A household in one row: its own programmes, and those of its members put together. */
const partSql = (entity: Judged, programmes: readonly Programme[]): string => {
  const own = programmes.flatMap((programme, at) =>
    programme.entity === entity ? [{ at, ...sayings(programme) }] : [],
  )
  if (entity === 'household') {
    const columns = own.map(({ at, s, fen }) => `${s} as s${at}, ${fen} as f${at}`)
    return `(select subject_id as household_id, ${columns.join(', ')} from raw_household)`
  }
  const said = own.map(({ at, s, fen }) => `${s} as s${at}, ${fen} as f${at}`)
  const columns = own.map(
    ({ at }) =>
      `case when min(s${at}) < 0 then -1 else max(s${at}) end as s${at}, ` +
      `cast(count_if(s${at} = 1) as integer) as n${at}, cast(sum(f${at}) as bigint) as f${at}`,
  )
  return `(select household_id, ${columns.join(', ')} from (select household_id, ${said.join(', ')} from raw_member) group by household_id)`
}

/** Counts, for the first month, the households for which each name is missing. */
const countMissing = async (
  engine: Engine,
  statement: WideStatement,
  entity: Judged,
  missing: Missing,
): Promise<void> => {
  const key = entity === 'household' ? 'subject_id' : 'household_id'
  const open = statement.rules.map((rule) => quoteName(`${rule}__u`)).join(' | ')
  for (const [index, { missingNames, sql }] of [statement, ...statement.more].entries()) {
    if (missingNames.length === 0) continue
    if (index > 0) await engine.run(`create or replace table raw_more as ${sql}`)
    const from = index > 0 ? 'raw_more' : `raw_${entity}`
    const rows = await engine.rows<{ u: bigint; households: bigint }>(
      `select u, count(*) as households from (select ${key}, bit_or(${open}) as u from ${from}
        where ${key} % ${monthsInKey} = 0 group by 1) where u <> 0 group by 1`,
      [],
      { exact: true },
    )
    const found: Missing = new Map()
    for (const { u, households } of rows)
      for (const [at, name] of missingNames.entries())
        if ((u >> BigInt(at)) & 1n) found.set(name, (found.get(name) ?? 0) + Number(households))
    for (const [name, households] of found) missing.set(name, Math.max(missing.get(name) ?? 0, households))
  }
}
