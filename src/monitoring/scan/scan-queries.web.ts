import { useQuery } from '@tanstack/react-query'
import { callRoute } from '#access/web'
import { parseInstant, secondsBetween } from '#base'
import type { Tone } from '#ui'
import { listScans, readScan, type ScanRow } from './contract.ts'

export type ScanStatus = ScanRow['status']

/** Everything that starting a scan changes. */
export const scanKeys = [[listScans.path], [readScan.path]] as const

export const toneOfScan: { readonly [S in ScanStatus]: Tone } = {
  queued: 'primary',
  running: 'primary',
  done: 'good',
  failed: 'red',
  cancelled: 'neutral',
}

const askAgainMs = 2000
const shownAtMost = 50

export const isUnderWay = (status: ScanStatus): boolean => status === 'queued' || status === 'running'

/** The runs, newest first; asks again by itself while one is under way. */
export const useScans = () =>
  useQuery({
    queryKey: [listScans.path],
    queryFn: ({ signal }) => callRoute(listScans, { query: { limit: shownAtMost }, signal }),
    refetchInterval: ({ state }) =>
      state.data?.rows.some(({ status }) => isUnderWay(status)) ? askAgainMs : false,
  })

/** One run; asks again by itself until it has ended. */
export const useScan = (id: string) =>
  useQuery({
    queryKey: [readScan.path, id],
    queryFn: ({ signal }) => callRoute(readScan, { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data.status) ? askAgainMs : false),
  })

/** Whole seconds a run took; undefined while it goes on or when it never began. */
export const durationOf = ({ startedAt, finishedAt }: ScanRow): number | undefined => {
  const from = startedAt === null ? undefined : parseInstant(startedAt)
  const until = finishedAt === null ? undefined : parseInstant(finishedAt)
  return from && until ? Math.round(secondsBetween(from, until)) : undefined
}
