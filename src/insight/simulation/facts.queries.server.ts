import type { BusinessDate } from '#base'
import type { Engine } from '#lake/server'
import { quoteName, quoteText } from '#lake/server'
import { factColumns, type Pack } from '#policy'
import { frozenIn, plainFacts } from './assumptions.ts'
import type { AssumptionId } from './contract.ts'
import { listFrozenFacts } from './snapshot.queries.server.ts'

/** Households of which the same is known: the rules are narrowed by it. */
export interface FactsReady {
  /** The column `class` of the table `h`. */
  readonly id: number
  readonly constants: ReadonlyMap<string, string | number | boolean | null>
  readonly known: ReadonlySet<string>
  readonly empty: ReadonlySet<string>
  /** The facts of the snapshot, for each entity. */
  readonly frozen: Readonly<Record<Judged, readonly string[]>>
  /** Columns of facts that nobody knows. */
  readonly unknown: Readonly<Record<string, readonly { readonly name: string; readonly sqlType: string }[]>>
}

export const entities = ['household', 'member'] as const
export type Judged = (typeof entities)[number]

/**
 * From frozen facts to facts of the dictionary under the assumptions: the tables `h` and `m`. What remains unknown stays
 * null. The day decides who was under 16 when incomes were declared. Households are told apart by what is known: for those
 * of whom nothing is missing the rules are many times shorter.
 */
export const readyFacts = async (
  engine: Engine,
  pack: Pick<Pack, 'facts' | 'entities'>,
  assumptions: ReadonlySet<AssumptionId>,
  on: BusinessDate,
): Promise<readonly FactsReady[]> => {
  const held = await listFrozenFacts(engine)
  const frozen = { household: frozenIn('household', held), member: frozenIn('member', held) }
  await engine.run(membersSql(assumptions, on, held))
  await engine.run(householdsSql(frozen.member))
  const empty = new Set(Object.keys(pack.entities).filter((entity) => !entities.includes(entity as Judged)))
  const plain = entities.map((entity) => [entity, plainFacts(pack, entity, assumptions, held)] as const)
  const classes = await engine.rows<{ id: number }>('select distinct class as id from h order by 1')
  const ready: FactsReady[] = []
  for (const { id } of classes) {
    const constants = new Map<string, string | number | boolean | null>()
    const known = new Set<string>()
    for (const [entity, { constants: same }] of plain) {
      for (const [name, value] of same) constants.set(`${entity}.${name}`, value)
      await lookAt(engine, { id, entity, names: frozen[entity] }, { constants, known })
    }
    const unknown = Object.fromEntries(
      plain.map(([entity, one]) => [
        entity,
        factColumns(pack, entity).filter(({ name }) => one.unknown.includes(name)),
      ]),
    )
    ready.push({ id, constants, known, empty, frozen, unknown })
  }
  return ready
}

// Without the assumption nobody's supporters are known; one programme only asks for them.
const mayBeMissing = 'otherAbleSupporter'

const householdsSql = (frozen: readonly string[]): string => `create table h as
  select f.household_no, household_id, region_code, persons, residence,
    case when residence is null or not coalesce(p.whole, true) then 2 when residence = 'urban' then 0 else 1 end as class
  from frozen_household f left join (
    select household_no, bool_and(${frozen
      .filter((name) => name !== mayBeMissing)
      .map((name) => `${quoteName(name)} is not null`)
      .join(' and ')}) as whole from m group by 1
  ) p using (household_no)`

