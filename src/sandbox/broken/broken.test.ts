import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { canonicalJson } from '#base'
import { feedKinds } from '#exchange'
import { loadLayouts, parseFile } from '#exchange/server'
import { loadDivisions } from '../files/divisions.server.ts'
import { makeWorldFrom } from '../world/make-world.ts'
import { fateOf } from './fate.server.ts'
import { type BrokenFile, makeBrokenFiles } from './make-broken-files.server.ts'

const input = { region: '5329', persons: 24_000, seed: 7, businessDate: '2026-06-15' }
const world = makeWorldFrom(input, loadDivisions('5329'))
let folder = ''
let files: BrokenFile[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doudi-broken-'))
  files = await makeBrokenFiles(world, folder)
})
afterAll(() => rm(folder, { recursive: true }))

test('there are two hundred broken files of every kind, most of which keep their good rows', () => {
  expect(files).toHaveLength(200)
  expect(new Set(files.map((f) => f.fileName)).size).toBe(200)
  expect(new Set(files.map((f) => f.kind)).size).toBe(feedKinds.length)
  const kept = files.filter((f) => f.expect.outcome === 'read' && f.expect.accepted > 0)
  expect(kept.length).toBeGreaterThanOrEqual(120)
})

test('each broken file ends as it was declared', async () => {
  const layouts = await loadLayouts()
  const wrong: unknown[] = []
  for (const file of files) {
    const found = await fateOf(file, layouts, parseFile)
    if (canonicalJson(found) !== canonicalJson(file.expect)) wrong.push([file.fileName, file.expect, found])
  }
  expect(wrong).toEqual([])
})

test('the same world breaks its files in the same way', async () => {
  const again = await mkdtemp(join(tmpdir(), 'doudi-broken-'))
  const second = await makeBrokenFiles(makeWorldFrom(input, loadDivisions('5329')), again)
  const digest = async (path: string): Promise<string> =>
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex')
  for (const [i, file] of second.entries()) {
    expect(await digest(file.path), file.fileName).toBe(await digest((files[i] as BrokenFile).path))
  }
  await rm(again, { recursive: true })
})
