import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ReplyOf } from '#access'
import { callRoute } from '#access/web'
import type { KeysetList } from '#ui/web'
import { type FoundPerson, revealNumber, searchPeople } from './contract.ts'

interface PeopleList extends KeysetList<FoundPerson> {
  readonly by: ReplyOf<typeof searchPeople>['by'] | undefined
}

/** People for a text; nothing is asked while it is empty. The text travels in the body, never in an address. */
export const usePeople = (text: string, anywhere: boolean): PeopleList => {
  const result = useInfiniteQuery({
    queryKey: [searchPeople.path, text, anywhere],
    enabled: text !== '',
    // What was typed may be a number: it is kept just long enough to come back from a file.
    gcTime: 60_000,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      callRoute(searchPeople, {
        body: { text, ...(anywhere ? { anywhere } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const rows = useMemo(() => result.data?.pages.flatMap((page) => page.items), [result.data])
  return {
    rows,
    by: result.data?.pages[0]?.by,
    error: result.error ?? undefined,
    onRetry: () => void result.refetch(),
    more: {
      hasMore: result.hasNextPage,
      isLoading: result.isFetchingNextPage,
      onMore: () => void result.fetchNextPage(),
    },
  }
}

/** The whole number of a member, for a reason that is recorded. */
export const fetchNumber = async (personId: string, reason: string): Promise<string> =>
  (await callRoute(revealNumber, { params: { id: personId }, body: { reason } })).number
