import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadDivisions } from '../files/divisions.server.ts'
import { makeWorldFrom } from '../world/make-world.ts'
import { type BrokenFile, makeBrokenFiles } from './make-broken-files.server.ts'
import { readInChild } from './read-in-child.server.ts'

const input = { region: '5329', persons: 24_000, seed: 7, businessDate: '2026-06-15' }
let folder = ''
let files: BrokenFile[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doudi-broken-'))
  files = await makeBrokenFiles(makeWorldFrom(input, loadDivisions('5329')), folder)
}, 120_000)
afterAll(() => rm(folder, { recursive: true }))

/** The first file of every fifth breaker, and of those that strain memory. All of them are read by `npm run test:long`. */
const fewOf = (all: readonly BrokenFile[]): BrokenFile[] => {
  const breakers = [...new Set(all.map(({ breaker }) => breaker))]
  const chosen = breakers.filter(
    (name, at) => at % 4 === 0 || ['huge-cells', 'bomb', 'open-quotes'].includes(name),
  )
  return chosen.flatMap((name) => all.find(({ breaker }) => breaker === name) ?? [])
}

test('a broken file ends as declared when read in a child, in its time, and this process hardly grows', async () => {
  const few = fewOf(files)
  expect(few.length).toBeGreaterThanOrEqual(15)
  const { wrong, seconds, parentGrewMiB } = await readInChild(few)
  expect(wrong).toEqual([])
  expect(seconds).toBeLessThan(25)
  expect(parentGrewMiB).toBeLessThan(64)
}, 120_000)
