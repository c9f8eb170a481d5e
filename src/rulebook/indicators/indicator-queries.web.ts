import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { callRoute } from '#access/web'
import { useLanguage } from '#ui/web'
import type { VersionChange } from './change.ts'
import { checkVersion, listIndicators, readBasis, readIndicator, readIndicatorProposal } from './contract.ts'

/** The indicators on a day in a region. */
export const useIndicators = (query: { readonly on?: string; readonly region?: string }) =>
  useQuery({
    queryKey: [listIndicators.path, query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => callRoute(listIndicators, { query, signal }),
  })

/** One indicator with its versions, in plain words of the reader's language. */
export const useIndicator = (id: string) => {
  const { language } = useLanguage()
  return useQuery({
    queryKey: [readIndicator.path, id, language],
    queryFn: ({ signal }) => callRoute(readIndicator, { params: { id }, signal }),
  })
}

/** What the editor starts from. */
export const useBasis = (id: string, version: string | undefined) =>
  useQuery({
    queryKey: [readBasis.path, id, version],
    // A form that is being filled in must not change under the hands.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) =>
      callRoute(readBasis, { params: { id }, query: version ? { version } : {}, signal }),
  })

/** One proposed version. */
export const useIndicatorProposal = (id: string) => {
  const { language } = useLanguage()
  return useQuery({
    queryKey: [readIndicatorProposal.path, id, language],
    queryFn: ({ signal }) => callRoute(readIndicatorProposal, { params: { id }, signal }),
  })
}

const pauseMs = 700

/** What somebody typed, once they pause. */
const usePaused = <T>(value: T): T => {
  const [paused, setPaused] = useState(value)
  useEffect(() => {
    const timer = window.setTimeout(() => setPaused(value), pauseMs)
    return () => window.clearTimeout(timer)
  }, [value])
  return paused
}

/** The check of a version while it is written; `isCurrent` while it speaks of what stands in the form. */
export const useCheck = (change: VersionChange) => {
  const { language } = useLanguage()
  const paused = usePaused(change)
  const query = useQuery({
    queryKey: [checkVersion.path, paused, language],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => callRoute(checkVersion, { body: paused, onlyReads: true, signal }),
  })
  const isCurrent = paused === change && !query.isPlaceholderData && query.data !== undefined
  return { ...query, isCurrent }
}
