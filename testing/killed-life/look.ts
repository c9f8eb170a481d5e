import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { keptFiles, keptLists, openEngine } from '#lake/server'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import type { Life } from './life.ts'
import { factRows, lastScan, listsInForce, namesOfIds, plainly, rowsOfRecord } from './look.queries.server.ts'

/** What stands in an installation, by what it is of: lines that two lives can be compared by. */
export type Sight = ReadonlyMap<string, readonly string[]>

const factTables = ['household', 'member', 'lead', 'region']

/** Every file below a folder, by its path there. */
const filesBelow = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .flatMap((entry) => (entry.isFile() ? [relative(folder, join(entry.parentPath, entry.name))] : []))
        .toSorted()
    : []

/** What the record holds, and the facts that the last scan kept in the lake. */
export const sightOf = async ({ installation, dataDir }: Life): Promise<Sight> => {
  const { database } = installation
  const { names, rows, scan } = await inScope(database, everywhere, async (tx) => {
    const names = await namesOfIds(tx)
    return { names, rows: await rowsOfRecord(tx, names), scan: await lastScan(tx) }
  })
  if (!scan) return rows
  const lakeDir = join(dataDir, 'lake')
  const engine = await openEngine({
    tempDir: join(dataDir, 'looking'),
    directories: [lakeDir],
    memoryMiB: 256,
    threads: 1,
  })
  try {
    const facts = new Map<string, readonly string[]>()
    for (const table of factTables) {
      const path = join(lakeDir, 'scan-facts', scan, `${table}.parquet`)
      facts.set(
        `facts of ${table}`,
        (await factRows(engine, path)).map((row) => plainly(row, names)).toSorted(),
      )
    }
    return new Map([...rows, ...facts])
  } finally {
    engine.close()
  }
}

const shown = 60

/** A line from a little before where it begins to differ from another one. */
const partOf = (line: string, other = ''): string => {
  const at = [...line].findIndex((sign, index) => sign !== other[index])
  return line.slice(Math.max(0, at - shown), at + shown)
}

/** How two sights differ: which lines one has more often than the other. At most so many are told of each table. */
export const differences = (found: Sight, expected: Sight, most = 3): string[] => {
  const tables = new Set([...found.keys(), ...expected.keys()])
  return [...tables].flatMap((table) => {
    const counts = new Map<string, number>()
    for (const line of found.get(table) ?? []) counts.set(line, (counts.get(line) ?? 0) + 1)
    for (const line of expected.get(table) ?? []) counts.set(line, (counts.get(line) ?? 0) - 1)
    const tooMany = [...counts].flatMap(([line, count]) => (count > 0 ? [line] : []))
    const missing = [...counts].flatMap(([line, count]) => (count < 0 ? [line] : []))
    if (tooMany.length + missing.length === 0) return []
    return [
      `${table}: ${tooMany.length} lines too many, ${missing.length} missing`,
      ...tooMany.slice(0, most).map((line, at) => `${table}: too many …${partOf(line, missing[at])}…`),
      ...missing.slice(0, most).map((line, at) => `${table}: missing …${partOf(line, tooMany[at])}…`),
    ]
  })
}

/** Files in the data folder that nobody names after a scan, and such as are named and not there. */
export const strayFiles = async (life: Life, expected?: readonly string[]): Promise<string[]> => {
  const { dataDir, installation } = life
  const lakeDir = join(dataDir, 'lake')
  const inForce = await inScope(installation.database, everywhere, listsInForce)
  const kept = keptFiles(lakeDir).find(({ id }) => id === inForce.kept)
  const copy = keptLists(lakeDir).find(inForce.registry ?? '')
  if (!kept || !copy) return ['what is in force is not in the lake']
  const listName = `${String(kept.generation).padStart(9, '0')}.json`
  const named = new Set([
    `kept/${listName}`,
    ...namesIn(kept).map((file) => `kept/files/${file}`),
    `registry/${copy.id}.json`,
    ...namesIn(copy).map((file) => `registry/files/${file}`),
  ])
  const there = filesBelow(lakeDir).filter((path) => /^(?:kept|registry)\//u.test(path))
  const stray = there.filter((path) => !named.has(path)).map((path) => `stray: ${path}`)
  const gone = [...named].filter((path) => !there.includes(path)).map((path) => `gone: ${path}`)
  const others = await otherFiles(life)
  const differ = expected ? differences(new Map([['files', others]]), new Map([['files', expected]])) : []
  return [...stray, ...gone, ...differ]
}

/** All names of files in a list, whatever it calls them. */
const namesIn = (list: unknown): string[] => {
  if (typeof list === 'string') return list.endsWith('.parquet') ? [list] : []
  return typeof list === 'object' && list !== null ? Object.values(list).flatMap(namesIn) : []
}

/** Files of the lake that no list names, and of the inbox, with what their ids stand for. */
export const otherFiles = async ({ dataDir, installation }: Life): Promise<string[]> => {
  const names = await inScope(installation.database, everywhere, namesOfIds)
  const inLake = filesBelow(join(dataDir, 'lake')).filter((path) => !/^(?:kept|registry)\//u.test(path))
  const inInbox = filesBelow(join(dataDir, 'inbox')).map((path) => `inbox ${path}`)
  return [...inLake, ...inInbox].map((path) => plainly(path, names)).toSorted()
}
