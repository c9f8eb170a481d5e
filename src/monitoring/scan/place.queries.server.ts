import { sql } from 'kysely'
import type { Clock } from '#base'
import { type CopyClient, copyIn, copyOut, type Engine } from '#lake/server'
import type { Tx } from '#store/server'
import { openStatuses } from '../states.ts'
import { decidingMembers } from './findings/complete.queries.server.ts'

const integer = (name: string) => ({ name, type: 'INTEGER' as const })
const text = (name: string) => ({ name, type: 'VARCHAR' as const })
const uuid = (name: string) => ({ name, type: 'UUID' as const })

/**
 * Sends the findings of the engine to PostgreSQL by what tells them apart, and places each beside the alerts there are, in
 * `placed (finding_no, into_id)`: the same evidence, open or disposed of, is nothing new and left out; other evidence joins
 * an open alert of the period; else it is new. A withdrawn alert counts as never raised; one that was marked because its
 * file was taken back is renewed when other files say the same. What is placed is `wanted (finding_no)` in the engine.
 * Gives how many of all there are.
 */
export const placeFindings = async (
  engine: Engine,
  tx: Tx,
  client: CopyClient,
): Promise<{ readonly found: number; readonly wanted: number }> => {
  const keys = `select f.finding_no, cast(f.subject_id as uuid) as subject_id, r.indicator, r.period, f.fingerprint
    from finding f join finding_rule r using (rule_no) order by f.subject_id`
  const columns = [
    integer('finding_no'),
    uuid('subject_id'),
    text('indicator'),
    text('period'),
    text('fingerprint'),
  ]
  const found = await copyOut(engine, keys, client, 'found', columns)
  await sql`analyze found`.execute(tx)
  await sql`
    create temporary table placed on commit drop as
    select finding_no, coalesce(marked, open) as into_id from (
      select f.finding_no,
        bool_or(a.fingerprint = f.fingerprint and (a.status = 'disposed' or not a.source_withdrawn)) as same,
        (array_agg(a.id) filter (where a.fingerprint = f.fingerprint and a.status <> 'disposed' and a.source_withdrawn))[1] as marked,
        (array_agg(a.id) filter (where a.status <> 'disposed' and a.period = f.period))[1] as open
      from found f left join alerts a on coalesce(a.household_id, a.lead_id) = f.subject_id and a.indicator = f.indicator
        and a.origin = 'scan' and a.status <> 'withdrawn'
      group by f.finding_no
    ) beside where same is not true`.execute(tx)
  await sql`analyze placed`.execute(tx)
  await engine.run('drop table if exists wanted')
  const wanted = await copyIn(client, 'select finding_no from placed', engine, 'wanted', [
    integer('finding_no'),
  ])
  return { found, wanted }
}

/** `member_relation` in the engine: how the members that decide stand to the head of their household. */
export const fetchRelations = async (engine: Engine, tx: Tx, client: CopyClient): Promise<void> => {
  const members = `select distinct try_cast(member_id as uuid) as member_id from (${decidingMembers})
    where try_cast(member_id as uuid) is not null`
  await copyOut(engine, members, client, 'deciding_member', [uuid('member_id')])
  await sql`analyze deciding_member`.execute(tx)
  const known = `select cast(p.id as text), p.relation from deciding_member d join persons p on p.id = d.member_id`
  await engine.run('drop table if exists member_relation')
  await copyIn(client, known, engine, 'member_relation', [text('member_id'), text('relation')])
}

/**
 * Sends what was written of the wanted findings to PostgreSQL, into `written`, each with the ids it may need, in the order in
 * which new alerts are numbered: rows this wide are sorted in the engine, PostgreSQL would spill them.
 */
export const sendWritten = (engine: Engine, client: CopyClient): Promise<number> => {
  const written = `select w.finding_no, uuidv7() as id, uuidv7() as step_id, uuidv7() as event_id, f.subject_kind,
      cast(f.subject_id as uuid) as subject_id, f.region_code, r.indicator, r.period, r.grade, r.route, t.holder_id, t.due_on,
      f.fingerprint, w.summary, w.explanation, w.feed_ids
    from finding_written w join finding f using (finding_no) join finding_rule r using (rule_no)
      join finding_route t on t.rule_no = f.rule_no and t.subject_kind = f.subject_kind and t.place = place_of(f.region_code)
    order by f.region_code, w.finding_no`
  return copyOut(engine, written, client, 'written', [
    ...[
      integer('finding_no'),
      uuid('id'),
      uuid('step_id'),
      uuid('event_id'),
      text('subject_kind'),
      uuid('subject_id'),
    ],
    ...[
      text('region_code'),
      text('indicator'),
      text('period'),
      text('grade'),
      integer('route'),
      uuid('holder_id'),
    ],
    { name: 'due_on', type: 'DATE' },
    ...[text('fingerprint'), text('summary'), text('explanation'), text('feed_ids')],
  ])
}

