import type { Permission, Role } from '../roles.ts'

export type OrganisationKind = 'civil-affairs' | 'township' | 'village' | 'department' | 'platform'

/** Who is acting: an account with its office, its permissions and the regions it may see. */
export interface Actor {
  readonly accountId: string
  readonly displayName: string
  readonly role: Role
  readonly organisation: {
    readonly id: string
    readonly name: string
    readonly kind: OrganisationKind
    /** Department code where the office is another department, else null. */
    readonly department: string | null
    readonly regionCode: string
  }
  readonly permissions: ReadonlySet<Permission>
  readonly scope: { readonly from: string; readonly until: string; readonly extra: readonly string[] }
}
