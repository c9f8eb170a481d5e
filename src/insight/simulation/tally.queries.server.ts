import type { Engine } from '#lake/server'
import type { Programme } from '#policy'
import { type Side, sides } from './evaluate.queries.server.ts'

/** Counts of one programme, as the engine gives them. */
export interface ProgrammeTally {
  readonly before: SideTally
  readonly after: SideTally
  readonly entered: number
  readonly left: number
  readonly personsEntered: number
  readonly personsLeft: number
  readonly gained: number
  readonly lost: number
  readonly unchanged: number
  readonly unknown: number
}

interface SideTally {
  readonly households: number
  readonly persons: number
  readonly unknown: number
  readonly monthlyFen: number
  /** What a programme pays that is paid by the year, or once. */
  readonly yearlyFen?: number
  readonly onceFen?: number
}

/** How often money comes that does not come every month. */
export const rarePeriods = ['year', 'once'] as const
type Period = 'month' | (typeof rarePeriods)[number]

/** What is paid by the year or once, counted on the first day, never multiplied by months. */
interface RareTally {
  readonly beforeFen: number
  readonly afterFen: number
  readonly gains: number
  readonly loses: number
  readonly unknown: number
}

interface PlaceTally {
  readonly county: string
  readonly households: number
  readonly gains: number
  readonly loses: number
  readonly unchanged: number
  readonly unknown: number
  readonly beforeFen: number
  readonly afterFen: number
  readonly beforeYearFen: number
  readonly afterYearFen: number
  readonly beforeOnceFen: number
  readonly afterOnceFen: number
}

interface ExampleRow {
  readonly householdId: string
  readonly place: string
  readonly persons: number
  readonly beforeFen: number
  readonly afterFen: number
}

/** Everything a report counts. */
export interface Tally {
  readonly programmes: readonly ProgrammeTally[]
  /** Households in a programme before and after, with another amount of it; each once, in however many programmes. */
  readonly changed: number
  readonly counties: readonly PlaceTally[]
  /** In the order of the months. */
  readonly months: readonly {
    readonly beforeFen: number
    readonly afterFen: number
    readonly unknown: number
  }[]
  /** In the order of `bandEnds`: what lies under the first, between the first and the second …, from the last. */
  readonly bands: readonly number[]
  readonly winners: readonly ExampleRow[]
  readonly losers: readonly ExampleRow[]
  /** Undefined where no programme of the kind is reached. */
  readonly year: RareTally | undefined
  readonly once: RareTally | undefined
}

/** Where the bands of changes begin and end, in fen a month. Nothing and one fen apart: who is touched is told from who is not. */
export const bandEnds = [-50_000, -20_000, -5_000, 0, 1, 5_000, 20_000, 50_000] as const

const mostExamples = 20

/** Counts what `judgeAll` left. */
export const tallyAll = async (
  engine: Engine,
  programmes: readonly Programme[],
  months: number,
): Promise<Tally> => {
  await engine.run(bothSql(programmes))
  return {
    programmes: await programmeTallies(engine, programmes),
    changed: await changedTally(engine, programmes),
    counties: await engine.rows<PlaceTally>(countiesSql),
    months: await monthTallies(engine, programmes, months),
    bands: await bandTallies(engine),
    winners: await engine.rows<ExampleRow>(examplesSql('after_fen > before_fen', 'desc')),
    losers: await engine.rows<ExampleRow>(examplesSql('after_fen < before_fen', 'asc')),
    year: await rareTally(engine, programmes, 'year'),
    once: await rareTally(engine, programmes, 'once'),
  }
}

const paying = (programmes: readonly Programme[], per: Period = 'month'): readonly number[] =>
  programmes.flatMap(({ amount }, at) => (amount?.per === per ? [at] : []))

const sumOf = (side: string, at: readonly number[]): string =>
  at.length === 0 ? 'cast(0 as bigint)' : at.map((one) => `${side}.p${one}_fen`).join(' + ')

const openIn = (side: string, at: readonly number[]): string =>
  at.length === 0 ? 'false' : `(${at.map((one) => `${side}.p${one}_s < 0`).join(' or ')})`

