import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FeedKind, feedDefinition, feedKinds, type Layout, type Reject } from '#exchange'
import { loadLayouts, parseFile } from '#exchange/server'
import { rowTruthsOf } from '../truth/rows.ts'
import { makeWorldFrom } from '../world/make-world.ts'
import type { WorldRow } from '../world/rows.ts'
import { loadDivisions } from './divisions.server.ts'
import { placedColumns } from './places-in-layout.ts'
import { type WrittenFile, writeFeedFiles } from './write-feed-files.server.ts'

const input = { region: '5329', persons: 6000, seed: 7, businessDate: '2026-06-15' }
const world = makeWorldFrom(input, loadDivisions('5329'))
let folder = ''
let files: WrittenFile[] = []
let layouts: Layout[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doudi-sandbox-'))
  files = await writeFeedFiles(world, folder)
  layouts = await loadLayouts()
})
afterAll(() => rm(folder, { recursive: true }))

const read = async (file: WrittenFile) => {
  const accepted = new Map<string, readonly Record<string, unknown>[]>()
  const rejected = new Map<string, Reject>()
  const parsed = await parseFile({
    path: file.path,
    fileName: file.fileName,
    layouts: layouts.filter((l) => l.kind === file.kind),
    onRow: (row) => void accepted.set(`${row.sheet}:${row.line}`, row.rows),
    onReject: (reject) => void rejected.set(`${reject.sheet}:${reject.line}`, reject),
  })
  return { parsed, accepted, rejected }
}

test('the same world writes the same bytes', async () => {
  const again = await mkdtemp(join(tmpdir(), 'doudi-sandbox-'))
  const second = await writeFeedFiles(makeWorldFrom(input, loadDivisions('5329')), again)
  expect(second.map((f) => [f.fileName, f.sha256])).toEqual(files.map((f) => [f.fileName, f.sha256]))
  expect((await readdir(again)).sort()).toEqual(files.map((f) => f.fileName).sort())
  expect((await readFile(second[0]!.path)).length).toBeGreaterThan(1000)
  await rm(again, { recursive: true })
})

/** Fields whose day, or whose very presence, the sender's columns cannot say. */
const coarse: Readonly<Record<string, readonly string[]>> = { unemployment: ['registeredOn'] }

test.each(feedKinds)('every line of the %s file is read as the truth says', async (kind: FeedKind) => {
  const file = files.find((f) => f.kind === kind)!
  const { parsed, accepted, rejected } = await read(file)
  const rows: readonly WorldRow[] = world.feeds[kind]
  const truths = rowTruthsOf(world, kind)
  expect(parsed.kind).toBe(kind)
  expect(parsed.stats.received).toBe(file.lines.length)
  expect(parsed.sheets.map((s) => s.layoutId)).toEqual(expect.arrayContaining([...file.layouts]))
  for (const line of file.lines) {
    const at = `${line.sheet}:${line.line}`
    const truth = truths[line.rows[0]!]!
    const reject = rejected.get(at)
    if (truth.outcome === 'rejected') {
      expect(
        reject,
        `${kind} ${at} ${JSON.stringify(truth)} ${JSON.stringify(accepted.get(at))}`,
      ).toBeDefined()
      expect([reject!.column, reject!.reason], `${kind} ${at}`).toEqual([line.spoiled, truth.reason])
      continue
    }
    expect(reject, `${kind} ${at}`).toBeUndefined()
    const got = accepted.get(at)!
    expect(got, `${kind} ${at}`).toHaveLength(truth.outcome === 'no-record' ? 0 : line.rows.length)
    for (const [i, canonical] of got.entries()) {
      const wanted = rows[line.rows[i]!]!.values as unknown as Record<string, unknown>
      for (const [field, value] of Object.entries(canonical)) {
        if (coarse[kind]?.includes(field)) continue
        // Names of places cut out of an address are as good as the address.
        if (/(?:township|village)Name/u.test(field)) {
          expect(String(wanted[field]).includes(String(value)), `${kind} ${at} ${field}`).toBe(true)
          continue
        }
        expect(value, `${kind} ${at} ${field}`).toBe(wanted[field])
      }
      const layout = layouts.find(
        (l) => file.layouts.includes(l.id) && (l.carrier.sheet ?? '') === line.sheet,
      )
      const columns = new Set((layout ? placedColumns(layout) : []).map((c) => c.column.field))
      for (const [field, definition] of Object.entries(feedDefinition(kind).fields)) {
        if (field === 'townshipName' || field === 'villageName') continue
        if (definition.required || field === 'number' || columns.has(field)) {
          expect(canonical[field] === undefined, `${kind} ${at} ${field}`).toBe(wanted[field] === undefined)
        }
      }
    }
  }
})
