import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BusinessDate, businessDate } from '#base'
import { type Engine, openEngine } from '../engine/engine.server.ts'
import { quoteName } from '../engine/sql.ts'
import type { ResultRow, Value } from '../engine/types.ts'
import { columnsOf, parameters } from '../facts/facts-fixture.server.ts'
import type { FactParameters } from '../facts/source.ts'
import { factKinds } from '../facts/sources.ts'
import { feedColumns } from '../feeds/columns.ts'
import { emptyInputs, inputTables, matchedTable } from '../matching/tables.ts'
import { bringUp } from './bring-up.server.ts'
import { type BringUp, type BroughtUp, type KeptFiles, keptFiles } from './common.server.ts'
import type { Kept, KeptFeed } from './kept.ts'
import { showFacts, showRows } from './show.server.ts'

// For the tests of what is kept: a small world of people and files that come and go, and passes over it.

/** A row by its stored column names, without `_key`; `who` is the person's token, with itself as check character. */
export type SentRow = { readonly who?: number; readonly [column: string]: Value | undefined }
/** A file; it bears its name once, also after it is gone. */
export type SentFile = {
  readonly id: string
  readonly kind: string
  readonly period: string
  readonly rows: readonly SentRow[]
}
export type Identity = {
  readonly token: bigint | null
  readonly check: string | null
  readonly name: bigint | null
}
export type Given = {
  readonly file: string
  readonly row: number
  readonly role: string
  readonly person?: string
  readonly lead?: string
}

/** What a pass finds; whoever tests changes it between passes. */
export type World = {
  today: BusinessDate
  parameters: FactParameters
  /** Regions by household. */
  readonly households: Map<string, string>
  readonly people: Map<string, Identity & { readonly household: string }>
  readonly leads: Map<string, Identity & { readonly region: string }>
  /** How many files were ever sent. */
  sent: number
  /** Those that count, in any order. */
  readonly files: Map<string, SentFile>
  /** By row key and person. */
  readonly decided: Map<string, { readonly key: string; readonly person: string; readonly same: boolean }>
  /** By file, row and role. */
  readonly given: Map<string, Given>
}

/** A number with its check character, and a name. */
export const someone = (number: number, name?: number): Identity => ({
  token: BigInt(number),
  check: String(number).slice(-1),
  name: name === undefined ? null : BigInt(name),
})

const fillers = 200

/** A world of a few; with households of nobody, so that the few are few among all. */
export const smallWorld = (): World => ({
  today: businessDate('2026-06-15'),
  parameters,
  households: new Map([
    ['h-1', '532901001002'],
    ['h-2', '532923001000'],
    ...Array.from({ length: fillers }, (_, at) => [`h-of-nobody-${at}`, '532925001000'] as const),
  ]),
  people: new Map([
    ['li', { household: 'h-1', ...someone(1) }],
    ['yang', { household: 'h-1', ...someone(2) }],
    ['duan', { household: 'h-2', ...someone(3) }],
  ]),
  leads: new Map([['lead-1', { region: '532901002000', ...someone(8) }]]),
  sent: 0,
  files: new Map(),
  decided: new Map(),
  given: new Map(),
})

/** Adds a file of rows to a world; gives its id. */
export const send = (world: World, kind: string, period: string, ...rows: SentRow[]): string => {
  const id = `${kind}-${String(world.sent++).padStart(4, '0')}`
  world.files.set(id, { id, kind, period, rows })
  return id
}

export type KeptFixture = {
  readonly engine: Engine
  readonly files: KeptFiles
  readonly work: BringUp
  /** Brings up from what was kept before, or from nothing, and shows rows and facts of everybody. */
  readonly pass: (world: World, before?: Kept) => Promise<BroughtUp>
  /** The same from nothing and in a lake of its own: what everything should be. */
  readonly passAnew: (world: World) => Promise<BroughtUp>
  /** All that was shown last, without the numbers that a lake gives for itself. */
  readonly seen: () => Promise<Readonly<Record<string, readonly ResultRow[]>>>
  readonly member: (id: string) => Promise<ResultRow>
  readonly close: () => void
}

