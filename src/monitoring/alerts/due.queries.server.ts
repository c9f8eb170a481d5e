import { sql } from 'kysely'
import type { BusinessDate, Clock } from '#base'
import { findCalendar } from '#rulebook/server'
import type { Tx } from '#store/server'
import { type DueDays, dueAfter, type Grade } from '../routing.ts'
import { openStatuses } from '../states.ts'
import { listAwaitingTasks, setTaskDue } from '../tasks/tasks.queries.server.ts'
import { takeStep } from './steps.queries.server.ts'

const selectAwaiting = (tx: Tx) =>
  tx
    .selectFrom('alerts')
    .selectAll()
    .where('awaiting_calendar', '=', true)
    .where('status', 'in', [...openStatuses])
    .orderBy('number')

/** The day an alert came to the office that holds it. */
const findHandedOn = async (tx: Tx, alertId: string): Promise<string | undefined> => {
  const step = await tx
    .selectFrom('alert_steps')
    .select('business_date')
    .where('alert_id', '=', alertId)
    .where('to_id', 'is not', null)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return step?.business_date
}

/** Years whose calendar open alerts and tasks wait for: the first one not entered after the day they were given. */
export const listAwaitedYears = async (tx: Tx): Promise<number[]> => {
  const entered = new Set((await findCalendar(tx)).years.map(({ year }) => year))
  const alerts = await tx
    .selectFrom('alerts')
    .innerJoin('alert_steps', 'alert_steps.alert_id', 'alerts.id')
    .select(
      sql<string>`coalesce(max(alert_steps.business_date) filter (where alert_steps.to_id is not null), alerts.raised_on)`.as(
        'day',
      ),
    )
    .where('awaiting_calendar', '=', true)
    .where('status', 'in', [...openStatuses])
    .groupBy('alerts.id')
    .execute()
  const tasks = await listAwaitingTasks(tx)
  const days = [...alerts.map(({ day }) => day), ...tasks.map((task) => task.disposed_on ?? task.raised_on)]
  const firstMissing = (from: number): number => (entered.has(from) ? firstMissing(from + 1) : from)
  return [...new Set(days.map((day) => firstMissing(Number(day.slice(0, 4)))))].toSorted((a, b) => a - b)
}

/** Computes the due dates that waited for a calendar, counted from the day each alert or task was handed on. */
export const computeAwaitedDues = async (tx: Tx, clock: Clock, days: DueDays): Promise<number> => {
  const calendar = await findCalendar(tx)
  const dueOf = (day: string, grade: string) => dueAfter(day as BusinessDate, grade as Grade, days, calendar)
  let computed = 0
  for (const alert of await selectAwaiting(tx).forUpdate().execute()) {
    const due = dueOf((await findHandedOn(tx, alert.id)) ?? alert.raised_on, alert.grade)
    if (due.awaitingCalendar) continue
    await takeStep(tx, clock, alert, {
      step: 'due-computed',
      change: { dueOn: due.date, awaitingCalendar: false },
    })
    computed += 1
  }
  for (const task of await listAwaitingTasks(tx)) {
    const due = dueOf(task.disposed_on ?? task.raised_on, task.grade)
    if (!due.awaitingCalendar) await setTaskDue(tx, task.id, due.date)
  }
  return computed
}
