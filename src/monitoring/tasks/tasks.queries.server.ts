import { type ExpressionBuilder, sql } from 'kysely'
import type { Actor } from '#access'
import { type BusinessDate, type Clock, Refusal } from '#base'
import { recordEvent, type Tables, type Tx } from '#store/server'
import { openStatuses } from '../states.ts'

export interface NewTask {
  readonly id: string
  readonly alertId: string | null
  readonly householdId: string | null
  readonly leadId: string | null
  readonly regionCode: string
  readonly kind: string
  readonly holderId: string | null
  readonly dueOn: string | null
  readonly openedBy: string | null
}

/** Opens a task for a person, with its event. */
export const insertTask = async (tx: Tx, clock: Clock, task: NewTask): Promise<void> => {
  await tx
    .insertInto('tasks')
    .values({
      id: task.id,
      alert_id: task.alertId,
      household_id: task.householdId,
      lead_id: task.leadId,
      region_code: task.regionCode,
      kind: task.kind,
      holder_id: task.holderId,
      due_on: task.dueOn,
      opened_at: clock.now(),
      opened_by: task.openedBy,
    })
    .execute()
  await recordEvent(tx, clock, {
    kind: 'monitoring.task-opened',
    regionCode: task.regionCode,
    householdId: task.householdId ?? undefined,
    leadId: task.leadId ?? undefined,
    subjectId: task.id,
    actorId: task.openedBy ?? undefined,
    data: { kind: task.kind },
  })
}

export interface TaskFilters {
  readonly status: 'open' | 'done'
  readonly holder: 'mine' | 'any'
  /** One task, whatever its status and holder. */
  readonly id?: string | undefined
}

type Eb = ExpressionBuilder<Tables & { tasks: Tables['tasks'] }, 'tasks'>

/** Another department sees only its own tasks; everybody else what lies in the scope. */
const matching = (filters: TaskFilters, actor: Actor) => (eb: Eb) => {
  const mine = eb('tasks.holder_id', '=', actor.organisation.id)
  const isDepartment = actor.organisation.kind === 'department'
  if (filters.id)
    return isDepartment ? eb.and([eb('tasks.id', '=', filters.id), mine]) : eb('tasks.id', '=', filters.id)
  const status = eb('tasks.status', '=', filters.status)
  return filters.holder === 'mine' || isDepartment ? eb.and([status, mine]) : status
}

// Awaiting the calendar sorts as due soonest.
const dueKey = sql<string>`coalesce(tasks.due_on, '0001-01-01')`

export interface TaskPage {
  readonly after?: { readonly dueKey: string; readonly id: string } | undefined
  readonly limit: number
}

/** One page of tasks: open ones due soonest first, done ones newest first. */
export const listTaskRecords = (tx: Tx, actor: Actor, filters: TaskFilters, { after, limit }: TaskPage) => {
  const query = tx
    .selectFrom('tasks')
    .leftJoin('organisations', 'organisations.id', 'tasks.holder_id')
    .leftJoin('households', 'households.id', 'tasks.household_id')
    .leftJoin('leads', 'leads.id', 'tasks.lead_id')
    .leftJoin('regions', 'regions.code', 'tasks.region_code')
    .selectAll('tasks')
    .select([
      'organisations.name as holder_name',
      'households.number as household_number',
      'leads.name as lead_name',
      'regions.name as region_name',
      dueKey.as('due_key'),
    ])
    .where(matching(filters, actor) as never)
    .limit(limit)
  if (filters.status === 'done') {
    // Ids are made in the order of time.
    const newest = query.orderBy('tasks.id', 'desc')
    return (after ? newest.where('tasks.id', '<', after.id) : newest).execute()
  }
  const soonest = query.orderBy(dueKey).orderBy('tasks.id')
  return (
    after
      ? soonest.where(sql<boolean>`(${dueKey}, tasks.id) > (${after.dueKey}::date, ${after.id}::uuid)`)
      : soonest
  ).execute()
}

/** How many tasks the list holds by these filters, on all its pages. */
export const countTaskRecords = async (tx: Tx, actor: Actor, filters: TaskFilters): Promise<number> => {
  const { count } = await tx
    .selectFrom('tasks')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(matching(filters, actor) as never)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Finishes a task of the actor's office on the version seen; gives the new version. */
export const finishTaskRecord = async (
  tx: Tx,
  clock: Clock,
  actor: Actor,
  id: string,
  version: number,
  outcome: string,
): Promise<number> => {
  const task = await tx.selectFrom('tasks').selectAll().where('id', '=', id).executeTakeFirst()
  if (!task) throw new Refusal('access.not-found')
  if (task.holder_id !== actor.organisation.id) throw new Refusal('monitoring.not-holder')
  const result = await tx
    .updateTable('tasks')
    .set({ status: 'done', outcome, done_at: clock.now(), done_by: actor.accountId, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('status', '=', 'open')
    .executeTakeFirst()
  if (result.numUpdatedRows !== 1n) throw new Refusal('access.changed-meanwhile')
  await recordEvent(tx, clock, {
    kind: 'monitoring.task-finished',
    regionCode: task.region_code,
    householdId: task.household_id ?? undefined,
    leadId: task.lead_id ?? undefined,
    subjectId: task.id,
    actorId: actor.accountId,
    data: { kind: task.kind },
  })
  return version + 1
}

/** Open tasks whose due date waits for the calendar, with the grade and the day of the disposal that opened them. */
export const listAwaitingTasks = (tx: Tx) =>
  tx
    .selectFrom('tasks')
    .innerJoin('alerts', 'alerts.id', 'tasks.alert_id')
    .select(['tasks.id', 'alerts.grade', 'alerts.disposed_on', 'alerts.raised_on'])
    .where('tasks.status', '=', 'open')
    .where('tasks.due_on', 'is', null)
    .execute()

/** Gives a task that waited its due date. */
export const setTaskDue = async (tx: Tx, id: string, dueOn: BusinessDate): Promise<void> => {
  await tx
    .updateTable('tasks')
    .set((eb) => ({ due_on: dueOn, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('due_on', 'is', null)
    .execute()
}

/** Open alerts and tasks that an office holds. */
export const countHeld = async (
  tx: Tx,
  officeId: string,
): Promise<{ readonly alerts: number; readonly tasks: number }> => {
  const count = (table: 'alerts' | 'tasks', statuses: readonly string[]) =>
    tx
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('holder_id', '=', officeId)
      .where('status', 'in', [...statuses])
      .executeTakeFirstOrThrow()
  const alerts = await count('alerts', openStatuses)
  const tasks = await count('tasks', ['open'])
  return { alerts: Number(alerts.count), tasks: Number(tasks.count) }
}
