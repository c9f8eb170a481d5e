import { createHash, randomBytes } from 'node:crypto'
import { addSeconds, type Clock, type Instant, secondsBetween } from '#base'
import { prepared, type Tx } from '#store/server'

const longestSeconds = 12 * 3600
/** A session without a request for this long has ended. */
export const idleSeconds = 2 * 3600

export interface NewSession {
  readonly token: string
  readonly csrfToken: string
}

export interface OpenSession {
  readonly accountId: string
  readonly csrfToken: string
  readonly mustChangePassword: boolean
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/** Opens a session; the token is given once and only its hash is kept. */
export const insertSession = async (tx: Tx, clock: Clock, accountId: string): Promise<NewSession> => {
  const token = randomBytes(32).toString('base64url')
  const csrfToken = randomBytes(18).toString('base64url')
  const now = clock.now()
  await tx
    .insertInto('sessions')
    .values({
      token_hash: hashOf(token),
      account_id: accountId,
      csrf_token: csrfToken,
      created_at: now,
      last_seen_at: now,
      expires_at: addSeconds(now, longestSeconds),
    })
    .execute()
  return { token, csrfToken }
}

/** The open session behind a token, marked as seen; undefined when ended, idle too long or unknown. */
export const findSession = async (tx: Tx, clock: Clock, token: string): Promise<OpenSession | undefined> => {
  const now = clock.now()
  const row = await tx
    .updateTable('sessions')
    .from('accounts')
    .set({ last_seen_at: now })
    .whereRef('accounts.id', '=', 'sessions.account_id')
    .where('token_hash', '=', hashOf(token))
    .where('ended_at', 'is', null)
    .where('disabled_at', 'is', null)
    .where('expires_at', '>', now)
    .where('last_seen_at', '>', addSeconds(now, -idleSeconds))
    .returning(['sessions.account_id', 'sessions.csrf_token', 'accounts.must_change_password'])
    .modifyEnd(prepared)
    .executeTakeFirst()
  return (
    row && {
      accountId: row.account_id,
      csrfToken: row.csrf_token,
      mustChangePassword: row.must_change_password,
    }
  )
}

/** Whole seconds until a session ends whatever is asked in it; 0 when it is unknown. */
export const findSecondsLeft = async (tx: Tx, clock: Clock, token: string): Promise<number> => {
  const row = await tx
    .selectFrom('sessions')
    .select('expires_at')
    .where('token_hash', '=', hashOf(token))
    .executeTakeFirst()
  return row ? Math.max(0, Math.floor(secondsBetween(clock.now(), row.expires_at as Instant))) : 0
}

/** Ends the session behind a token. */
export const endSession = async (tx: Tx, clock: Clock, token: string): Promise<void> => {
  await tx
    .updateTable('sessions')
    .set({ ended_at: clock.now() })
    .where('token_hash', '=', hashOf(token))
    .execute()
}

/** Ends every other session of an account: after a change of password. */
export const endOtherSessions = async (
  tx: Tx,
  clock: Clock,
  accountId: string,
  token: string,
): Promise<void> => {
  await tx
    .updateTable('sessions')
    .set({ ended_at: clock.now() })
    .where('account_id', '=', accountId)
    .where('token_hash', '<>', hashOf(token))
    .where('ended_at', 'is', null)
    .execute()
}
