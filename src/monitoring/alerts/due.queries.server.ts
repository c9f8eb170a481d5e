import type { BusinessDate, Clock } from '#base'
import { findCalendar } from '#rulebook/server'
import type { Tx } from '#store/server'
import { type DueWorkdays, dueAfter, type Grade } from '../routing.ts'
import { openStatuses } from '../states.ts'
import { takeStep } from './steps.queries.server.ts'

const selectAwaiting = (tx: Tx) =>
  tx
    .selectFrom('alerts')
    .selectAll()
    .where('awaiting_calendar', '=', true)
    .where('status', 'in', [...openStatuses])

/** Years whose calendar open alerts wait for: the year after the last one entered. */
export const listAwaitedYears = async (tx: Tx): Promise<number[]> => {
  const waiting = await selectAwaiting(tx).limit(1).execute()
  const { years } = await findCalendar(tx)
  return waiting.length ? [Math.max(...years.map(({ year }) => year)) + 1] : []
}

/** Computes the due dates that waited for a calendar, counted from the day each alert was handed on. */
export const computeAwaitedDues = async (tx: Tx, clock: Clock, days: DueWorkdays): Promise<number> => {
  const calendar = await findCalendar(tx)
  let computed = 0
  for (const alert of await selectAwaiting(tx).execute()) {
    const handedOn = await tx
      .selectFrom('alert_steps')
      .select('business_date')
      .where('alert_id', '=', alert.id)
      .where('to_id', 'is not', null)
      .orderBy('at', 'desc')
      .limit(1)
      .executeTakeFirst()
    const due = dueAfter(
      (handedOn?.business_date ?? alert.raised_on) as BusinessDate,
      alert.grade as Grade,
      days,
      calendar,
    )
    if (due.awaitingCalendar) continue
    await takeStep(tx, clock, alert, {
      step: 'due-computed',
      change: { dueOn: due.date, awaitingCalendar: false },
    })
    computed += 1
  }
  return computed
}