/**
 * Joins what was found again to the open alerts it belongs to: counted, its evidence renewed, with step and event. Alerts
 * that somebody has closed since they were placed are left, and the finding is new. Gives how many were joined.
 */
export const mergeWritten = async (tx: Tx, clock: Clock, scanId: string): Promise<number> => {
  const open = sql.join(openStatuses.map((status) => sql.lit(status)))
  await sql`analyze written`.execute(tx)
  // In the order in which officers who send several at once hold them.
  await sql`select count(*) from (
    select id from alerts where id in (select into_id from placed) order by number for update) as held`.execute(
    tx,
  )
  await sql`create temporary table merged (finding_no integer primary key) on commit drop`.execute(tx)
  const { numAffectedRows } = await sql`
    with changed as (
      update alerts set repeats = repeats + 1, version = version + 1, fingerprint = w.fingerprint, summary = w.summary,
        explanation = w.explanation::jsonb, feed_ids = w.feed_ids::uuid[], last_scan_id = ${scanId}::uuid,
        source_withdrawn = false
      from placed p join written w using (finding_no)
      where alerts.id = p.into_id and alerts.status in (${open})
      returning w.finding_no, w.step_id, w.event_id, alerts.id, alerts.region_code, alerts.household_id, alerts.lead_id,
        alerts.number, alerts.indicator, alerts.grade
    ), steps as (
      insert into alert_steps (id, alert_id, region_code, step, at, business_date)
      select step_id, id, region_code, 'merged', ${clock.now()}::timestamptz, ${clock.today()}::date from changed
    ), told as (
      insert into events (id, at, business_date, kind, region_code, household_id, lead_id, subject_id, data)
      select event_id, ${clock.now()}::timestamptz, ${clock.today()}::date, 'monitoring.alert-merged', region_code, household_id, lead_id,
        id, jsonb_build_object('number', number, 'indicator', indicator, 'grade', grade)
      from changed order by number
    )
    insert into merged select finding_no from changed`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Keeps as new alerts what joined none, each with its first step and event. Gives how many. */
export const insertWritten = async (tx: Tx, clock: Clock, scanId: string): Promise<number> => {
  const { numAffectedRows } = await sql`
    with raised as (
      insert into alerts (id, region_code, subject_kind, household_id, lead_id, indicator, period, grade, route, origin,
        status, holder_id, raised_on, raised_at, due_on, awaiting_calendar, fingerprint, scan_id, last_scan_id, summary,
        explanation, feed_ids)
      select id, region_code, subject_kind, case when subject_kind = 'household' then subject_id end,
        case when subject_kind = 'lead' then subject_id end, indicator, period, grade, route, 'scan', 'new', holder_id,
        ${clock.today()}::date, ${clock.now()}::timestamptz, due_on, due_on is null, fingerprint, ${scanId}::uuid,
        ${scanId}::uuid, summary, explanation::jsonb, feed_ids::uuid[]
      from written where not exists (select from merged where merged.finding_no = written.finding_no)
      returning id, number, region_code, household_id, lead_id, indicator, grade, holder_id
    ), steps as (
      insert into alert_steps (id, alert_id, region_code, step, at, business_date, to_id)
      select written.step_id, raised.id, raised.region_code, 'raised', ${clock.now()}::timestamptz, ${clock.today()}::date,
        raised.holder_id
      from raised join written using (id)
    )
    insert into events (id, at, business_date, kind, region_code, household_id, lead_id, subject_id, data)
    select written.event_id, ${clock.now()}::timestamptz, ${clock.today()}::date, 'monitoring.alert-raised',
      raised.region_code, raised.household_id, raised.lead_id, raised.id,
      jsonb_build_object('number', raised.number, 'indicator', raised.indicator, 'grade', raised.grade)
    from raised join written using (id) order by raised.number`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