/** A household in one row: both sides of the first month, and its money of each kind together. */
const bothSql = (programmes: readonly Programme[]): string => {
  const at = paying(programmes)
  const columns = programmes.flatMap((_, one) =>
    sides.flatMap((side) =>
      ['s', 'n', 'fen'].map((what) => `${side[0]}.p${one}_${what} as ${side}_p${one}_${what}`),
    ),
  )
  const rare = rarePeriods.flatMap((per) => {
    const own = paying(programmes, per)
    return [
      `${sumOf('b', own)} as before_${per}_fen`,
      `${sumOf('a', own)} as after_${per}_fen`,
      `${openIn('b', own)} or ${openIn('a', own)} as is_${per}_open`,
    ]
  })
  return `create table both_sides as select h.household_no, h.household_id, h.region_code, h.persons, ${rare.join(', ')},
    ${sumOf('b', at)} as before_fen, ${sumOf('a', at)} as after_fen,
    ${openIn('b', at)} or ${openIn('a', at)} as is_open, ${columns.join(', ')}
    from h join judged_before b on b.household_no = h.household_no and b.month = 0
    join judged_after a on a.household_no = h.household_no and a.month = 0`
}

const sumsOf = ([column, name]: readonly [string, string]): string =>
  ['before', 'after']
    .map((side) => `cast(coalesce(sum(${side}_${column}), 0) as bigint) as "${side}${name}"`)
    .join(', ')

const kindsOfMoney = [
  ['fen', 'Fen'],
  ['year_fen', 'YearFen'],
  ['once_fen', 'OnceFen'],
] as const

const countColumns = `cast(count(*) as integer) as households,
  cast(count_if(not is_open and after_fen > before_fen) as integer) as gains,
  cast(count_if(not is_open and after_fen < before_fen) as integer) as loses,
  cast(count_if(not is_open and after_fen = before_fen) as integer) as unchanged,
  cast(count_if(is_open) as integer) as "unknown",
  ${kindsOfMoney.map(sumsOf).join(', ')}`

const countiesSql = `select substr(region_code, 1, 6) || '000000' as county, ${countColumns}
  from both_sides group by 1 order by 1`

const examplesSql = (where: string, order: 'asc' | 'desc'): string => `
  select household_id as "householdId", region_code as place, persons,
    cast(before_fen as bigint) as "beforeFen", cast(after_fen as bigint) as "afterFen"
  from both_sides where not is_open and ${where}
  order by after_fen - before_fen ${order}, household_id limit ${mostExamples}`

const programmeTallies = async (
  engine: Engine,
  programmes: readonly Programme[],
): Promise<readonly ProgrammeTally[]> => {
  const tallies: ProgrammeTally[] = []
  for (const [at, { amount }] of programmes.entries()) {
    const [row = {}] = await engine.rows<Readonly<Record<string, number>>>(programmeSql(at))
    const of = (name: string): number => row[name] ?? 0
    const side = (name: Side): SideTally => ({
      households: of(`${name}_households`),
      persons: of(`${name}_persons`),
      unknown: of(`${name}_unknown`),
      monthlyFen: amount?.per === 'month' ? of(`${name}_fen`) : 0,
      ...(amount?.per === 'year' ? { yearlyFen: of(`${name}_fen`) } : {}),
      ...(amount?.per === 'once' ? { onceFen: of(`${name}_fen`) } : {}),
    })
    tallies.push({
      before: side('before'),
      after: side('after'),
      entered: of('entered'),
      left: of('left_out'),
      personsEntered: of('persons_entered'),
      personsLeft: of('persons_left'),
      gained: of('gained'),
      lost: of('lost'),
      unchanged: of('unchanged'),
      unknown: of('open_ones'),
    })
  }
  return tallies
}

