import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { contains, parentOf, parseRegionCode, type RegionCode } from '#base'
import type { Place } from '#ui'
import { useSession } from '#ui/web'
import { type AlertCounts, countOptions, useAlertCounts } from './alert-queries.web.ts'

export type PlaceCounts = AlertCounts['byRegion'][number]

const stepsTo = (own: RegionCode, chosen: RegionCode | undefined): RegionCode[] => {
  const steps: RegionCode[] = []
  if (!chosen || !contains(own, chosen)) return steps
  for (let code: RegionCode | undefined = chosen; code && code !== own; code = parentOf(code)) {
    steps.unshift(code)
  }
  return steps
}

/**
 * The way from the reader's own place down to the chosen one, with names, and the places one level below it. Names
 * of lower places come with the counts of the place above, so the way down asks once for each level.
 */
export const usePlaces = (
  chosen: RegionCode | undefined,
): { readonly trail: readonly Place[]; readonly below: readonly PlaceCounts[] } => {
  const { region } = useSession().account
  const steps = useMemo(() => stepsTo(region.code, chosen), [region.code, chosen])
  const above = [region.code, ...steps.slice(0, -1)]
  const levels = useQueries({
    queries: steps.length === 0 ? [] : above.map((code) => countOptions({ region: code })),
    combine: (results) => results.flatMap((result) => result.data?.byRegion ?? []),
  })
  const below = useAlertCounts({ region: steps.at(-1) ?? region.code }).data?.byRegion
  return useMemo(() => {
    const nameOf = (code: RegionCode) => levels.find((place) => place.code === code)?.name ?? code
    const trail = [
      { code: region.code, name: region.name },
      ...steps.map((code) => ({ code, name: nameOf(code) })),
    ]
    return { trail, below: below ?? [] }
  }, [levels, region, steps, below])
}

/** A region code from an address, only when it lies in the reader's place. */
export const placeIn = (own: RegionCode, text: string | null): RegionCode | undefined => {
  const code = parseRegionCode(text ?? '')
  return code && code !== own && contains(own, code) ? code : undefined
}
