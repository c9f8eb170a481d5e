import {
  addSeconds,
  type Clock,
  type Instant,
  levelOf,
  Refusal,
  regionCode as regionCodeOf,
  secondsBetween,
} from '#base'
import { everywhere } from '#store'
import { type Database, inScope, type Tx } from '#store/server'
import { recordAudit } from '../audit/audit.server.ts'
import { findActor } from '../people/people.queries.server.ts'
import type { Session } from './contract.ts'
import {
  findInstallation,
  findLogin,
  listRegionPath,
  recordLoginTry,
  savePassword,
} from './login.queries.server.ts'
import { fitsPassword, hashPassword } from './passwords.server.ts'
import {
  endOtherSessions,
  findSecondsLeft,
  idleSeconds,
  insertSession,
  type NewSession,
} from './sessions.queries.server.ts'

const triesBeforeLock = 5
const lockSeconds = 15 * 60

const checkPassword = async (passwordHash: string | undefined, password: string): Promise<boolean> => {
  // A login that does not exist costs a hash too, so that the answer takes as long as for one that does.
  if (passwordHash === undefined) return (await hashPassword(password)) === ''
  return fitsPassword(passwordHash, password)
}

/**
 * Checks a login and opens a session. Refuses with `access.wrong-login` alike for an unknown login and a wrong
 * password, and with `access.locked` after five wrong ones. Tries are counted even though the log-in is refused.
 */
export const logInWith = async (
  database: Database,
  clock: Clock,
  login: string,
  password: string,
): Promise<NewSession & { readonly accountId: string }> => {
  const account = await inScope(database, everywhere, (tx) => findLogin(tx, login))
  const now = clock.now()
  if (account?.lockedUntil && account.lockedUntil > now) {
    const minutes = Math.ceil(secondsBetween(now, account.lockedUntil as Instant) / 60)
    throw new Refusal('access.locked', { minutes })
  }
  const good = await checkPassword(account?.passwordHash, password)
  if (!account || !good) {
    if (account) {
      const failed = account.failedLogins + 1
      const lockedUntil = failed >= triesBeforeLock ? addSeconds(now, lockSeconds) : null
      await inScope(database, everywhere, async (tx) => {
        await recordLoginTry(tx, account.id, lockedUntil ? 0 : failed, lockedUntil)
        await recordAudit(tx, clock, { action: 'access.log-in-failed', accountId: account.id })
      })
    }
    throw new Refusal('access.wrong-login')
  }
  return inScope(database, everywhere, async (tx) => {
    await recordLoginTry(tx, account.id, 0, null)
    await recordAudit(tx, clock, { action: 'access.logged-in', accountId: account.id })
    return { ...(await insertSession(tx, clock, account.id)), accountId: account.id }
  })
}

/** What the console needs to know of the person who is logged in, and when the session ends. */
export const describeSession = async (
  tx: Tx,
  clock: Clock,
  { accountId, token }: { readonly accountId: string; readonly token: string },
): Promise<Session> => {
  const actor = await findActor(tx, accountId, clock.today())
  const login = await findLogin(tx, undefined, accountId)
  if (!actor || !login) throw new Refusal('access.not-signed-in')
  const installation = await findInstallation(tx)
  const path = await listRegionPath(tx, actor.organisation.regionCode)
  const { regionCode, ...organisation } = actor.organisation
  return {
    account: {
      id: actor.accountId,
      login: login.login,
      displayName: actor.displayName,
      role: actor.role,
      organisation: { ...organisation, level: levelOf(regionCodeOf(regionCode)) },
      region: { code: regionCode, name: path.at(-1)?.name ?? organisation.name, path },
      permissions: [...actor.permissions],
      mustChangePassword: login.mustChangePassword,
    },
    limits: { idleSeconds, endsInSeconds: await findSecondsLeft(tx, clock, token) },
    demo: installation?.demo ?? false,
    businessDate: clock.today(),
  }
}

/** Changes a password and ends the account's other sessions. */
export const changePasswordOf = async (
  tx: Tx,
  clock: Clock,
  change: { accountId: string; token: string; current: string; next: string },
): Promise<void> => {
  const account = await findLogin(tx, undefined, change.accountId)
  if (!account || !(await checkPassword(account.passwordHash, change.current)))
    throw new Refusal('access.wrong-login')
  const { next, current } = change
  if (next.length < 10 || next === current || next.toLowerCase() === account.login)
    throw new Refusal('access.weak-password')
  await savePassword(tx, change.accountId, await hashPassword(next))
  await endOtherSessions(tx, clock, change.accountId, change.token)
}
