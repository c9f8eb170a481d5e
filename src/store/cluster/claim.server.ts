import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProcessStart } from './processes.server.ts'

/** The right to work in a folder, held by one process at a time. */
export type Claim = { readonly release: () => void }

type Holder = { readonly pid: number; readonly started: string }

/**
 * Takes the right to work in a folder that is there, or says which process has it. A holder that was killed loses the right at
 * once, also when its number was given to another process meanwhile. Synchronous, keeps small numbered files in
 * `<folder>/claims`.
 *
 * Claims are numbered and the highest one counts. Nobody ever overwrites a claim of another: a new one is made by
 * `link`, which only one of several contenders can win, so that two of them that see the same dead holder cannot
 * both follow it.
 */
export const claimFolder = (folder: string): Claim | { readonly heldBy: number } => {
  const claims = join(folder, 'claims')
  makeOnce(claims)
  const me: Holder = { pid: process.pid, started: findProcessStart(process.pid) ?? '' }
  for (;;) {
    const last = highest(claims)
    const holder = last === 0 ? undefined : readHolder(join(claims, String(last)))
    if (holder && findProcessStart(holder.pid) === holder.started) return { heldBy: holder.pid }
    const mine = join(claims, String(last + 1))
    if (!writeOnce(claims, mine, me)) continue
    // A contender that was slow may add a number below one that is already in force: it does not count.
    if (highest(claims) > last + 1) {
      rmSync(mine, { force: true })
      continue
    }
    for (const number of numbers(claims))
      if (number <= last) rmSync(join(claims, String(number)), { force: true })
    return { release: () => replace(claims, mine, { pid: 0, started: '' }) }
  }
}

// Without Node's `recursive`, which never ends in a folder where nothing can be made, such as /proc.
const makeOnce = (folder: string): void => {
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** The process that holds the right to work in a folder, if one does. */
export const findHolder = (folder: string): number | undefined => {
  const claims = join(folder, 'claims')
  const last = highest(claims)
  const holder = last === 0 ? undefined : readHolder(join(claims, String(last)))
  return holder && findProcessStart(holder.pid) === holder.started ? holder.pid : undefined
}

const numbers = (claims: string): number[] => {
  try {
    return readdirSync(claims)
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
  } catch {
    return [] // the folder was never claimed
  }
}

const highest = (claims: string): number => Math.max(0, ...numbers(claims))

const readHolder = (file: string): Holder | undefined => {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8')) as Holder
    return holder.pid > 0 ? holder : undefined
  } catch {
    return undefined // removed by a follower, or torn by a machine that stopped: nobody holds it
  }
}

const writeOnce = (claims: string, file: string, holder: Holder): boolean => {
  const draft = join(claims, `draft-${randomUUID()}`)
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 })
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

// A released claim stays as an empty one: numbers only ever grow, which is what makes `link` above decisive.
const replace = (claims: string, file: string, holder: Holder): void => {
  const draft = join(claims, `draft-${randomUUID()}`)
  try {
    writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 })
    renameSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error // the folder was purged: nothing to release
  }
}
