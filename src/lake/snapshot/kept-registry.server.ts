import { rmSync } from 'node:fs'
import { to } from 'pg-copy-streams'
import { assert } from '#base'
import { spoolCsv } from '../engine/csv.server.ts'
import { csvRelation, parquetRelation } from '../engine/dialect.ts'
import type { Engine } from '../engine/engine.server.ts'
import { createTable, nameList, quoteName } from '../engine/sql.ts'
import type { TableColumn } from '../engine/types.ts'
import { type CopyClient, copyIn } from './copy.server.ts'
import type { KeptList, KeptLists } from './kept-list.server.ts'

/** A table of the registry's copy. Its first column says of whom a row speaks. */
export interface KeptTable {
  readonly table: string
  readonly columns: readonly TableColumn[]
}

/** A table's rows, or those of a portion, as a select of PostgreSQL. */
export interface TableSelect extends KeptTable {
  readonly select: string
}

/** What identifies a new copy; its files follow. */
export type NewCopy = Omit<KeptList, 'subjects' | 'whole' | 'changed'>

const changedSubjects = 'kept_changed_subject'
const subjectColumns: readonly TableColumn[] = [{ name: 'subject_id', type: 'UUID' }]

const subjectTables = ['registry_household', 'registry_person', 'registry_lead']

const countSubjects = (rows: ReadonlyMap<string, number>): number =>
  subjectTables.reduce((sum, table) => sum + (rows.get(table) ?? 0), 0)

const spool = (client: CopyClient, select: string, engine: Engine): Promise<string> =>
  spoolCsv(client.query(to(`copy (${select}) to stdout with (format csv, header false)`)), engine.tempDir)

/**
 * Copies everything: each connection takes the next portion, and what has come is written to Parquet while others still come.
 * All connections see one instant. Nothing of it counts before the list is published.
 */
export const writeWhole = async (
  engine: Engine,
  lists: KeptLists,
  copy: NewCopy,
  clients: readonly CopyClient[],
  portions: readonly TableSelect[],
): Promise<KeptList> => {
  const waiting = portions.map((portion, at) => ({
    ...portion,
    file: `${copy.id}-${portion.table}-${at}.parquet`,
  }))
  const whole: Record<string, string[]> = {}
  const rows = new Map<string, number>()
  let writing: Promise<void> = Promise.resolve()
  const write = async (
    before: Promise<void>,
    { table, columns, file }: (typeof waiting)[number],
    csv: string,
  ) => {
    await before
    const written = await engine.writeParquet(`select * from ${csvRelation(csv, columns)}`, lists.path(file))
    rmSync(csv, { force: true })
    whole[table] = [...(whole[table] ?? []), file]
    rows.set(table, (rows.get(table) ?? 0) + written.rows)
  }
  const take = async (client: CopyClient): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const csv = await spool(client, next.select, engine).catch((error: unknown) => {
        waiting.length = 0
        throw error
      })
      writing = write(writing, next, csv)
      // Its failure is met at the end; meanwhile it must not count as unhandled.
      writing.catch(() => undefined)
    }
  }
  // Whatever fails, nobody is left copying behind the caller's back.
  const ends = await Promise.allSettled(clients.map(take))
  await writing
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  return { ...copy, subjects: countSubjects(rows), whole }
}

const freshTable = (table: string): string => `kept_fresh_${table}`

const without = (names: string, relation: string, { columns }: KeptTable, subjects: string): string =>
  `select ${names} from ${relation} kept anti join ${subjects} gone on kept.${quoteName(columns[0]?.name ?? '')} = gone.subject_id`

/** What the earlier copy's changes hold of a table beside what is fresh. */
const changedSql = (lists: KeptLists, { changed }: KeptList, kept: KeptTable): string => {
  const fresh = `select * from ${quoteName(freshTable(kept.table))}`
  const file = changed?.rows[kept.table]
  if (file === undefined) return fresh
  const earlier = without('*', parquetRelation([lists.path(file)]), kept, changedSubjects)
  return `${earlier} union all by name ${fresh}`
}

