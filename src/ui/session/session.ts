import type { BusinessDate, RegionCode } from '#base'

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
    readonly organisation: {
      readonly name: string
      readonly kind: string
      readonly department?: string | null
    }
    /** `path` goes from the top to the account's own place and includes it. */
    readonly region: Place & { readonly path: readonly Place[] }
    readonly permissions: readonly string[]
    readonly mustChangePassword: boolean
  }
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