export const openKept = async (): Promise<KeptFixture> => {
  const root = mkdtempSync(join(tmpdir(), 'doudi-kept-'))
  const [files, anew] = [keptFiles(join(root, 'lake')), keptFiles(join(root, 'anew'))]
  const engine = await openEngine({ tempDir: root, directories: [root], memoryMiB: 256, threads: 1 })
  // In parts here, and all together in what it is compared with.
  const work: BringUp = { engine, files, columnsOf, partSize: 100 }
  const stored = new Map<string, SentFile>()
  const passOver = async (over: BringUp, world: World, before: Kept | undefined): Promise<BroughtUp> => {
    await forgetAll(engine)
    await storeFiles(engine, world, stored)
    await fillInputs(engine, world)
    const feeds = [...world.files.values()].sort(
      (a, b) => a.period.localeCompare(b.period) || a.id.localeCompare(b.id),
    )
    const brought = await bringUp(
      over,
      { today: world.today, parameters: world.parameters, feeds, rowsOf },
      before,
    )
    await showRows(over, brought, false)
    await showFacts(over, brought)
    return brought
  }
  return {
    engine,
    files,
    work,
    pass: (world, before) => passOver(work, world, before),
    passAnew: async (world) => {
      const brought = await passOver({ ...work, files: anew, partSize: 1000 }, world, undefined)
      anew.sweep([brought.kept.generation])
      return brought
    },
    seen: () => seenIn(engine),
    member: async (id) => (await engine.rows('select * from member where member_id = $id', { id }))[0] ?? {},
    close: () => {
      engine.close()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

const seenIn = async (engine: Engine): Promise<Readonly<Record<string, readonly ResultRow[]>>> => {
  const seen: Record<string, readonly ResultRow[]> = {}
  for (const table of ['household', 'member', 'lead', 'match_question'])
    seen[table] = await engine.rows(`select * from ${table} order by all`)
  for (const kind of factKinds)
    seen[kind] = await engine.rows(
      `select * exclude (hid, pid, feed_no) from ${matchedTable(kind)} order by all`,
    )
  return seen
}

const sentTable = (id: string): string => `sent_${id.replaceAll('-', '_')}`

/** Each file has a table, as long as it counts: nothing of one that is gone can be read. */
const storeFiles = async (engine: Engine, { files }: World, stored: Map<string, SentFile>): Promise<void> => {
  for (const [id, file] of stored)
    if (files.get(id) !== file) {
      await engine.run(`drop table ${sentTable(id)}`)
      stored.delete(id)
    }
  for (const [id, file] of files) {
    if (stored.has(id)) continue
    const columns = feedColumns(columnsOf(file.kind))
    await engine.appendRows(
      sentTable(id),
      columns,
      once(file.rows.map((row, at) => columns.map(({ name }) => storedValue(row, name, at)))),
    )
    stored.set(id, file)
  }
}

const storedValue = ({ who, ...row }: SentRow, column: string, at: number): Value => {
  const number = who === undefined ? {} : { token: BigInt(who), check_char: String(who).slice(-1) }
  const given: Record<string, Value | undefined> = { row_no: at + 1, ...number, ...row }
  return given[column] ?? given[column.replace(/_key$/, '')] ?? null
}

const rowsOf = (kind: string, feeds: readonly KeptFeed[]): string => {
  const columns = feedColumns(columnsOf(kind))
  const nothing = columns.map(({ name, type }) => `null::${type} as ${quoteName(name)}`)
  return [
    `select 0 as feed_no, ${nothing.join(', ')} where false`,
    ...feeds.map(({ id, no }) => `select ${no} as feed_no, * from ${sentTable(id)}`),
  ].join(' union all ')
}

// A pass begins with an empty engine: nothing that an earlier one left in it may help.
const forgetAll = async (engine: Engine): Promise<void> => {
  const left = await engine.rows<{ name: string; type: string }>(
    `select table_name as name, table_type as type from information_schema.tables
     where not starts_with(table_name, 'sent_') order by table_type = 'VIEW' desc`,
  )
  for (const { name, type } of left)
    await engine.run(`drop ${type === 'VIEW' ? 'view' : 'table'} ${quoteName(name)}`)
}

const fillInputs = async (engine: Engine, world: World): Promise<void> => {
  for (const statement of emptyInputs('VARCHAR')) await engine.run(statement)
  const fill = (table: string, rows: readonly (readonly Value[])[]) =>
    engine.appendRows(table, inputTables('VARCHAR')[table] ?? [], once(rows))
  await fill(
    'registry_household',
    [...world.households].map(([id, region]) => [id, region, 'dibao']),
  )
  await fill(
    'registry_person',
    [...world.people].map(([id, { household, token, check, name }]) => [id, household, token, check, name]),
  )
  await fill(
    'registry_lead',
    [...world.leads].map(([id, { region, token, check, name }]) => [id, region, token, check, name]),
  )
  await fill(
    'match_decision',
    [...world.decided.values()].map(({ key, person, same }) => [key, person, same]),
  )
  await fill(
    'row_match',
    [...world.given.values()].map(({ file, row, role, person, lead }) => [
      world.files.get(file)?.kind ?? 'deaths',
      ...[file, row, role, person ?? null, lead ?? null],
    ]),
  )
  await fill(
    'feed_coverage',
    factKinds.map((kind) => [kind, '532901000000']),
  )
}

async function* once(rows: readonly (readonly Value[])[]) {
  if (rows.length > 0) yield rows
}
