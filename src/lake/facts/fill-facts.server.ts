import type { Engine } from '../engine/engine.server.ts'
import { quoteName, quoteText } from '../engine/sql.ts'
import { type RegistryFact, registryFacts } from './registry-facts.ts'
import type { FeedFacts } from './source.ts'
import { factKinds, feedFacts } from './sources.ts'

type Subject = 'household' | 'member' | 'lead'

/** What is kept of some households (leads among them) and of their members, in SQL: of those with these numbers. */
export type KeptFacts = {
  readonly household: string
  readonly member: string
  readonly from: number
  readonly until: number
}

/**
 * Fills the tables `household`, `member` and `lead` from the registry's input tables and from what is kept of everybody, with
 * the columns that the fact dictionary of the indicators declares. A fact from a feed is known exactly where an accepted
 * feed of its kind covers the county of the household or the lead; what the value column holds elsewhere means nothing.
 * Part by part: what is kept of a part is held in memory whole.
 */
export const fillFacts = async (engine: Engine, parts: readonly KeptFacts[]): Promise<void> => {
  await engine.run(`create or replace table fact_cover as ${coverage()}`)
  for (const subject of ['household', 'member', 'lead'] as const)
    for (const [at, part] of parts.entries())
      await engine.run(
        `${at === 0 ? `create or replace table ${subject} as` : `insert into ${subject}`} ${assembled(subject, part)}`,
      )
  await engine.run('drop table fact_cover')
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

const cover = 'left join fact_cover c on c.county ='

const bases: Readonly<
  Record<
    Subject,
    { keys: string; from: string; id: string; kept: 'household' | 'member'; by: string; now: string }
  >
> = {
  household: {
    keys: 's.household_id',
    id: 's.household_id',
    from: `registry_household s join subject_now n on n.subject_id = s.household_id ${cover} county_of(s.region_code)`,
    kept: 'household',
    by: 'hid',
    now: 'select subject_id as id, hid from subject_now',
  },
  member: {
    keys: 's.household_id, s.person_id as member_id',
    id: 's.person_id',
    from: `registry_person s join person_now n on n.person_id = s.person_id
      join registry_household h on h.household_id = s.household_id ${cover} county_of(h.region_code)`,
    kept: 'member',
    by: 'pid',
    now: 'select person_id as id, hid from person_now',
  },
  lead: {
    keys: 's.lead_id',
    id: 's.lead_id',
    from: `registry_lead s join subject_now n on n.subject_id = s.lead_id ${cover} county_of(s.region_code)`,
    kept: 'household',
    by: 'hid',
    now: 'select subject_id as id, hid from subject_now',
  },
}

const assembled = (subject: Subject, relations: KeptFacts): string => {
  const { keys, from, id, kept, by, now } = bases[subject]
  const within = (hid: string): string => `${hid} >= ${relations.from} and ${hid} < ${relations.until}`
  const registry = registryFacts.filter((fact) => fact.subject === subject)
  const sources = feedFacts.filter((source) => source.subject === subject)
  const columns = [...sources.flatMap(feedFactColumns), ...registry.flatMap(registryFactColumns)]
  const pivot = registry.some(({ column }) => column === undefined)
    ? ` left join (${registryPivot(registry, `${now} where ${within('hid')}`)}) r on r.subject_id = ${id}`
    : ''
  return `select ${[keys, ...columns].join(', ')} from ${from} left join ${relations[kept]} k on k.${by} = n.${by}${pivot}
    where ${within('n.hid')}`
}

const feedFactColumns = ({ kind, facts, whenNone }: FeedFacts): string[] =>
  Object.keys(facts).flatMap((fact) => [
    `${whenNone === '0' ? `coalesce(k.${quoteName(fact)}, 0)` : `k.${quoteName(fact)}`} as ${quoteName(fact)}`,
    `coalesce(c.${quoteName(coverColumn(kind))}, false) as ${quoteName(`${fact}__known`)}`,
  ])

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

const registryPivot = (facts: readonly RegistryFact[], among: string): string => {
  const columns = facts
    .filter(({ column }) => column === undefined)
    .flatMap(({ fact }) => [
      `max(value) filter (where fact = ${quoteText(fact)}) as ${quoteName(fact)}`,
      `bool_or(fact = ${quoteText(fact)}) as ${quoteName(`${fact}__known`)}`,
    ])
  return `select subject_id, ${columns.join(', ')} from registry_fact f semi join (${among}) among on among.id = f.subject_id
    group by subject_id`
}

const coverColumn = (kind: string): string => kind.replaceAll('-', '_')
