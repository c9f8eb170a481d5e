import { quoteName, quoteText } from '../engine/sql.ts'
import { feedColumns, type LakeColumn, storedColumns } from '../feeds/columns.ts'
import { decisionsByNumber, numberKeySql } from './row-key.ts'
import { feedTable, matchedTable } from './tables.ts'

/** One of the people a row speaks of: itself, the spouse, the head; with the columns that name this person. */
type Role = {
  readonly role: string
  readonly token: string
  readonly check: string
  readonly nameKey: string
}

/** The people that a row of this kind speaks of. */
export const rolesOf = (columns: readonly LakeColumn[]): Role[] =>
  columns
    .filter(({ type }) => type === 'number')
    .map((column) => {
      const role = column.field === 'number' ? 'self' : column.field.slice(0, -'Number'.length)
      const [token, check] = storedColumns(column).map(({ name }) => `f.${quoteName(name)}`)
      const nameField = role === 'self' ? 'name' : `${role}Name`
      const name = columns.find(({ field, type }) => field === nameField && type === 'name')
      const nameKey =
        name === undefined ? 'null::BIGINT' : `f.${quoteName(storedColumns(name)[0]?.name ?? '')}`
      return { role, token: token ?? '', check: check ?? '', nameKey }
    })

/** Creates the list of questions empty: the same number with another name. Until a person decides, the row counts for nobody. */
export const emptyQuestions = `create or replace table match_question as
  select null::VARCHAR as kind, null::VARCHAR as feed_id, null::INTEGER as feed_order, null::INTEGER as row_no,
    null::VARCHAR as person_role, person_id, null::VARCHAR as reason, null::VARCHAR as row_key
  from registry_person where false`

/**
 * The statements that match one kind: from `feed_…` and the input tables to `matched_…` and `match_question`.
 * A person is found by the token alone, an integer join; check character, names and decisions are compared afterwards,
 * for a disjunction inside the join condition would turn it into a loop over all pairs.
 */
export const exactMatch = (kind: string, columns: readonly LakeColumn[]): string[] => {
  const roles = rolesOf(columns)
  const feed = ['feed_id', 'feed_order', 'feed_period', ...feedColumns(columns).map(({ name }) => name)]
  const feedList = feed.map((name) => `f.${quoteName(name)}`).join(', ')
  const union = (part: (role: Role) => string) => roles.map(part).join(' union all by name ')
  const matched = matchedTable(kind)
  return [
    `create or replace temp table match_given as select * from row_match where kind = ${quoteText(kind)}
      and (person_id in (select person_id from registry_person) or lead_id in (select lead_id from registry_lead))`,
    // Rows of doubt are few: taking them out again costs less than keeping the rows twice.
    `create or replace table ${matched} as ${union((role) => personHits(kind, role, feedList))}`,
    `insert into match_question by name ${union((role) => questions(kind, role))}`,
    `delete from ${matched} where verdict <> 'same'`,
    `insert into ${matched} by name ${union((role) => leadHits(kind, role, feedList))}`,
    `insert into ${matched} by name ${union((role) => givenHits(kind, role, feedList))}`,
    'drop table match_given',
  ]
}

/**
 * After `exactMatch`: the rows of which nobody is known, because neither a person nor a lead has the number or the row
 * has none (`kind`, `feed_id`, `feed_order`, `row_no`, `person_role`). These go to scored matching.
 */
export const unmatchedRows = (kind: string, columns: readonly LakeColumn[]): string =>
  rolesOf(columns)
    .map((role) => nobody(kind, role))
    .join(' union all ')

const rowRef = (kind: string, role: string): string =>
  `${quoteText(kind)} as kind, f.feed_id, f.feed_order, f.row_no, ${quoteText(role)} as person_role`

// The decision joins on what its key holds, so that no text is built for rows that need none.
const personHits = (kind: string, { role, token, check, nameKey }: Role, feedList: string): string => `
  select ${feedList}, ${quoteText(role)} as person_role, p.person_id, p.household_id,
    (select lead_id from registry_lead where false) as lead_id,
    case when d.same then 'same' when not d.same then 'not-same'
      when ${nameKey} is null or p.name_key is null or ${nameKey} = p.name_key then 'same' else 'ask' end as verdict
  from ${feedTable(kind)} f
  join registry_person p on p.token = ${token}
  left join (${decisionsByNumber}) d on d.token = ${token} and d.person_id = p.person_id
    and d.name_key is not distinct from ${nameKey}
  where p.check_char = ${check} and not exists (${givenRow(role)})`

// A lead is somebody outside the registry: a number that the registry knows is never a lead's.
const leadHits = (kind: string, { role, token, check, nameKey }: Role, feedList: string): string => `
  select ${feedList}, ${quoteText(role)} as person_role, l.lead_id
  from ${feedTable(kind)} f
  join registry_lead l on l.token = ${token}
  where l.check_char = ${check} and (${nameKey} is null or l.name_key is null or ${nameKey} = l.name_key)
    and not exists (select 1 from registry_person p where p.token = ${token})
    and not exists (${givenRow(role)})`

const givenHits = (kind: string, { role }: Role, feedList: string): string => `
  select ${feedList}, ${quoteText(role)} as person_role, g.person_id, p.household_id, g.lead_id
  from ${feedTable(kind)} f
  join match_given g on g.feed_id = f.feed_id and g.row_no = f.row_no and g.person_role = ${quoteText(role)}
  left join registry_person p on p.person_id = g.person_id`

const givenRow = (role: string): string =>
  `select 1 from match_given g where g.feed_id = f.feed_id and g.row_no = f.row_no and g.person_role = ${quoteText(role)}`

const questions = (kind: string, { role, token, check, nameKey }: Role): string => `
  select ${rowRef(kind, role)}, f.person_id, 'number-agrees-name-differs' as reason,
    ${numberKeySql(token, check, nameKey)} as row_key
  from ${matchedTable(kind)} f where verdict = 'ask' and person_role = ${quoteText(role)}`

// A row always speaks of itself, and of a spouse or a head only where it names one.
const nobody = (kind: string, { role, token, nameKey }: Role): string => `
  select ${rowRef(kind, role)} from ${feedTable(kind)} f
  where ${role === 'self' ? 'true' : `(${token} is not null or ${nameKey} is not null)`}
    and not exists (select 1 from ${matchedTable(kind)} m where m.feed_order = f.feed_order and m.row_no = f.row_no
      and m.person_role = ${quoteText(role)})
    and not exists (select 1 from match_question q where q.kind = ${quoteText(kind)} and q.feed_order = f.feed_order
      and q.row_no = f.row_no and q.person_role = ${quoteText(role)})`
