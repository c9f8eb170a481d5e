import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { QueryOf, ReplyOf } from '#access'
import { callRoute, dateFrom } from '#access/web'
import type { BusinessDate } from '#base'
import { type KeysetList, useWrite } from '#ui/web'
import { takeAlert } from '../dispose/contract.ts'
import { readTodo } from '../home/contract.ts'
import { listTasks } from '../tasks/contract.ts'
import { type AlertRow, countAlerts, listAlerts, readAlert } from './contract.ts'

/** The filters of the desk as the routes take them; what is absent has the contract's default. */
export type AlertQuery = Partial<QueryOf<typeof countAlerts>>
export type AlertDetail = ReplyOf<typeof readAlert>
export type AlertCounts = ReplyOf<typeof countAlerts>
type AlertPage = ReplyOf<typeof listAlerts>

/** Everything that a step on an alert may change: handed to `useWrite` as what to read again. */
export const alertKeys = [
  [listAlerts.path],
  [countAlerts.path],
  [readAlert.path],
  [listTasks.path],
  [readTodo.path],
] as const

const pageSize = 50

interface AlertList extends KeysetList<AlertRow> {
  readonly stale: AlertPage['stale']
}

/** The desk, page by page, due soonest first. */
export const useAlertList = (query: AlertQuery, limit = pageSize): AlertList => {
  const result = useInfiniteQuery({
    queryKey: [listAlerts.path, query, limit],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      callRoute(listAlerts, { query: { ...query, limit, after: pageParam }, signal }),
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const rows = useMemo(() => result.data?.pages.flatMap((page) => page.rows), [result.data])
  return {
    rows,
    stale: result.data?.pages[0]?.stale ?? [],
    error: result.error ?? undefined,
    onRetry: () => void result.refetch(),
    more: {
      hasMore: result.hasNextPage,
      isLoading: result.isFetchingNextPage,
      onMore: () => void result.fetchNextPage(),
    },
  }
}

/** The request for counts, for pages that ask several at once. */
export const countOptions = (query: AlertQuery) => ({
  queryKey: [countAlerts.path, query],
  queryFn: ({ signal }: { signal: AbortSignal }) => callRoute(countAlerts, { query, signal }),
})

/** How many alerts: in total, by grade, by indicator and by the places one level down. */
export const useAlertCounts = (query: AlertQuery, enabled = true) =>
  useQuery({ ...countOptions(query), enabled })

/** One alert with its reasons and history; reading it is written to the audit trail, so it is asked only when opened. */
export const useAlert = (id: string) =>
  useQuery({
    queryKey: [readAlert.path, id],
    queryFn: ({ signal }) => callRoute(readAlert, { params: { id }, signal }),
  })

/** Reads an alert and everything around it again, after somebody else changed it. */
export const useReloadAlerts = () => {
  const client = useQueryClient()
  return () => Promise.all(alertKeys.map((queryKey) => client.invalidateQueries({ queryKey: [...queryKey] })))
}

/** Takes an alert for verification, on the version that was seen. */
export const useTakeAlert = (onDone?: () => void) =>
  useWrite({
    write: ({ id, version }: { readonly id: string; readonly version: number }, { idempotencyKey }) =>
      callRoute(takeAlert, { params: { id }, version, body: {}, idempotencyKey }),
    invalidates: alertKeys,
    onDone,
  })

/** What a DueLight needs of an alert or a task. */
export const dueOf = (row: {
  readonly dueOn: string | null
  readonly workdaysLeft: number | null
}): { readonly dueOn: BusinessDate | undefined; readonly workdaysLeft: number | 'awaiting' } => ({
  dueOn: dateFrom(row.dueOn) ?? undefined,
  workdaysLeft: row.workdaysLeft ?? 'awaiting',
})

/** Whether somebody still has to do something about it. */
export const isOpen = ({ status }: Pick<AlertRow, 'status'>): boolean =>
  status !== 'disposed' && status !== 'withdrawn'

/** The address of an alert's page, with the filters it was found by, so that "next" and 返回 keep them. */
export const alertHref = (id: string, search = ''): string => `/alerts/${id}${search}`
