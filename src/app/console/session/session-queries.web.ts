import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { ApiProblem, type Session } from '#ui'
import { apiFetch } from '#ui/web'

/** Nobody signed in, or somebody; a demonstration says so in both cases. */
export interface SessionState {
  readonly session?: Session
  readonly demo: boolean
}

const sessionKey = ['access', 'session'] as const

const readSession = async (signal: AbortSignal): Promise<SessionState> => {
  try {
    const { value } = await apiFetch<Session>('/api/v1/access/session', { signal })
    return { session: value, demo: value.demo }
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

/** What to do once somebody is signed in or out: all that was read for the one before is forgotten. */
export const useSessionChange = () => {
  const client = useQueryClient()
  const begin = useCallback(
    (session: Session) => client.setQueryData<SessionState>(sessionKey, { session, demo: session.demo }),
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
  return { begin, end, readAgain }
}

/** An address inside the console from what a link asked for; anything else leads home. */
export const safeTarget = (wanted: string | null): string =>
  wanted && /^\/(?![/\\])/.test(wanted) && !wanted.startsWith('/login') ? wanted : '/'
