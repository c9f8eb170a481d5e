/** An invented province, the same for a number of persons and a seed: people, registry, department rows, two deltas. */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeFeeds } from './feeds.server.ts'
import { makeHouseholds } from './households.server.ts'
import { findManifest, generatorVersion, type Manifest, writeManifest } from './manifest.server.ts'
import { makePeople } from './people.server.ts'
import { writeRaw } from './raw.server.ts'
import { writeRegistry } from './registry.server.ts'
import { openSession, type Session } from './session.server.ts'
import { makeSlips } from './slips.server.ts'

export interface ProvinceSpec {
  readonly persons: number
  readonly seed: number
  /** The folder provinces are kept in; without one `DOUDI_BENCH_CACHE`, or `doudi-bench` among temporary files. */
  readonly dir?: string
}

export interface Province {
  /** The folder with `clear/`, `registry/`, `feeds/`, `delta1/`, `delta12/`. Nobody changes what stands in it. */
  readonly dir: string
  readonly manifest: Manifest
  /** Whether it was made now. */
  readonly fresh: boolean
}

export const cacheRoot = (): string => process.env.DOUDI_BENCH_CACHE || join(tmpdir(), 'doudi-bench')

/** The province, made if it is not kept yet. A half-made one is thrown away: it is moved into place when it is whole. */
export const generateProvince = async ({ persons, seed, dir }: ProvinceSpec): Promise<Province> => {
  const root = dir ?? cacheRoot()
  const folder = join(root, `v${generatorVersion}-${persons}-${seed}`)
  const kept = findManifest(folder)
  if (kept) return { dir: folder, manifest: kept, fresh: false }
  mkdirSync(root, { recursive: true })
  sweep(root)
  const work = mkdtempSync(join(root, `making-${process.pid}-`))
  const draft = join(work, 'province')
  const session = await openSession(join(work, 'work.duckdb'), join(work, 'spill'))
  try {
    const manifest = await make(session, draft, seed, persons)
    // Where another process was faster, its province stays: somebody may be reading it, and it is the same.
    if (!findManifest(folder)) {
      rmSync(folder, { recursive: true, force: true })
      renameSync(draft, folder)
    }
    return { dir: folder, manifest, fresh: true }
  } finally {
    session.close()
    rmSync(work, { recursive: true, force: true })
  }
}

/** Removes what processes that were killed while making a province left behind. */
const sweep = (root: string): void => {
  for (const name of readdirSync(root)) {
    const maker = Number(/^making-(\d+)-/.exec(name)?.[1])
    if (maker && !isAlive(maker)) rmSync(join(root, name), { recursive: true, force: true })
  }
}

const isAlive = (maker: number): boolean => {
  try {
    return process.kill(maker, 0)
  } catch (error) {
    // Somebody else's process may not be signalled, but it runs.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const make = async (session: Session, draft: string, seed: number, persons: number): Promise<Manifest> => {
  const began = performance.now()
  const tell = (step: string) => {
    if (process.env.DOUDI_BENCH_VERBOSE)
      console.error(`${step} ${((performance.now() - began) / 1000).toFixed(1)} s`)
  }
  const all = await makeHouseholds(session, seed, persons)
  tell('households')
  await makePeople(session, seed, all)
  tell('people')
  await makeSlips(session, seed, persons)
  tell('slips')
  await writeRegistry(session, draft, seed)
  tell('registry')
  await writeFeeds(session, draft, seed, persons)
  tell('feeds')
  await writeRaw(session, draft)
  tell('raw')
  return writeManifest(
    session,
    draft,
    { persons, seed },
    () => Math.round((performance.now() - began) / 100) / 10,
  )
}
