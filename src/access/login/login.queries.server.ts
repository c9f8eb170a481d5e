import { sql } from 'kysely'
import type { Tx } from '#store/server'

interface LoginRow {
  readonly id: string
  readonly login: string
  readonly passwordHash: string
  readonly failedLogins: number
  readonly lockedUntil: string | null
  readonly mustChangePassword: boolean
}

/** The account of a login, or of an id; undefined when closed or unknown. */
export const findLogin = async (
  tx: Tx,
  login: string | undefined,
  id?: string,
): Promise<LoginRow | undefined> => {
  const query = tx
    .selectFrom('accounts')
    .select(['id', 'login', 'password_hash', 'failed_logins', 'locked_until', 'must_change_password'])
    .where('disabled_at', 'is', null)
  const row = await (id
    ? query.where('id', '=', id)
    : query.where('login', '=', login ?? '')
  ).executeTakeFirst()
  return (
    row && {
      id: row.id,
      login: row.login,
      passwordHash: row.password_hash,
      failedLogins: row.failed_logins,
      lockedUntil: row.locked_until,
      mustChangePassword: row.must_change_password,
    }
  )
}

/** Notes a log-in, good (0 failed) or not. */
export const recordLoginTry = async (
  tx: Tx,
  id: string,
  failed: number,
  lockedUntil: string | null,
): Promise<void> => {
  await tx
    .updateTable('accounts')
    .set({ failed_logins: failed, locked_until: lockedUntil })
    .where('id', '=', id)
    .execute()
}

/** Stores a new password hash. */
export const savePassword = async (tx: Tx, id: string, passwordHash: string): Promise<void> => {
  await tx
    .updateTable('accounts')
    .set({ password_hash: passwordHash, must_change_password: false })
    .where('id', '=', id)
    .execute()
}

/** The installation's row; undefined before the first start has finished. */
export const findInstallation = async (
  tx: Tx,
): Promise<
  | {
      readonly id: string
      readonly demo: boolean
      readonly businessDate: string | null
      readonly regionCode: string
    }
  | undefined
> => {
  const row = await tx.selectFrom('installation').selectAll().executeTakeFirst()
  return row && { id: row.id, demo: row.demo, businessDate: row.business_date, regionCode: row.region_code }
}

/** Names from the province down to the region. */
export const listRegionPath = async (tx: Tx, code: string): Promise<{ code: string; name: string }[]> => {
  const { rows } = await sql<{ code: string; name: string }>`
    with recursive up as (
      select code, name, parent_code, 0 as depth from regions where code = ${code}
      union all
      select r.code, r.name, r.parent_code, up.depth + 1 from regions r join up on r.code = up.parent_code
    ) select code, name from up order by depth desc`.execute(tx)
  return rows
}
