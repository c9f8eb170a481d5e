import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { addSeconds, type Instant, systemClock } from '#base'
import { ApiProblem, type Session } from '#ui'
import { apiFetch } from '#ui/web'

/** Nobody signed in, or somebody; a demonstration says so in both cases. */
export interface SessionState {
  readonly session?: Session
  /** When the session ends at the latest, by the clock of this browser. */
  readonly endsAt?: Instant
  readonly demo: boolean
}

const sessionKey = ['access', 'session'] as const

const signedInAs = (session: Session): SessionState => {
  const endsAt = addSeconds(systemClock().now(), session.limits.endsInSeconds)
  return { session, endsAt, demo: session.demo }
}

const readSession = async (signal: AbortSignal): Promise<SessionState> => {
  try {
    const { value } = await apiFetch<Session>('/api/v1/access/session', { signal })
    return signedInAs(value)
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.status === 401) {
      return { demo: error.problem.demo ?? false }
    }
    throw error
  }
}

/** Who is signed in. Read once; afterwards signing in and out tell. */
export const useSessionState = () =>
  useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => readSession(signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })

export interface Credentials {
  readonly login: string
  readonly password: string
}

/** Signs in, or throws the ApiProblem that says why not. */
export const signIn = async (credentials: Credentials): Promise<Session> =>
  (
    await apiFetch<Session>('/api/v1/access/login', {
      method: 'POST',
      body: credentials,
      checksPassword: true,
    })
  ).value

/** Any request puts the end of the session off; this one is the cheapest. */
export const renewSession = (): Promise<unknown> => apiFetch('/api/v1/access/session')

/** What to do once somebody is signed in or out: all that was read for the one before is forgotten. */
export const useSessionChange = () => {
  const client = useQueryClient()
  const begin = useCallback(
    (session: Session) => client.setQueryData<SessionState>(sessionKey, signedInAs(session)),
    [client],
  )
  // Of the person's own doing, such as a changed password: the session is the same one and as old as it was.
  const amend = useCallback(
    (session: Session) =>
      client.setQueryData<SessionState>(sessionKey, (before) => before && { ...before, session }),
    [client],
  )
  const end = useCallback(() => {
    const demo = client.getQueryData<SessionState>(sessionKey)?.demo ?? false
    client.clear()
    client.setQueryData<SessionState>(sessionKey, { demo })
  }, [client])
  const readAgain = useCallback(
    () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey !== sessionKey }),
    [client],
  )
  return { begin, amend, end, readAgain }
}

/** The login page, which leads back to where the reader was. */
export const loginPathFor = (pathname: string, search: string): string => {
  const to = `${pathname}${search}`
  return to === '/' ? '/login' : `/login?to=${encodeURIComponent(to)}`
}

/** An address inside the console from what a link asked for; anything else leads home. */
export const safeTarget = (wanted: string | null): string =>
  wanted && /^\/(?![/\\])/.test(wanted) && !wanted.startsWith('/login') ? wanted : '/'
