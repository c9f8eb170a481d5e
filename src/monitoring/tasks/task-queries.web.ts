import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ReplyOf } from '#access'
import { callRoute, dateFrom } from '#access/web'
import { type BusinessDate, type WorkCalendar, workdaysBetween } from '#base'
import { readCalendar } from '#rulebook'
import { isPermitted } from '#ui'
import { useSession, useTexts, useWrite } from '#ui/web'
import { alertKeys } from '../alerts/alert-queries.web.ts'
import { finishTask, listTasks } from './contract.ts'
import { isTaskKind, taskTexts } from './texts.ts'

export type Task = ReplyOf<typeof listTasks>['rows'][number]

interface TaskQuery {
  readonly status: 'open' | 'done'
  readonly holder: 'mine' | 'any'
}

/** Tasks, due soonest first. */
export const useTasks = (query: TaskQuery, enabled = true) =>
  useQuery({
    queryKey: [listTasks.path, query],
    enabled,
    queryFn: async ({ signal }) => (await callRoute(listTasks, { query: { ...query }, signal })).rows,
  })

/** Finishes a task on the version that was seen. */
export const useFinishTask = (onDone: () => void) =>
  useWrite({
    write: (
      { id, version, outcome }: { readonly id: string; readonly version: number; readonly outcome: string },
      { idempotencyKey },
    ) => callRoute(finishTask, { params: { id }, version, body: { outcome }, idempotencyKey }),
    invalidates: alertKeys,
    onDone,
  })

/** Counts working days to a due date by the published calendar; where it ends the date is "awaiting". */
export const useDueCounter = () => {
  const { account, businessDate } = useSession()
  const { data } = useQuery({
    queryKey: [readCalendar.path],
    enabled: isPermitted(account.permissions, 'calendar.read'),
    staleTime: 600_000,
    queryFn: ({ signal }) => callRoute(readCalendar, { signal }),
  })
  return useMemo(() => {
    const calendar: WorkCalendar = {
      years: (data?.years ?? []).map(({ year, holidays, workdays }) => ({
        year,
        holidays: holidays as BusinessDate[],
        workdays: workdays as BusinessDate[],
      })),
    }
    return (due: string | null): { dueOn: BusinessDate | undefined; workdaysLeft: number | 'awaiting' } => {
      const dueOn = dateFrom(due) ?? undefined
      const left = dueOn && workdaysBetween(businessDate, dueOn, calendar)
      return { dueOn, workdaysLeft: typeof left === 'number' ? left : 'awaiting' }
    }
  }, [data, businessDate])
}

/** The word for a kind of task. */
export const useKindText = () => {
  const { t } = useTexts(taskTexts)
  return (kind: string) => (isTaskKind(kind) ? t(`kind.${kind}`) : t('other'))
}
