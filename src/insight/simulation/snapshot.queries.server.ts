import { createHash } from 'node:crypto'
import {
  createReadStream,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { assert, type BusinessDate, type Clock, newId, Refusal } from '#base'
import { type Engine, openEngine, quoteText } from '#lake/server'
import type { Tx } from '#store/server'

type Scalar = string | number | boolean | null

/** A member as the registry knows them, in the words of the national fact dictionary; what is not known is not there. */
export interface SnapshotMember {
  readonly facts: Readonly<Record<string, Scalar>>
  /** Income of a month as declared, whatever it comes from. */
  readonly declaredMonthFen?: number | undefined
}

/** A registered household without names and numbers. */
export interface SnapshotHousehold {
  readonly id: string
  readonly regionCode: string
  readonly facts: Readonly<Record<string, Scalar>>
  readonly declaredYearFen?: number | undefined
  readonly members: readonly SnapshotMember[]
}

/** Frozen facts on disk. */
export interface Snapshot {
  readonly hash: string
  readonly takenAt: string
  readonly on: BusinessDate
  readonly households: number
  readonly persons: number
}

/** Households of the transaction's scope inside a region, some thousand at a time. */
export type HouseholdReader = (
  tx: Tx,
  wanted: { readonly on: BusinessDate; readonly region: string },
) => AsyncIterable<readonly SnapshotHousehold[]>

const householdColumns = [
  { name: 'household_no', type: 'BIGINT' },
  { name: 'household_id', type: 'VARCHAR' },
  { name: 'region_code', type: 'VARCHAR' },
  { name: 'persons', type: 'INTEGER' },
  { name: 'declared_year_fen', type: 'BIGINT' },
  { name: 'residence', type: 'VARCHAR' },
] as const

const memberFacts = {
  relation: 'VARCHAR',
  bornOn: 'DATE',
  tekunPerson: 'BOOLEAN',
  workStatus: 'VARCHAR',
  disabilityGrade: 'VARCHAR',
  disabilityKind: 'VARCHAR',
  studyLevel: 'VARCHAR',
  seriousIllness: 'BOOLEAN',
  inSinglePersonDibao: 'BOOLEAN',
  recognisedAs: 'VARCHAR',
} as const

const memberColumns = [
  { name: 'household_no', type: 'BIGINT' },
  { name: 'member_no', type: 'BIGINT' },
  { name: 'declared_month_fen', type: 'BIGINT' },
  ...Object.entries(memberFacts).map(([name, type]) => ({ name, type })),
] as const

// The year follows from the date, and is made when the facts are read.
const derived = ['birthYear']

const kinds = ['household', 'member'] as const
const folderIn = (lakeDir: string): string => join(lakeDir, 'simulation')
const keptIn = (lakeDir: string): string => join(folderIn(lakeDir), 'kept')
const fileOf = (folder: string, hash: string, kind: string): string => join(folder, `${hash}-${kind}.parquet`)

/** An engine that may read frozen facts, and writes nowhere else. */
export const openFrozenEngine = (lakeDir: string): Promise<Engine> => {
  mkdirSync(keptIn(lakeDir), { recursive: true, mode: 0o700 })
  return openEngine({
    tempDir: join(lakeDir, 'tmp'),
    directories: [folderIn(lakeDir)],
    memoryMiB: 3072,
    threads: 2,
  })
}

/** Writes the facts of all households once, as two columnar files named by the hash of both. */
export const freeze = async (
  engine: Engine,
  lakeDir: string,
  households: AsyncIterable<readonly SnapshotHousehold[]>,
  { clock, on }: { readonly clock: Clock; readonly on: BusinessDate },
): Promise<Snapshot> => {
  const members: (readonly Scalar[])[][] = []
  let count = 0
  let persons = 0
  const householdRows = async function* () {
    for await (const part of households) {
      const rows: Scalar[][] = []
      const below: Scalar[][] = []
      for (const household of part) {
        const no = count
        count += 1
        persons += household.members.length
        refuseStrange(household.facts, ['residence'])
        rows.push([
          no,
          household.id,
          household.regionCode,
          household.members.length,
          household.declaredYearFen ?? null,
          household.facts.residence ?? null,
        ])
        household.members.forEach((member, index) => {
          refuseStrange(member.facts, [...Object.keys(memberFacts), ...derived])
          const facts = Object.keys(memberFacts).map((name) => member.facts[name] ?? null)
          below.push([no, index + 1, member.declaredMonthFen ?? null, ...facts])
        })
      }
      members.push(below)
      yield rows
    }
  }
  const memberRows = async function* () {
    for (const rows of members) yield rows
  }
  await engine.appendRows('new_household', householdColumns, householdRows())
  await engine.appendRows('new_member', memberColumns, memberRows())
  const hash = await publish(engine, lakeDir)
  return { hash, takenAt: clock.now(), on, households: count, persons }
}

// A fact that would not be frozen would be missing without anybody noticing.
const refuseStrange = (facts: Readonly<Record<string, Scalar>>, known: readonly string[]): void => {
  for (const name in facts) assert(known.includes(name), `a snapshot has no place for the fact ${name}`)
}

const publish = async (engine: Engine, lakeDir: string): Promise<string> => {
  const folder = folderIn(lakeDir)
  sweep(folder)
  const draft = newId()
  const order = { household: 'household_no', member: 'household_no, member_no' }
  for (const kind of kinds) {
    const from = `select * from new_${kind} order by ${order[kind]}`
    await engine.writeParquet(from, fileOf(folder, draft, kind))
  }
  await engine.run('drop table new_household; drop table new_member')
  const hash = await hashOfFiles(folder, draft)
  for (const kind of kinds) renameSync(fileOf(folder, draft, kind), fileOf(folder, hash, kind))
  return hash
}

const hashOfFiles = async (folder: string, name: string): Promise<string> => {
  const whole = createHash('sha256')
  for (const kind of kinds) {
    const one = createHash('sha256')
    await pipeline(createReadStream(fileOf(folder, name, kind)), one)
    whole.update(one.digest())
  }
  return whole.digest('hex')
}

const dayInMs = 86_400_000

// Facts that no report was made of are of no use the day after. What a report rests on lies in `kept`.
const sweep = (folder: string): void => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.parquet'))
  const newest = Math.max(0, ...files.map((name) => statSync(join(folder, name)).mtimeMs))
  for (const name of files)
    if (newest - statSync(join(folder, name)).mtimeMs > dayInMs) rmSync(join(folder, name), { force: true })
}

