import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { callRoute } from '#access/web'
import { readWaiting } from '../../waiting/contract.ts'

const everyMs = 60_000
const activity = ['pointerdown', 'keydown', 'wheel'] as const

/**
 * What waits behind the entries of the navigation, by page id; an id without a count is absent. Read again after every
 * write, and every minute in which the reader did something: a page left alone must not keep its session alive.
 */
export const useWaitingCounts = (): Readonly<Record<string, number | undefined>> => {
  const client = useQueryClient()
  const { data } = useQuery({
    queryKey: [readWaiting.path],
    staleTime: 0,
    queryFn: ({ signal }) => callRoute(readWaiting, { signal }),
  })
  useEffect(() => {
    const renew = () => void client.invalidateQueries({ queryKey: [readWaiting.path] })
    const stopHearing = client.getMutationCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'success') renew()
    })
    let isActive = false
    const note = () => {
      isActive = true
    }
    const timer = window.setInterval(() => {
      if (isActive) renew()
      isActive = false
    }, everyMs)
    for (const name of activity) window.addEventListener(name, note, { passive: true })
    return () => {
      stopHearing()
      window.clearInterval(timer)
      for (const name of activity) window.removeEventListener(name, note)
    }
  }, [client])
  return data?.counts ?? {}
}
