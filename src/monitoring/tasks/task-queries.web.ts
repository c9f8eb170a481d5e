import { useQuery } from '@tanstack/react-query'
import type { ReplyOf } from '#access'
import { callRoute } from '#access/web'
import { type KeysetList, useKeysetList, useTexts, useWrite } from '#ui/web'
import { alertKeys } from '../alerts/alert-queries.web.ts'
import { finishTask, listTasks } from './contract.ts'
import { isTaskKind, taskTexts } from './texts.ts'

export type Task = ReplyOf<typeof listTasks>['rows'][number]

interface TaskQuery {
  readonly status: 'open' | 'done'
  readonly holder: 'mine' | 'any'
}

const pageSize = 50

/** Tasks page by page: open ones due soonest first, done ones newest first. */
export const useTaskList = (query: TaskQuery, enabled = true, limit = pageSize): KeysetList<Task> =>
  useKeysetList<Task>({
    enabled,
    queryKey: [listTasks.path, query, limit],
    read: async (after, signal) => {
      const page = await callRoute(listTasks, { query: { ...query, limit, after }, signal })
      return { items: page.rows, next: page.next, total: page.total }
    },
  })

/** One task, wherever it stands in which list; null where there is none in the reader's area. */
export const useTask = (id: string | undefined) =>
  useQuery({
    queryKey: [listTasks.path, 'one', id],
    enabled: id !== undefined,
    queryFn: async ({ signal }) => (await callRoute(listTasks, { query: { id }, signal })).rows[0] ?? null,
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

/** The word for a kind of task. */
export const useKindText = () => {
  const { t } = useTexts(taskTexts)
  return (kind: string) => (isTaskKind(kind) ? t(`kind.${kind}`) : t('other'))
}
