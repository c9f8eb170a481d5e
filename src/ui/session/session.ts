import type { BusinessDate, RegionCode, RegionLevel } from '#base'

/** A place on the way from the province down to where the reader works. */
export interface Place {
  readonly code: RegionCode
  readonly name: string
}

/** Who is signed in, as what, for which place. The server's reply to `GET /api/v1/access/session`. */
export interface Session {
  readonly account: {
    readonly id: string
    readonly login: string
    readonly displayName: string
    /** Code of the role, such as `county-officer`. */
    readonly role: string
    /** The office: `level` is that of its place, `department` the code where it is another department, else null. */
    readonly organisation: {
      readonly id: string
      readonly name: string
      readonly kind: string
      readonly level: RegionLevel
      readonly department: string | null
    }
    /** `path` goes from the top to the account's own place and includes it. */
    readonly region: Place & { readonly path: readonly Place[] }
    readonly permissions: readonly string[]
    readonly mustChangePassword: boolean
  }
  /** After how long without a request the server forgets the session, and how long it can last from this reply on. */
  readonly limits: { readonly idleSeconds: number; readonly endsInSeconds: number }
  /** True when the installation holds only invented people. */
  readonly demo: boolean
  /** "Today" for all that is shown and counted. */
  readonly businessDate: BusinessDate
}

/** Whether an account may do something; with several names any of them is enough, with none everybody may. */
export const isPermitted = (
  permissions: readonly string[],
  needed: string | readonly string[] | undefined,
): boolean => {
  if (needed === undefined) return true
  const any = typeof needed === 'string' ? [needed] : needed
  return any.some((one) => permissions.includes(one))
}
