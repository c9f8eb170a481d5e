import { createContext, type ReactNode, useContext } from 'react'
import { isPermitted, type Session } from './session.ts'

const SessionContext = createContext<Session | undefined>(undefined)

/** The shell puts the session above all pages of people who are signed in. */
export const SessionProvider = (props: { readonly session: Session; readonly children: ReactNode }) => (
  <SessionContext value={props.session}>{props.children}</SessionContext>
)

/** Who is signed in; only below the shell's signed-in part. */
export const useSession = (): Session => {
  const session = useContext(SessionContext)
  if (!session) throw new Error('nobody is signed in here')
  return session
}

/** Whether the reader may do something: hide what is not permitted, the server refuses it anyway. */
export const usePermission = (needed: string | readonly string[]): boolean =>
  isPermitted(useSession().account.permissions, needed)
