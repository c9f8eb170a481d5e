import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { claimFolder } from './claim.server.ts'
import { removeAbandoned } from './cluster.server.ts'

const hourMs = 3_600_000
let root: string
let temporary: string

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'doudi-cluster-')))
  temporary = join(root, 'tmp')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** A cluster of so many hours ago, in a base of its own, with the data folder it was made for. */
const aCluster = (name: string, { hours = 2, dataDir = join(temporary, name), owned = true } = {}) => {
  const home = join(root, 'base', 'clusters', name)
  mkdirSync(join(home, 'data'), { recursive: true })
  if (owned) writeFileSync(join(home, 'owner.json'), JSON.stringify({ dataDir }))
  const age = () =>
    utimesSync(home, new Date(Date.now() - hours * hourMs), new Date(Date.now() - hours * hourMs))
  age()
  return { home, dataDir, age }
}
const point = (dataDir: string, home: string): void => {
  mkdirSync(join(dataDir, 'postgres'), { recursive: true })
  writeFileSync(join(dataDir, 'postgres', 'place.json'), JSON.stringify({ home, dataDir }))
}
const sweep = () => removeAbandoned(temporary, Date.now() - hourMs, [join(root, 'base'), join(root, 'none')])

test('a cluster whose temporary data folder is gone is removed, also when that name points elsewhere now', () => {
  const gone = aCluster('gone')
  const replaced = aCluster('replaced')
  point(replaced.dataDir, join(root, 'base', 'clusters', 'another'))
  expect(sweep().toSorted()).toEqual([gone.home, replaced.home])
  expect(existsSync(gone.home)).toBe(false)
})

test('a cluster that is named, held, young, of a lasting folder or of an unknown one stays', () => {
  const named = aCluster('named')
  point(named.dataDir, named.home)
  const held = aCluster('held')
  claimFolder(held.home)
  held.age()
  const kept = [
    named,
    held,
    aCluster('young', { hours: 0 }),
    aCluster('lasting', { dataDir: '/srv/doudi/data' }),
    aCluster('unknown', { owned: false }),
  ]
  expect(sweep()).toEqual([])
  for (const { home } of kept) expect(existsSync(home)).toBe(true)
})