const membersSql = (
  assumptions: ReadonlySet<AssumptionId>,
  on: BusinessDate,
  held: ReadonlySet<string>,
): string => {
  const has = (id: AssumptionId): string => (assumptions.has(id) ? 'true' : 'false')
  const fill = (name: string, id: AssumptionId, value: string): string =>
    `${assumptions.has(id) ? `coalesce(${quoteName(name)}, ${value})` : quoteName(name)} as ${quoteName(name)}`
  const fillHeld = (name: string, value: string): string =>
    held.has(name) ? `${fill(name, 'othersAsUsual', value)}, ` : ''
  const child = `("bornOn" is not null and "bornOn" + interval 16 year > date ${quoteText(on)})`
  return `create table m as
    with told as (
      select f.*, d.declared_year_fen,
        ${has('incomeAsWage')} and bool_and(declared_month_fen is not null or ${child}) over w as own,
        ${has('householdIncomeToApplicant')} and d.declared_year_fen is not null
          and count_if("relation" = 'applicant') over w = 1 as whole,
        coalesce("workStatus" in ('employed', 'flexible'), true) as works
      from frozen_member f join frozen_household d using (household_no)
      window w as (partition by household_no)
    )
    select household_no, member_no, "relation", "bornOn", cast(year("bornOn") as bigint) as "birthYear",
      "tekunPerson", case when ${has('livesAsUsual')} and ${child} then coalesce("workStatus", 'student') else "workStatus" end as "workStatus",
      ${fill('disabilityGrade', 'healthAsUsual', `'none'`)}, ${fill('disabilityKind', 'healthAsUsual', `'none'`)},
      ${fill('studyLevel', 'livesAsUsual', `'none'`)}, ${fill('seriousIllness', 'healthAsUsual', 'false')},
      case when own then case when works then coalesce(declared_month_fen, 0) else 0 end when whole then 0 end as "wageFen",
      case when own then case when works then 0 else coalesce(declared_month_fen, 0) end when whole then 0
        when ${has('noOtherIncome')} then 0 end as "otherIncomeFen",
      case when own then 0 when whole then case when "relation" = 'applicant' then declared_year_fen else 0 end
        when ${has('noOtherIncome')} then 0 end as "otherIncomeYearFen",
      case when ${has('othersAsUsual')} then not "tekunPerson" end as "otherAbleSupporter",
      ${fillHeld('inSinglePersonDibao', 'false')}${fillHeld('recognisedAs', `'none'`)}
      month("bornOn") * 100 + day("bornOn") as birthday
    from told`
}

/** Which frozen facts are known of everybody in a class, and which are the same for all. */
const lookAt = async (
  engine: Engine,
  { id, entity, names }: { readonly id: number; readonly entity: Judged; readonly names: readonly string[] },
  { constants, known }: { constants: Map<string, string | number | boolean | null>; known: Set<string> },
): Promise<void> => {
  const from = entity === 'household' ? 'h' : 'm join h using (household_no)'
  const columns = names.flatMap((name, at) => {
    const column = `${entity === 'household' ? 'h' : 'm'}.${quoteName(name)}`
    return [
      `count(${column}) = count(*) as whole${at}`,
      `min(${column}) as least${at}`,
      `min(${column}) = max(${column}) as same${at}`,
    ]
  })
  const [row] = await engine.rows(`select ${columns.join(', ')} from ${from} where h.class = ${id}`)
  for (const [at, name] of names.entries()) {
    if (row?.[`whole${at}`] !== true) continue
    known.add(`${entity}.${name}`)
    const value = row[`least${at}`]
    if (row[`same${at}`] === true) constants.set(`${entity}.${name}`, value as string | number | boolean)
  }
}

/**
 * The tables `household` and `member` of one cell as the statements read them: a household once for each of its months,
 * with the day beside it. Rows of `wanted` are household_no, month, cell.
 */
export const cellTables = (
  cell: number,
  days: readonly BusinessDate[],
  { id, unknown, known, frozen }: FactsReady,
): readonly string[] => {
  const dayOf = `case w.month ${days.map((day, month) => `when ${month} then date ${quoteText(day)}`).join(' ')} end`
  const facts = (entity: Judged, alias: string): string =>
    [
      ...frozen[entity].flatMap((name) => {
        const column = `${alias}.${quoteName(name)}`
        const flag = known.has(`${entity}.${name}`) ? 'true' : `${column} is not null`
        return [`${column} as ${quoteName(name)}`, `${flag} as ${quoteName(`${name}__known`)}`]
      }),
      ...(unknown[entity] ?? []).flatMap(({ name, sqlType }) => [
        `cast(null as ${sqlType}) as ${quoteName(name)}`,
        `false as ${quoteName(`${name}__known`)}`,
      ]),
    ].join(', ')
  const key = `w.household_no * ${monthsInKey} + w.month as household_id`
  const from = `from wanted w join`
  const where = `where w.cell = ${cell} and w.class = ${id}`
  return [
    `create or replace table household as select ${key}, w.household_no, w.month, h.persons, ${dayOf} as today, ${facts('household', 'h')}
      ${from} h using (household_no) ${where}`,
    `create or replace table member as select ${key}, m.member_no as member_id, ${dayOf} as today, ${facts('member', 'm')}
      ${from} m using (household_no) ${where}`,
  ]
}

/** Household and month in one number: `household_no * monthsInKey + month`. */
export const monthsInKey = 12
