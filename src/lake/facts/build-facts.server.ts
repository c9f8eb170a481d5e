import { assert } from '#base'
import type { Engine } from '../engine/engine.server.ts'
import { quoteName, quoteText } from '../engine/sql.ts'
import { business, housingFund, realEstate } from './kinds/assets.ts'
import { marriages, returnPoverty, students } from './kinds/families.ts'
import { disability, hospitalBills } from './kinds/health.ts'
import { imprisonment, payroll } from './kinds/justice-and-finance.ts'
import { insurancePayments, pensions, unemployment } from './kinds/labour.ts'
import { deaths, moves, vehicles } from './kinds/police.ts'
import { type RegistryFact, registryFacts } from './registry-facts.ts'
import type { FactContext, FeedFacts } from './source.ts'

type Subject = 'household' | 'member' | 'lead'

/** Every fact that comes from a feed, kind by kind. */
export const feedFacts: readonly FeedFacts[] = [
  deaths,
  imprisonment,
  payroll,
  vehicles,
  realEstate,
  business,
  insurancePayments,
  pensions,
  hospitalBills,
  housingFund,
  moves,
  marriages,
  disability,
  unemployment,
  students,
  returnPoverty,
]

/** The feed kinds whose `feed_…` and `matched_…` tables must be there. */
export const factKinds: readonly string[] = feedFacts.map(({ kind }) => kind)

/**
 * Builds the tables `household`, `member` and `lead` from the input tables and the matched rows, with the columns that
 * the fact dictionary of the indicators declares. A fact from a feed is known exactly where an accepted feed of its
 * kind covers the county of the household or the lead; what the value column holds elsewhere means nothing.
 */
export const buildFacts = async (engine: Engine, context: FactContext): Promise<void> => {
  await assertWhole(engine)
  await engine.run(`create or replace table fact_cover as ${coverage()}`)
  for (const source of feedFacts) {
    await engine.run(`create or replace table ${partTable(source)} as ${source.sql(context)}`)
  }
  for (const subject of ['household', 'member', 'lead'] as const) {
    await engine.run(`create or replace table ${subject} as ${assembled(subject)}`)
  }
  for (const source of feedFacts) await engine.run(`drop table ${partTable(source)}`)
  await engine.run('drop table fact_cover')
}

const assertWhole = async (engine: Engine): Promise<void> => {
  const [stray] = await engine.rows<{ n: number }>(
    'select count(*) as n from registry_person p anti join registry_household h using (household_id)',
  )
  assert(stray?.n === 0, 'a person of the registry has no household')
}

// One row per county in use, one column per kind. A feed of a whole city or province covers its counties.
const coverage = (): string => {
  const kinds = factKinds.map(
    (kind) => `coalesce(bool_or(c.kind = ${quoteText(kind)}), false) as ${quoteName(coverColumn(kind))}`,
  )
  return `
    select county, ${kinds.join(', ')}
    from (select county_of(region_code) as county from registry_household
      union select county_of(region_code) from registry_lead) counties
    left join (select distinct kind, county_code from feed_coverage) c
      on c.county_code in (county, substr(county, 1, 4) || '00000000', substr(county, 1, 2) || '0000000000')
    group by county`
}

const bases: Readonly<Record<Subject, { keys: string; from: string; id: string }>> = {
  household: {
    keys: 's.household_id',
    id: 's.household_id',
    from: 'registry_household s left join fact_cover c on c.county = county_of(s.region_code)',
  },
  member: {
    keys: 's.household_id, s.person_id as member_id',
    id: 's.person_id',
    from: `registry_person s join registry_household h using (household_id)
      left join fact_cover c on c.county = county_of(h.region_code)`,
  },
  lead: {
    keys: 's.lead_id',
    id: 's.lead_id',
    from: 'registry_lead s left join fact_cover c on c.county = county_of(s.region_code)',
  },
}

const assembled = (subject: Subject): string => {
  const { keys, from, id } = bases[subject]
  const sources = feedFacts.filter((source) => source.subject === subject)
  const registry = registryFacts.filter((fact) => fact.subject === subject)
  const columns = [...sources.flatMap(feedFactColumns), ...registry.flatMap(registryFactColumns)]
  const joins = sources.map(
    (source) =>
      `left join ${partTable(source)} ${quoteName(alias(source))} on ${quoteName(alias(source))}.subject_id = ${id}`,
  )
  if (registry.some(({ column }) => column === undefined)) {
    joins.push(`left join (${registryPivot(registry)}) r on r.subject_id = ${id}`)
  }
  return `select ${[keys, ...columns].join(', ')} from ${from} ${joins.join(' ')}`
}

const feedFactColumns = (source: FeedFacts): string[] =>
  Object.entries(source.facts).flatMap(([fact, type]) => {
    const value = `${quoteName(alias(source))}.${quoteName(fact)}`
    const filled = source.whenNone === '0' ? `coalesce(${value}, 0)` : value
    return [
      `cast(${filled} as ${type}) as ${quoteName(fact)}`,
      `coalesce(c.${quoteName(coverColumn(source.kind))}, false) as ${quoteName(`${fact}__known`)}`,
    ]
  })

const registryFactColumns = ({ fact, type, unknown, column }: RegistryFact): string[] => {
  if (column !== undefined) return [`s.${quoteName(column)} as ${quoteName(fact)}`]
  const value = `cast(r.${quoteName(fact)} as ${type})`
  // A fact that cannot be unknown is a yes that the registry recorded, otherwise a no.
  if (!unknown) return [`coalesce(${value}, false) as ${quoteName(fact)}`]
  return [
    `${value} as ${quoteName(fact)}`,
    `coalesce(r.${quoteName(`${fact}__known`)}, false) as ${quoteName(`${fact}__known`)}`,
  ]
}

const registryPivot = (facts: readonly RegistryFact[]): string => {
  const columns = facts
    .filter(({ column }) => column === undefined)
    .flatMap(({ fact }) => [
      `max(value) filter (where fact = ${quoteText(fact)}) as ${quoteName(fact)}`,
      `bool_or(fact = ${quoteText(fact)}) as ${quoteName(`${fact}__known`)}`,
    ])
  return `select subject_id, ${columns.join(', ')} from registry_fact group by subject_id`
}

const partTable = (source: FeedFacts): string => quoteName(`fact_of_${coverColumn(source.kind)}`)
const alias = (source: FeedFacts): string => `f_${coverColumn(source.kind)}`
const coverColumn = (kind: string): string => kind.replaceAll('-', '_')
