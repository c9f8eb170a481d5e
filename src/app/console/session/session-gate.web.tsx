import { type ReactNode, useEffect, useState } from 'react'
import { Navigate, useLocation } from 'react-router'
import type { Session } from '#ui'
import { ErrorState, LoadingSkeleton, SessionProvider, signedOutEvent } from '#ui/web'
import { ExpiredDialog } from './expired-dialog.web.tsx'
import { useSessionState } from './session-queries.web.ts'

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
    const to = `${pathname}${search}`
    return <Navigate replace to={to === '/' ? '/login' : `/login?to=${encodeURIComponent(to)}`} />
  }
  if (data.session.account.mustChangePassword && pathname !== '/password') {
    return <Navigate replace to="/password" />
  }
  return <SignedIn session={data.session}>{children}</SignedIn>
}

// When the server has forgotten the session, the page stays as it is under a dialog, so that no typing is lost.
const SignedIn = ({ session, children }: { readonly session: Session; readonly children: ReactNode }) => {
  const [isExpired, setIsExpired] = useState(false)
  useEffect(() => {
    const expire = () => setIsExpired(true)
    window.addEventListener(signedOutEvent, expire)
    return () => window.removeEventListener(signedOutEvent, expire)
  }, [])
  return (
    <SessionProvider session={session}>
      {children}
      {isExpired && <ExpiredDialog session={session} onDone={() => setIsExpired(false)} />}
    </SessionProvider>
  )
}
