import { sql } from 'kysely'
import { newId } from '#base'
import type { Database, Tx } from '#store/server'

/** The server's version number, e.g. 150018. */
export const serverVersion = async (database: Database): Promise<number> => {
  const { rows } = await sql<{
    version: string
  }>`select current_setting('server_version_num') as version`.execute(database.kysely)
  return Number(rows[0]?.version ?? 0)
}

/** Marks the first start as finished. */
export const insertInstallation = async (
  tx: Tx,
  installation: { readonly demo: boolean; readonly businessDate: string | null; readonly regionCode: string },
): Promise<void> => {
  await tx
    .insertInto('installation')
    .values({
      id: newId(),
      demo: installation.demo,
      business_date: installation.businessDate,
      region_code: installation.regionCode,
    })
    .execute()
}

/** Moves the business date of a demo. */
export const saveBusinessDate = async (tx: Tx, date: string): Promise<void> => {
  await tx.updateTable('installation').set({ business_date: date }).execute()
}

export interface NewAccount {
  readonly login: string
  readonly displayName: string
  readonly role: string
  readonly organisationId: string
  readonly passwordHash: string
  readonly mustChangePassword: boolean
}

/** Makes accounts; a login that exists is left alone. */
export const insertAccounts = async (tx: Tx, accounts: readonly NewAccount[]): Promise<void> => {
  await tx
    .insertInto('accounts')
    .values(
      accounts.map((account) => ({
        id: newId(),
        login: account.login,
        display_name: account.displayName,
        role: account.role,
        organisation_id: account.organisationId,
        password_hash: account.passwordHash,
        must_change_password: account.mustChangePassword,
      })),
    )
    .onConflict((conflict) => conflict.column('login').doNothing())
    .execute()
}

export interface NewOrganisation {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly department: string | null
  readonly regionCode: string
}

/** Makes offices, in parts small enough for one statement each. */
export const insertOrganisations = async (
  tx: Tx,
  organisations: readonly NewOrganisation[],
): Promise<void> => {
  for (let start = 0; start < organisations.length; start += 1000) {
    const part = organisations.slice(start, start + 1000)
    await tx
      .insertInto('organisations')
      .values(part.map(({ regionCode, ...rest }) => ({ ...rest, region_code: regionCode })))
      .execute()
  }
}
