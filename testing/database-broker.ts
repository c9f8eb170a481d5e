import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import {
  appRoleFor,
  type Claim,
  claimFolder,
  migrate,
  provisionRole,
  purgeCluster,
  startCluster,
} from '#store/server'
import { sweepLeftovers } from './leftovers.ts'

/** A database of one test file: its own, made like the template, gone when the run ends. */
export type TestDatabase = {
  readonly name: string
  /** Connects as the owner. */
  readonly ownerUrl: string
  /** Connects as the application's role: no superuser, subject to row-level security. */
  readonly appUrl: string
}

/** Gives out databases for one run of the suite. */
export type Broker = {
  readonly clone: () => Promise<TestDatabase>
  /** An empty database: for tests of the migrations themselves. */
  readonly empty: () => Promise<TestDatabase>
  readonly drop: (name: string) => Promise<void>
  readonly stop: () => Promise<void>
}

type Server = { readonly ownerUrl: string; readonly stop: () => Promise<void> }
type Prepared = Server & { readonly template: string; readonly appUrl: string }

const slots = 16

/** The server starts, and the template is migrated, when the first database is asked for: pure tests wait for nothing. */
export const openBroker = (): Broker => {
  const run = randomBytes(4).toString('hex')
  const made = new Set<string>()
  let prepared: Promise<Prepared> | undefined
  let count = 0
  const start = (): Promise<Prepared> => {
    prepared ??= prepare(run)
    return prepared
  }
  const make = async (kind: 'clone' | 'empty'): Promise<TestDatabase> => {
    const { ownerUrl, appUrl, template } = await start()
    const name = `doudi_test_${run}_${++count}`
    made.add(name)
    await statement(ownerUrl, `create database ${name}${kind === 'clone' ? ` template ${template}` : ''}`)
    return { name, ownerUrl: urlOf(ownerUrl, name), appUrl: urlOf(appUrl, name) }
  }
  const drop = async (name: string): Promise<void> => {
    if (!prepared || !made.delete(name)) return
    await statement((await prepared).ownerUrl, `drop database if exists ${name} with (force)`)
  }
  const stop = async (): Promise<void> => {
    const server = await prepared?.catch(() => undefined) // its failure was told to whoever asked for a database
    if (!server) return
    // A server that is not ours to throw away is left as it was found.
    if (process.env.TEST_DATABASE_URL) {
      for (const name of made) await drop(name)
      await statement(server.ownerUrl, `drop database if exists ${server.template} with (force)`)
    }
    await server.stop()
  }
  return { clone: () => make('clone'), empty: () => make('empty'), drop, stop }
}

const prepare = async (run: string): Promise<Prepared> => {
  const server = await startServer()
  try {
    const template = `doudi_template_${run}`
    await statement(server.ownerUrl, `create database ${template}`)
    await migrate(urlOf(server.ownerUrl, template))
    const appUrl = await provisionRole(server.ownerUrl, appRoleFor(run, randomBytes(12).toString('hex')))
    return { ...server, template, appUrl }
  } catch (error) {
    await server.stop()
    throw error
  }
}

const startServer = async (): Promise<Server> => {
  const given = process.env.TEST_DATABASE_URL
  if (given) return { ownerUrl: given, stop: async () => {} }
  await sweepLeftovers()
  const { dataDir, claim } = await takeSlot()
  const cluster = await startCluster({ dataDir, durability: 'throwaway' })
  const stop = async (): Promise<void> => {
    await cluster.stop()
    await purge(dataDir)
    claim.release()
  }
  return { ownerUrl: cluster.url, stop }
}

// Other runs that start at this moment use the same copy of the programs.
const purge = (dataDir: string) => purgeCluster(dataDir, { keepPrograms: true })

/**
 * Runs at the same time need a server each. Slots rather than random folders, so that the servers that killed runs left
 * behind are found and ended by the next one.
 */
const takeSlot = async (): Promise<{ dataDir: string; claim: Claim }> => {
  let mine: { dataDir: string; claim: Claim } | undefined
  for (let slot = 1; slot <= slots; slot++) {
    const dataDir = join(tmpdir(), `doudi-tests-${userInfo().uid}`, String(slot))
    if (mine && !existsSync(dataDir)) break
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const claim = claimFolder(dataDir)
    if ('heldBy' in claim) continue
    await purge(dataDir)
    if (mine) claim.release()
    else mine = { dataDir, claim }
  }
  if (mine) return mine
  throw new Error(`${slots} test runs hold a database server each: end some of them`)
}

const statement = async (url: string, text: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}

const urlOf = (url: string, database: string): string => {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}
