import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { Navigate, useLocation } from 'react-router'
import type { Instant } from '#base'
import type { Session } from '#ui'
import { ErrorState, LoadingSkeleton, SessionProvider, SessionWatch, signedOutEvent } from '#ui/web'
import { ExpiredDialog } from './expired-dialog.web.tsx'
import { loginPathFor, renewSession, useSessionState } from './session-queries.web.ts'
import { useSignOut } from './sign-out.web.ts'

/** Lets through who is signed in; others go to the login page and come back afterwards. */
export const SessionGate = ({ children }: { readonly children: ReactNode }) => {
  const { data, error, refetch } = useSessionState()
  const { pathname, search } = useLocation()
  if (error) {
    return (
      <main className="console-alone">
        <ErrorState error={error} onRetry={() => void refetch()} />
      </main>
    )
  }
  if (!data) {
    return (
      <main className="console-alone">
        <LoadingSkeleton lines={6} />
      </main>
    )
  }
  if (!data.session) {
    return <Navigate replace to={loginPathFor(pathname, search)} />
  }
  if (data.session.account.mustChangePassword && pathname !== '/password') {
    return <Navigate replace to="/password" />
  }
  return (
    <SignedIn session={data.session} endsAt={data.endsAt}>
      {children}
    </SignedIn>
  )
}

interface SignedInProps {
  readonly session: Session
  readonly endsAt: Instant | undefined
  readonly children: ReactNode
}

// When the server has forgotten the session, the page stays as it is under a dialog, so that no typing is lost.
const SignedIn = ({ session, endsAt, children }: SignedInProps) => {
  const [isExpired, setIsExpired] = useState(false)
  const signOut = useSignOut()
  const expire = useCallback(() => setIsExpired(true), [])
  useEffect(() => {
    window.addEventListener(signedOutEvent, expire)
    return () => window.removeEventListener(signedOutEvent, expire)
  }, [expire])
  return (
    <SessionProvider session={session}>
      {children}
      {endsAt && !isExpired && (
        <SessionWatch
          idleSeconds={session.limits.idleSeconds}
          endsAt={endsAt}
          onRenew={renewSession}
          onSignInAgain={expire}
          onSignOut={() => void signOut()}
          onOver={expire}
        />
      )}
      {isExpired && <ExpiredDialog session={session} onDone={() => setIsExpired(false)} />}
    </SessionProvider>
  )
}
