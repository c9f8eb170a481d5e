import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadLayouts, parseFile } from '#exchange/server'
import { loadDivisions } from '../files/divisions.server.ts'
import { outcomesOf } from '../truth/alerts.ts'
import { makeUploadSample } from '../upload/make-upload-sample.server.ts'
import { makeWorldFrom } from '../world/make-world.ts'
import { planChanges } from './plan-changes.ts'
import { writeChangeFiles } from './write-change-files.server.ts'

const input = { region: '5329', persons: 6000, seed: 7, businessDate: '2026-06-15' }
const world = makeWorldFrom(input, loadDivisions('5329'))
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doudi-changes-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('fifty changes raise fifty alerts and touch nothing else', () => {
  const plan = planChanges(world, 50)
  expect(plan.changes).toHaveLength(50)
  expect(new Set(plan.changes.map((c) => c.alert.subject)).size).toBe(50)
  expect(new Set(plan.changes.map((c) => c.alert.indicator)).size).toBe(15)
  const before = outcomesOf(world)
  const after = outcomesOf(world, plan.rows)
  const key = (a: { subject: string; indicator: string }): string => `${a.subject}|${a.indicator}`
  const known = new Set(before.alerts.map(key))
  const added = after.alerts.filter((a) => !known.has(key(a)))
  expect(added.map(key)).toEqual(plan.changes.map((c) => key(c.alert)))
  expect(after.alerts).toHaveLength(before.alerts.length + 50)
  expect(after.unknown).toEqual(before.unknown)
})

test('the same world plans the same changes', () => {
  expect(planChanges(world, 20)).toEqual(planChanges(makeWorldFrom(input, loadDivisions('5329')), 20))
})

test('change files hold the planned rows, all of them good, of the month of the business date', async () => {
  const plan = planChanges(world, 50)
  const layouts = await loadLayouts()
  const files = await writeChangeFiles(world, plan, folder)
  let rows = 0
  for (const file of files) {
    const { stats } = await parseFile({
      path: file.path,
      fileName: file.fileName,
      layouts: layouts.filter((l) => l.kind === file.kind),
    })
    expect(stats.rejected, file.kind).toBe(0)
    expect(file.period).toBe('2026-06')
    for (const month of Object.keys(stats.months)) expect(month, file.kind).toBe('2026-06')
    rows += stats.canonicalRows
  }
  expect(rows).toBe(50)
})

test('the upload sample has exactly the bad rows and the red alerts it declares', async () => {
  const sample = await makeUploadSample(world, { rows: 1000, bad: 37 }, folder)
  const layouts = await loadLayouts()
  const { stats } = await parseFile({
    path: sample.file.path,
    fileName: sample.file.fileName,
    layouts: layouts.filter((l) => l.kind === 'deaths'),
  })
  expect(stats).toMatchObject({ received: 1000, accepted: 963, rejected: 37 })
  expect(Object.keys(stats.rejectedBecause).length).toBeGreaterThanOrEqual(7)
  expect(sample.alerts).toHaveLength(8)
  expect(sample.alerts.every((a) => a.indicator === 'member-died' && a.grade === 'red')).toBe(true)
})