const programmeSql = (at: number): string => {
  const [b, a] = [`before_p${at}`, `after_p${at}`]
  const whole = (what: string, name: string): string => `cast(coalesce(${what}, 0) as bigint) as ${name}`
  const isKnown = `${b}_s >= 0 and ${a}_s >= 0`
  const stayed = `${b}_s = 1 and ${a}_s = 1`
  const ofSides = sides.flatMap((side) => {
    const column = `${side}_p${at}`
    return [
      whole(`count_if(${column}_s = 1)`, `${side}_households`),
      whole(`sum(${column}_n)`, `${side}_persons`),
      whole(`count_if(${column}_s < 0)`, `${side}_unknown`),
      whole(`sum(${column}_fen)`, `${side}_fen`),
    ]
  })
  return `select ${[
    ...ofSides,
    whole(`count_if(${b}_s = 0 and ${a}_s = 1)`, 'entered'),
    whole(`count_if(${b}_s = 1 and ${a}_s = 0)`, 'left_out'),
    whole(`sum(greatest(${a}_n - ${b}_n, 0)) filter (where ${isKnown})`, 'persons_entered'),
    whole(`sum(greatest(${b}_n - ${a}_n, 0)) filter (where ${isKnown})`, 'persons_left'),
    whole(`count_if(${stayed} and ${a}_fen > ${b}_fen)`, 'gained'),
    whole(`count_if(${stayed} and ${a}_fen < ${b}_fen)`, 'lost'),
    whole(`count_if(${isKnown} and ${a}_s = ${b}_s and ${a}_fen = ${b}_fen)`, 'unchanged'),
    whole(`count_if(not (${isKnown}))`, 'open_ones'),
  ].join(', ')} from both_sides`
}

const rareTally = async (
  engine: Engine,
  programmes: readonly Programme[],
  per: (typeof rarePeriods)[number],
): Promise<RareTally | undefined> => {
  if (paying(programmes, per).length === 0) return undefined
  const [before, after, isOpen] = [`before_${per}_fen`, `after_${per}_fen`, `is_${per}_open`]
  const [row] = await engine.rows<RareTally>(
    `select cast(coalesce(sum(${before}), 0) as bigint) as "beforeFen",
       cast(coalesce(sum(${after}), 0) as bigint) as "afterFen",
       cast(count_if(not ${isOpen} and ${after} > ${before}) as integer) as gains,
       cast(count_if(not ${isOpen} and ${after} < ${before}) as integer) as loses,
       cast(count_if(${isOpen}) as integer) as "unknown" from both_sides`,
  )
  return row
}

const changedTally = async (engine: Engine, programmes: readonly Programme[]): Promise<number> => {
  const changes = paying(programmes).map((at) => {
    const [b, a] = [`before_p${at}`, `after_p${at}`]
    return `(${b}_s = 1 and ${a}_s = 1 and ${a}_fen <> ${b}_fen)`
  })
  const [row] = await engine.rows<{ changed: number }>(
    `select cast(count_if(${changes.join(' or ') || 'false'}) as integer) as changed from both_sides`,
  )
  return row?.changed ?? 0
}

// A household's row serves from its month until its next one.
const monthTallies = async (engine: Engine, programmes: readonly Programme[], months: number) => {
  const at = paying(programmes)
  const found = new Map<Side, ReadonlyMap<number, { readonly fen: number; readonly open: number }>>()
  for (const side of sides) {
    const rows = await engine.rows<{ month: number; fen: number; open: number }>(
      `select t.month, cast(sum(fen) as bigint) as fen, cast(sum(open) as bigint) as "open" from (
         select month as since, coalesce(lead(month) over (partition by household_no order by month), ${months}) as ends,
           ${sumOf('j', at)} as fen, cast(${openIn('j', at)} as integer) as open from judged_${side} j
       ) join (select cast(range as integer) as month from range(${months})) t on t.month >= since and t.month < ends
       group by t.month`,
    )
    found.set(side, new Map(rows.map(({ month, fen, open }) => [month, { fen, open }])))
  }
  const of = (side: Side, month: number) => found.get(side)?.get(month) ?? { fen: 0, open: 0 }
  return Array.from({ length: months }, (_, month) => ({
    beforeFen: of('before', month).fen,
    afterFen: of('after', month).fen,
    unknown: Math.max(of('before', month).open, of('after', month).open),
  }))
}

const bandTallies = async (engine: Engine): Promise<readonly number[]> => {
  const steps = bandEnds.map((end, at) => `when after_fen - before_fen < ${end} then ${at}`).join(' ')
  const rows = await engine.rows<{ band: number; households: number }>(
    `select case ${steps} else ${bandEnds.length} end as band, count(*) as households
     from both_sides where not is_open group by 1`,
  )
  const counts = new Map(rows.map(({ band, households }) => [band, households]))
  return [...bandEnds.keys(), bandEnds.length].map((band) => counts.get(band) ?? 0)
}