/** Keeps frozen facts for good: a report rests on them. */
export const keepFrozen = (lakeDir: string, hash: string): void => {
  for (const kind of kinds) {
    const target = fileOf(keptIn(lakeDir), hash, kind)
    if (!existsSync(target)) linkSync(fileOf(folderIn(lakeDir), hash, kind), target)
  }
}

/**
 * Facts kept for a report that was never finished, such as one whose saving was killed, go back among those of a day. Gives
 * how many files they were. For a start, when nobody is saving.
 */
export const releaseUnused = (lakeDir: string, used: ReadonlySet<string>): number => {
  const [kept, folder] = [keptIn(lakeDir), folderIn(lakeDir)]
  if (!existsSync(kept)) return 0
  const unused = readdirSync(kept).filter((name) => !used.has(name.slice(0, name.lastIndexOf('-'))))
  for (const name of unused) {
    // Two names of one file: a rename would leave both.
    if (existsSync(join(folder, name))) rmSync(join(kept, name))
    else renameSync(join(kept, name), join(folder, name))
  }
  return unused.length
}

/** Whether the facts of a hash are on disk, and still those. */
export const frozenState = async (lakeDir: string, hash: string): Promise<'there' | 'lost' | 'broken'> => {
  const folder = frozenFolder(lakeDir, hash)
  if (!folder) return 'lost'
  return (await hashOfFiles(folder, hash)) === hash ? 'there' : 'broken'
}

const frozenFolder = (lakeDir: string, hash: string): string | undefined =>
  [keptIn(lakeDir), folderIn(lakeDir)].find((folder) =>
    kinds.every((kind) => existsSync(fileOf(folder, hash, kind))),
  )

/** Loads frozen facts into the engine, as tables `frozen_household` and `frozen_member`. Refuses with `insight.facts-lost`. */
export const loadFrozen = async (engine: Engine, lakeDir: string, hash: string): Promise<void> => {
  const folder = frozenFolder(lakeDir, hash)
  if (!folder) throw new Refusal('insight.facts-lost')
  for (const kind of kinds)
    await engine.run(
      `create table frozen_${kind} as select * from read_parquet(${quoteText(fileOf(folder, hash, kind))})`,
    )
}

/** The facts of members that a loaded snapshot holds; older ones hold fewer. */
export const listFrozenFacts = async (engine: Engine): Promise<ReadonlySet<string>> => {
  const rows = await engine.rows<{ name: string }>(
    "select column_name as name from information_schema.columns where table_name = 'frozen_member'",
  )
  return new Set(rows.map(({ name }) => name))
}

/** What tells that the registry was written to, or read by somebody with another scope: frozen facts serve as long as it is the same. */
export const registryMark = async (tx: Tx): Promise<string> => {
  const { rows } = await sql<{ mark: string }>`
    select concat_ws('|', current_setting('doudi.scope_from', true), current_setting('doudi.scope_until', true),
      current_setting('doudi.scope_extra', true), (select max(seq) from events),
      (select count(*) from households)) as mark`.execute(tx)
  return rows[0]?.mark ?? ''
}

/** Every place in which a frozen household lives. */
export const listFrozenPlaces = async (engine: Engine): Promise<readonly string[]> => {
  const rows = await engine.rows<{ place: string }>(
    'select distinct region_code as place from frozen_household order by 1',
  )
  return rows.map(({ place }) => place)
}