/** What a new copy is made from, and the share of the whole files, one in so many, beyond which they are written anew. */
export interface Changes {
  readonly earlier: KeptList
  /** A select of the ids of whom the rows changed. */
  readonly subjects: string
  /** The rows of these as they are now. */
  readonly tables: readonly TableSelect[]
  readonly foldBeyond: number
}

/**
 * Copies only what changed since an earlier copy. It is kept beside the whole files, whose rows of these subjects count no
 * more. A copy of which too much lies beside is written anew, from the lake alone.
 */
export const writeChanges = async (
  engine: Engine,
  lists: KeptLists,
  copy: NewCopy,
  client: CopyClient,
  { earlier, subjects, tables, foldBeyond }: Changes,
): Promise<KeptList> => {
  const { subjects: size, whole, changed: before } = earlier
  const count = await copyIn(client, subjects, engine, changedSubjects, subjectColumns)
  if (count === 0) {
    await engine.run(`drop table ${changedSubjects}`)
    return { ...copy, subjects: size, whole, ...(before && { changed: before }) }
  }
  const rows: Record<string, string> = {}
  for (const part of tables) {
    const { table, columns, select } = part
    const fresh = await copyIn(client, select, engine, freshTable(table), columns)
    if (fresh > 0 || before?.rows[table] !== undefined) {
      rows[table] = `${copy.id}-${table}-changed.parquet`
      await engine.writeParquet(changedSql(lists, earlier, part), lists.path(rows[table]))
    }
    await engine.run(`drop table ${quoteName(freshTable(table))}`)
  }
  const replaced = `${copy.id}-subjects-changed.parquet`
  const all = before
    ? `select subject_id from ${changedSubjects} union select subject_id from ${parquetRelation([lists.path(before.subjects)])}`
    : `select subject_id from ${changedSubjects}`
  const { rows: beside } = await engine.writeParquet(all, lists.path(replaced))
  await engine.run(`drop table ${changedSubjects}`)
  const list = { ...copy, subjects: size, whole, changed: { rows, subjects: replaced } }
  return beside * foldBeyond > size ? fold(engine, lists, list, tables) : list
}

/** Writes a copy's whole files anew with what lies beside them. */
const fold = async (
  engine: Engine,
  lists: KeptLists,
  list: KeptList,
  tables: readonly KeptTable[],
): Promise<KeptList> => {
  const { changed: _beside, ...copy } = list
  const whole: Record<string, string[]> = {}
  const rows = new Map<string, number>()
  for (const table of tables) {
    const file = `${list.id}-${table.table}-folded.parquet`
    const written = await engine.writeParquet(rowsSql(lists, list, table), lists.path(file))
    whole[table.table] = [file]
    rows.set(table.table, written.rows)
  }
  return { ...copy, subjects: countSubjects(rows), whole }
}

/** SQL of a table of a copy. */
const rowsSql = (lists: KeptLists, { whole, changed }: KeptList, kept: KeptTable): string => {
  const files = whole[kept.table]?.map(lists.path) ?? []
  assert(files.length > 0, `a copy without the table ${kept.table}`)
  const names = nameList(kept.columns.map(({ name }) => name))
  if (changed === undefined) return `select ${names} from ${parquetRelation(files)}`
  const left = without(names, parquetRelation(files), kept, parquetRelation([lists.path(changed.subjects)]))
  const beside = changed.rows[kept.table]
  return beside ? `${left} union all select ${names} from ${parquetRelation([lists.path(beside)])}` : left
}

/** Fills the engine's tables from a copy; they hold on to none of its files. */
export const loadKept = async (
  engine: Engine,
  lists: KeptLists,
  list: KeptList,
  tables: readonly KeptTable[],
): Promise<void> => {
  for (const { table, columns } of tables) {
    await engine.run(createTable(table, columns))
    await engine.run(`insert into ${quoteName(table)} ${rowsSql(lists, list, { table, columns })}`)
  }
}
