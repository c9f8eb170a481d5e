import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { QueryOf, ReplyOf } from '#access'
import { callRoute } from '#access/web'
import type { Tone } from '#ui'
import type { KeysetList } from '#ui/web'
import { type FeedRow, listFeeds, listRejects, readFeedFile } from './contract.ts'

export type FeedDetail = ReplyOf<typeof readFeedFile>
type FeedPage = ReplyOf<typeof listFeeds>
export type KindAge = FeedPage['kinds'][number]
export type RejectRow = ReplyOf<typeof listRejects>['rows'][number]
export type FeedStatus = FeedRow['status']

/** Everything a step on a file may change. */
export const feedKeys = [[listFeeds.path], [readFeedFile.path]] as const

/** The lights of the states. */
export const toneOfStatus: { readonly [S in FeedStatus]: Tone } = {
  received: 'primary',
  reading: 'primary',
  quarantined: 'orange',
  accepted: 'good',
  refused: 'red',
  'taken-back': 'neutral',
}

export const feedStatuses = Object.keys(toneOfStatus) as readonly FeedStatus[]

/** Whether the machine is still at work on it, so that the page asks again. */
export const isUnderWay = (status: FeedStatus | undefined): boolean =>
  status === 'received' || status === 'reading'

const askAgainMs = 1500

interface FeedList extends KeysetList<FeedRow> {
  readonly kinds: readonly KindAge[] | undefined
}

/** The files, newest first, page by page, with the age of every kind; asks again while one is being read. */
export const useFeedList = (query: Partial<QueryOf<typeof listFeeds>>): FeedList => {
  const result = useInfiniteQuery({
    queryKey: [listFeeds.path, query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      callRoute(listFeeds, { query: { ...query, after: pageParam }, signal }),
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ rows }) => rows.some(({ status }) => isUnderWay(status)))
        ? askAgainMs * 2
        : false,
  })
  const rows = useMemo(() => result.data?.pages.flatMap((page) => page.rows), [result.data])
  return {
    rows,
    kinds: result.data?.pages[0]?.kinds,
    error: result.error ?? undefined,
    onRetry: () => void result.refetch(),
    more: {
      hasMore: result.hasNextPage,
      isLoading: result.isFetchingNextPage,
      onMore: () => void result.fetchNextPage(),
    },
  }
}

/** One file; asks again by itself until it has been read. */
export const useFeed = (id: string) =>
  useQuery({
    queryKey: [readFeedFile.path, id],
    queryFn: ({ signal }) => callRoute(readFeedFile, { params: { id }, signal }),
    refetchInterval: ({ state }) => (isUnderWay(state.data?.status) ? askAgainMs : false),
  })

/** The rejected rows of a file in its order. */
export const useRejects = (id: string): KeysetList<RejectRow> => {
  const result = useInfiniteQuery({
    queryKey: [listRejects.path, id],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      callRoute(listRejects, { params: { id }, query: { after: pageParam }, signal }),
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const rows = useMemo(() => result.data?.pages.flatMap((page) => page.rows), [result.data])
  return {
    rows,
    error: result.error ?? undefined,
    onRetry: () => void result.refetch(),
    more: {
      hasMore: result.hasNextPage,
      isLoading: result.isFetchingNextPage,
      onMore: () => void result.fetchNextPage(),
    },
  }
}
