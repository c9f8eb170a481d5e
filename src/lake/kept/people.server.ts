import { assert } from '#base'
import type { Engine } from '../engine/engine.server.ts'
import type { Kept } from './kept.ts'

const subjects = `
  select household_id as subject_id, false as is_lead, region_code from registry_household
  union all by name select lead_id as subject_id, true as is_lead, region_code from registry_lead`

// A lead is somebody outside the registry: a number that the registry knows is never a lead's.
const people = `
  select p.person_id, s.hid, false as is_lead, p.token, p.check_char, p.name_key
  from registry_person p join subject_now s on s.subject_id = p.household_id
  union all by name
  select l.lead_id as person_id, s.hid, true as is_lead,
    case when k.token is null then l.token end as token, l.check_char, l.name_key
  from registry_lead l join subject_now s on s.subject_id = l.lead_id
  left join (select distinct token from registry_person where token is not null) k on k.token = l.token`

/** A relation with a number for each row: `before` knows some by their id, the others follow in their order. */
const numbered = (
  rows: string,
  id: string,
  no: 'hid' | 'pid',
  order: string,
  before: string,
  next: number,
): string => `
  with r as (${rows})
  select r.*, b.${no} from r join ${before} b on b.${id} = r.${id}
  union all
  select r.*, cast(${next} - 1 + row_number() over (order by ${order}) as integer) from r anti join ${before} b on b.${id} = r.${id}`

const none = (columns: string): string => `(select ${columns} where false)`

/**
 * Gives everybody of the registry a number: `subject_now` (`subject_id`, `is_lead`, `region_code`, `hid`) and `person_now`
 * (`person_id`, `is_lead`, `hid`, `pid` and what finds a person). Who had one in `subject_before` and `person_before`
 * keeps it. Stops when two people have one number.
 */
export const numberPeople = async (
  engine: Engine,
  next: Kept['next'],
  isNew: boolean,
): Promise<Kept['next']> => {
  await assertWhole(engine)
  const [subjectBefore, personBefore] = isNew
    ? [none('null as subject_id, 0 as hid'), none('null as person_id, 0 as pid')]
    : ['subject_before', 'person_before']
  await engine.run(`create or replace table subject_now as
    ${numbered(subjects, 'subject_id', 'hid', 'r.region_code, r.is_lead, r.subject_id', subjectBefore, next.hid)}`)
  await engine.run(`create or replace table person_now as
    ${numbered(people, 'person_id', 'pid', 'r.hid, r.person_id', personBefore, next.pid)}`)
  await assertOnce(engine)
  const [row] = await engine.rows<{ hid: number; pid: number }>(
    `select (select coalesce(max(hid) + 1, 0) from subject_now) as hid, (select coalesce(max(pid) + 1, 0) from person_now) as pid`,
  )
  return { ...next, hid: Math.max(next.hid, row?.hid ?? 0), pid: Math.max(next.pid, row?.pid ?? 0) }
}

const assertWhole = async (engine: Engine): Promise<void> => {
  const [stray] = await engine.rows<{ n: number }>(
    'select count(*) as n from registry_person p anti join registry_household h using (household_id)',
  )
  assert(stray?.n === 0, 'a person of the registry has no household')
}

const assertOnce = async (engine: Engine): Promise<void> => {
  const [twice] = await engine.rows<{ n: number }>(
    `select count(*) as n from (select is_lead, token, check_char from person_now where token is not null
      group by all having count(*) > 1)`,
  )
  assert(twice?.n === 0, 'a number is twice among the people')
}

/**
 * Who is found otherwise than before, by `pid`, into `changed_person` (`pid`, `hid` now, `hid_before`): new, gone, of another
 * household, number or name; and whoever a decision about rows, or its end, concerns.
 */
export const findChangedPeople = async (engine: Engine): Promise<number> => {
  const found = ['hid', 'token', 'check_char', 'name_key'].map(
    (name) => `n.${name} is distinct from b.${name}`,
  )
  const differ = (a: string, b: string): string => `(select * from ${a} except select * from ${b})`
  await engine.run(`create or replace table changed_person as
    with moved as (
      select coalesce(n.pid, b.pid) as pid from person_now n full join person_before b on b.pid = n.pid
      where n.pid is null or b.pid is null or ${found.join(' or ')}
      union select pid from ${differ('decided_now', 'decided_before')}
      union select pid from ${differ('decided_before', 'decided_now')}
      union select pid from given_changed)
    select m.pid, n.hid, b.hid as hid_before from moved m left join person_now n on n.pid = m.pid
      left join person_before b on b.pid = m.pid`)
  const [row] = await engine.rows<{ n: number }>('select count(*) as n from changed_person')
  return row?.n ?? 0
}
