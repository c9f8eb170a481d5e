import { useQuery } from '@tanstack/react-query'
import { ApiProblem } from '#ui'
import { apiFetch } from '#ui/web'
import type { HomeReply } from './contract.ts'

/** What waits in a place; null where the server has no such figures yet. The navigation reads it without a place. */
export const useHome = (place?: string) =>
  useQuery({
    queryKey: ['/api/v1/insight/home', { place }],
    staleTime: 60_000,
    queryFn: async ({ signal }): Promise<HomeReply | null> => {
      try {
        return (await apiFetch<HomeReply>('/api/v1/insight/home', { query: { place }, signal })).value
      } catch (error) {
        if (error instanceof ApiProblem && error.problem.status === 404) return null
        throw error
      }
    },
  })
