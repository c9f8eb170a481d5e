import { spawnSync } from 'node:child_process'
import { Refusal } from '#base'

/** The unprivileged user that PostgreSQL runs as when we run as root. */
export type Account = { readonly uid: number; readonly gid: number }

export const isRoot = (): boolean => process.getuid?.() === 0

/**
 * The user to run as, root only: an existing `postgres` or `doudi`, else a new system user `doudi`, else `nobody`.
 * PostgreSQL itself refuses to run as root.
 */
export const chooseAccount = (): Account => {
  const account =
    ['postgres', 'doudi'].map(findAccount).find(Boolean) ?? createAccount() ?? findAccount('nobody')
  if (!account) throw new Refusal('store.cluster-no-account', { reason: 'useradd, nobody' })
  return account
}

const findAccount = (name: string): Account | undefined => {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }))
  if (uid?.status !== 0 || gid?.status !== 0) return undefined
  const account = { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  return account.uid > 0 ? account : undefined
}

const createAccount = (): Account | undefined => {
  spawnSync('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    '/usr/sbin/nologin',
    'doudi',
  ])
  return findAccount('doudi')
}
