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

test('each broken file ends as declared when read in a child, in its time, and this process hardly grows', async () => {
  const measured = await readInChild(files)
  const { wrong, seconds, parentGrewMiB, kept } = measured
  console.log(
    `${files.length} files: at most ${seconds.toFixed(1)} s and ${parentGrewMiB.toFixed(1)} MiB, ${kept} with rows kept`,
  )
  expect(wrong).toEqual([])
  expect(kept).toBeGreaterThanOrEqual(120)
  expect(seconds).toBeLessThan(25)
  expect(parentGrewMiB).toBeLessThan(64)
}, 1_200_000)
