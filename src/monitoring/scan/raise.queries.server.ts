import { sql } from 'kysely'
import { type Clock, newId } from '#base'
import { everywhere } from '#store'
import { recordEvent, type Tx } from '#store/server'
import { openStatuses } from '../states.ts'

export interface ExistingAlert {
  readonly id: string
  readonly number: number | bigint
  readonly subjectId: string
  readonly indicator: string
  readonly period: string
  readonly status: string
  readonly fingerprint: string
  readonly sourceWithdrawn: boolean
}

/** Every alert that a scan raised and that still counts. */
export const listExisting = async (tx: Tx): Promise<ExistingAlert[]> =>
  tx
    .selectFrom('alerts')
    .select([
      sql<string>`coalesce(household_id, lead_id)`.as('subjectId'),
      'id',
      'number',
      'indicator',
      'period',
      'status',
      'fingerprint',
      'source_withdrawn as sourceWithdrawn',
    ])
    .where('origin', '=', 'scan')
    .where('status', '<>', 'withdrawn')
    .execute()

export interface Finding {
  readonly fingerprint: string
  readonly summary: string
  readonly explanation: object
  readonly feedIds: readonly string[]
  readonly scanId: string
}

export interface NewAlert extends Finding {
  readonly id: string
  readonly regionCode: string
  readonly householdId: string | null
  readonly leadId: string | null
  readonly indicator: string
  readonly period: string
  readonly grade: string
  readonly route: number
  readonly holderId: string | null
  readonly dueOn: string | null
}

const batch = 300

const alertValues = (alert: NewAlert, clock: Clock) => ({
  id: alert.id,
  region_code: alert.regionCode,
  subject_kind: alert.householdId ? 'household' : 'lead',
  household_id: alert.householdId,
  lead_id: alert.leadId,
  indicator: alert.indicator,
  period: alert.period,
  grade: alert.grade,
  route: alert.route,
  origin: 'scan',
  status: 'new',
  holder_id: alert.holderId,
  raised_on: clock.today(),
  raised_at: clock.now(),
  due_on: alert.dueOn,
  awaiting_calendar: alert.dueOn === null,
  fingerprint: alert.fingerprint,
  scan_id: alert.scanId,
  last_scan_id: alert.scanId,
  summary: alert.summary,
  explanation: JSON.stringify(alert.explanation),
  feed_ids: [...alert.feedIds],
})

const stepValues = (alert: NewAlert, clock: Clock) => ({
  id: newId(),
  alert_id: alert.id,
  region_code: alert.regionCode,
  step: 'raised',
  at: clock.now(),
  business_date: clock.today(),
  to_id: alert.holderId,
})

/** Keeps new alerts with their first step and event. */
export const insertRaised = async (tx: Tx, clock: Clock, alerts: readonly NewAlert[]): Promise<void> => {
  for (let start = 0; start < alerts.length; start += batch) {
    const part = alerts.slice(start, start + batch)
    const numbers = await tx
      .insertInto('alerts')
      .values(part.map((alert) => alertValues(alert, clock)))
      .returning(['id', 'number'])
      .execute()
    const numberOf = new Map(numbers.map(({ id, number }) => [id, Number(number)]))
    await tx
      .insertInto('alert_steps')
      .values(part.map((alert) => stepValues(alert, clock)))
      .execute()
    await tx
      .insertInto('events')
      .values(
        part.map((alert) => ({
          id: newId(),
          at: clock.now(),
          business_date: clock.today(),
          kind: 'monitoring.alert-raised',
          region_code: alert.regionCode,
          household_id: alert.householdId,
          lead_id: alert.leadId,
          subject_id: alert.id,
          data: JSON.stringify({
            number: numberOf.get(alert.id),
            indicator: alert.indicator,
            grade: alert.grade,
          }),
        })),
      )
      .execute()
  }
}

/**
 * Joins another finding to an open alert: counted, its evidence renewed. False where somebody has closed the alert since
 * it was read.
 */
export const mergeInto = async (tx: Tx, clock: Clock, id: string, finding: Finding): Promise<boolean> => {
  const merged = await tx
    .updateTable('alerts')
    .set((eb) => ({
      repeats: eb('repeats', '+', 1),
      version: eb('version', '+', 1),
      fingerprint: finding.fingerprint,
      summary: finding.summary,
      explanation: JSON.stringify(finding.explanation),
      feed_ids: [...finding.feedIds],
      last_scan_id: finding.scanId,
      source_withdrawn: false,
    }))
    .where('id', '=', id)
    .where('status', 'in', [...openStatuses])
    .returning(['region_code', 'household_id', 'lead_id', 'number', 'indicator', 'grade'])
    .executeTakeFirst()
  if (!merged) return false
  await tx
    .insertInto('alert_steps')
    .values({
      id: newId(),
      alert_id: id,
      region_code: merged.region_code,
      step: 'merged',
      at: clock.now(),
      business_date: clock.today(),
    })
    .execute()
  await recordEvent(tx, clock, {
    kind: 'monitoring.alert-merged',
    regionCode: merged.region_code,
    householdId: merged.household_id ?? undefined,
    leadId: merged.lead_id ?? undefined,
    subjectId: id,
    data: { number: Number(merged.number), indicator: merged.indicator, grade: merged.grade },
  })
  return true
}

/**
 * Does the work of a person's transaction with the platform's sight, and gives the person's back: a file of one county
 * may speak of people registered in another.
 */
export const withSightOfAll = async <T>(tx: Tx, work: () => Promise<T>): Promise<T> => {
  const { rows } = await sql<{ from: string; until: string; extra: string }>`
    select current_setting('doudi.scope_from', true) as "from", current_setting('doudi.scope_until', true) as "until",
      current_setting('doudi.scope_extra', true) as "extra"`.execute(tx)
  const see = ({ from, until, extra }: { from: string; until: string; extra: string }) =>
    sql`select set_config('doudi.scope_from', ${from}, true), set_config('doudi.scope_until', ${until}, true),
      set_config('doudi.scope_extra', ${extra}, true)`.execute(tx)
  await see({ ...everywhere, extra: '' })
  const result = await work()
  await see(rows[0] ?? { from: '', until: '', extra: '' })
  return result
}

/** Alerts that rest on a file and still count, held so that nobody works on them meanwhile. */
export const listRestingOn = (tx: Tx, feedId: string) =>
  tx
    .selectFrom('alerts')
    .selectAll()
    .where(sql<boolean>`feed_ids @> array[${feedId}]::uuid[]`)
    .where('status', '<>', 'withdrawn')
    .orderBy('number')
    .forUpdate()
    .execute()

/** Alerts on which a person has taken a step: dispatched, taken, evidence added or disposed. */
export const listActedOn = async (tx: Tx, alertIds: readonly string[]): Promise<Set<string>> => {
  const isOne = sql<boolean>`alert_id = any (${[...alertIds]}::uuid[])`
  const steps = await tx
    .selectFrom('alert_steps')
    .select('alert_id')
    .where(isOne)
    .where('actor_id', 'is not', null)
    .execute()
  const evidence = await tx.selectFrom('evidence_files').select('alert_id').where(isOne).execute()
  return new Set([...steps, ...evidence].map(({ alert_id }) => alert_id))
}
