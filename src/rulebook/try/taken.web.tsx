import { useEffect, useRef } from 'react'
import { type BusinessDate, parseDate } from '#base'
import { ErrorState } from '#ui/web'
import type { TrialSubject } from './subject.ts'
import { useSavedTrial, useTaking } from './try-queries.web.ts'

/** Facts that came from somewhere: the registry, or a saved trial. */
export interface Taken {
  readonly household: TrialSubject
  readonly region: { readonly code: string; readonly name: string }
  readonly on?: BusinessDate
  readonly unsaid?: 'unknown' | 'usual'
  readonly householdId?: string | undefined
}

type OnTaken = (taken: Taken) => void

/** Fills the form once with the facts of a saved trial. */
export const SavedTrialLoader = ({ id, onTaken }: { readonly id: string; readonly onTaken: OnTaken }) => {
  const { data, error, refetch } = useSavedTrial(id)
  const taken = useRef<string>(undefined)
  useEffect(() => {
    if (!data || taken.current === id) return
    taken.current = id
    const { household, place, unsaid, householdId, on } = data
    onTaken({ household, region: place, unsaid, on: parseDate(on), householdId: householdId ?? undefined })
  }, [data, id, onTaken])
  return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null
}

/** Fills the form once with what the registry knows of a household. */
export const TakenLoader = (props: {
  readonly id: string
  readonly on: BusinessDate
  readonly onTaken: OnTaken
}) => {
  const { id, on, onTaken } = props
  const taken = useRef<string>(undefined)
  const { mutate, error } = useTaking(({ household, place }) =>
    onTaken({ household, region: place, householdId: id }),
  )
  useEffect(() => {
    if (taken.current === id) return
    taken.current = id
    mutate({ id, on })
  }, [id, on, mutate])
  return error ? <ErrorState error={error} onRetry={() => mutate({ id, on })} /> : null
}
