import type { BusinessDate } from '#base'
import { categories } from '../categories.ts'
import type { FactKind } from '../facts/catalogue.ts'
import { everybody, type Portion, type SnapshotTable } from './snapshot.ts'

/** Facts that go to the lake as they are; what the indicators ask besides is made from categories and agreements. */
export const plainFacts: readonly FactKind[] = ['annualIncomeFen', 'workStatus', 'pensionDeclared']

/**
 * The registry as it was known on a business date, as selects to copy into the lake's input tables. They hold no
 * number and no name in the clear, and see only the scope of the transaction that runs them. Facts are those in force
 * that day and usable (imported, or checked by a second person); the newest counts. A household without a category in
 * force is not monitored and is left out with its members. Of a portion they give its rows only; decisions are few and
 * always given whole.
 */
export const snapshotTables = (
  date: BusinessDate,
  portion: Portion = everybody,
): readonly SnapshotTable[] => {
  const on = `date '${date}'`
  return [
    {
      table: 'registry_household',
      columns: [
        { name: 'household_id', type: 'UUID' },
        { name: 'region_code', type: 'VARCHAR' },
        { name: 'category', type: 'VARCHAR' },
      ],
      select: householdsSql(on, portion.subject),
    },
    {
      table: 'registry_person',
      columns: [
        { name: 'person_id', type: 'UUID' },
        { name: 'household_id', type: 'UUID' },
        { name: 'token', type: 'BIGINT' },
        { name: 'check_char', type: 'VARCHAR' },
        { name: 'name_key', type: 'BIGINT' },
      ],
      select: personsSql(on, portion),
    },
    {
      table: 'registry_lead',
      columns: [
        { name: 'lead_id', type: 'UUID' },
        { name: 'region_code', type: 'VARCHAR' },
        { name: 'token', type: 'BIGINT' },
        { name: 'check_char', type: 'VARCHAR' },
        { name: 'name_key', type: 'BIGINT' },
      ],
      select: leadsSql(portion),
    },
    {
      table: 'registry_fact',
      columns: [
        { name: 'subject_id', type: 'UUID' },
        { name: 'fact', type: 'VARCHAR' },
        { name: 'value', type: 'VARCHAR' },
      ],
      select: factsSql(on, portion),
    },
    {
      table: 'match_decision',
      columns: [
        { name: 'row_key', type: 'VARCHAR' },
        { name: 'person_id', type: 'UUID' },
        { name: 'same', type: 'BOOLEAN' },
      ],
      select: decisionsSql,
    },
  ]
}

const listOf = (texts: readonly string[]): string => texts.map((text) => `'${text}'`).join(', ')

const inForce = (table: string, on: string): string =>
  `${table}.valid_from <= ${on} and (${table}.valid_until is null or ${table}.valid_until > ${on})`

const householdsSql = (on: string, among: (column: string) => string): string => `
  select distinct on (h.id) h.id as household_id, h.region_code, c.category
  from households h join categories c on c.household_id = h.id
  where h.registered_on <= ${on} and (h.ended_on is null or h.ended_on > ${on})
    and c.person_id is null and c.category in (${listOf(categories)}) and ${inForce('c', on)}
    and ${among('h.id')} and ${among('c.household_id')}
  order by h.id, c.valid_from desc, c.recorded_at desc, c.id desc`

const membersSql = (on: string, { household, member }: Portion): string => `
  select p.id as person_id, p.household_id, p.number_token, p.number_check, p.name_key, h.category
  from persons p join (${householdsSql(on, household)}) h on h.household_id = p.household_id
  where p.joined_on <= ${on} and (p.left_on is null or p.left_on > ${on}) and ${household('p.household_id')}
    and ${member('p.id')}`

const personsSql = (on: string, portion: Portion): string => `
  select person_id, household_id, number_token, number_check, name_key from (${membersSql(on, portion)}) m`

const leadsSql = ({ subject }: Portion): string => `
  select l.id, l.region_code, l.number_token, l.number_check, l.name_key from leads l
  where l.status = 'open' and ${subject('l.id')}`

// What a department said is what declarations are compared with, so it is not taken for one.
const newestFacts = (kinds: readonly string[], on: string, { subject }: Portion): string => `
  select distinct on (f.subject_id, f.kind) f.subject_id, f.kind, f.value
  from facts f
  where f.kind in (${listOf(kinds)}) and f.superseded_at is null
    and (f.collector_id is null or f.checker_id is not null)
    and f.provenance in ('declared', 'visited') and ${inForce('f', on)}
    and ${subject('f.subject_id')}
  order by f.subject_id, f.kind, f.valid_from desc, f.recorded_at desc, f.id desc`

// A household that is tekun as a whole has only tekun members, unless the determination names which of them are.
const tekunSql = (on: string, portion: Portion): string => `
  select m.person_id from (${membersSql(on, portion)}) m
  left join (
    select c.household_id, array_agg(c.person_id) as members from categories c
    where c.person_id is not null and c.category = 'tekun' and ${inForce('c', on)}
      and ${portion.household('c.household_id')} group by c.household_id
  ) named using (household_id)
  where case when named.members is null then m.category = 'tekun' else m.person_id = any (named.members) end`

const factsSql = (on: string, portion: Portion): string => `
  select subject_id, kind, value #>> '{}' from (${newestFacts(plainFacts, on, portion)}) plain
  union all
  select a.subject_id, part.fact, part.value from (${newestFacts(['careAgreement'], on, portion)}) a
  cross join lateral (values ('careAgreementFrom', a.value ->> 'from'), ('careAgreementUntil', a.value ->> 'until'))
    as part (fact, value)
  union all
  select distinct c.person_id, 'singlePersonDibao', 'true' from categories c
  where c.person_id is not null and c.category = 'singlePersonDibao' and ${inForce('c', on)}
    and ${portion.subject('c.person_id')}
  union all
  select t.person_id, 'tekunPerson', 'true' from (${tekunSql(on, portion)}) t`

// Decisions of a case that was opened again, or whose file was taken back, are no decisions.
const decisionsSql = `
  select convert_from(d.row_key, 'UTF8'), d.person_id, d.verdict = 'same'
  from match_decisions d
  where exists (select 1 from adjudications a where a.row_key = d.row_key and a.status in ('same', 'none'))`
