import type { ChildProcess } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Engine, openEngine } from '#lake/server'
import { openOwnRecord, type PassRecord } from '../pass/record.ts'
import type { LifeOrder } from './child.ts'
import { type Digest, differences, digestOf, filesBelow } from './look.ts'
import {
  countAbove,
  forgetAll,
  generationInForce,
  listAlerts,
  lockOfPass,
  releasePass,
} from './record.queries.server.ts'
import { type Aim, type Place, places, runAndKill, runUndisturbed } from './run-child.ts'
import { steps } from './steps.ts'

export interface KillFigures {
  /** Kills by the stage in which they fell. */
  readonly kills: Readonly<Record<Place, number>>
  readonly databaseKills: number
  readonly lives: number
  /** Kills after which the state that was being made was found in force. */
  readonly foundCommitted: number
  /** What was not as in the undisturbed life. */
  readonly problems: readonly string[]
}

/** What an undisturbed life leaves after each step. */
interface Reference {
  readonly states: ReadonlyMap<number, { readonly digest: Digest; readonly alerts: readonly string[] }>
  readonly files: readonly string[]
  readonly took: ReadonlyMap<Place, number>
}

interface World {
  readonly dataDir: string
  readonly order: Omit<LifeOrder, 'ownerUrl'>
  readonly engine: Engine
  readonly draw: () => number
  record: PassRecord
  ownerUrl: string
}

const lookingMemoryMiB = 400
const progressStep = 20
const killsOfStepPerLife = 8
const databaseShare = 0.2

const openAgain = async (dataDir: string): Promise<PassRecord> => {
  const record = await openOwnRecord(dataDir)
  record.client.on('error', () => undefined) // it is killed under us
  return record
}

const reset = async ({ record, order }: World): Promise<void> => {
  await forgetAll(record.client)
  rmSync(order.lakeDir, { recursive: true, force: true })
  mkdirSync(order.lakeDir, { recursive: true })
}

const orderOf = (world: World): LifeOrder => ({ ...world.order, ownerUrl: world.ownerUrl })

const takeReference = async (world: World): Promise<Reference> => {
  await reset(world)
  const states = new Map<number, { digest: Digest; alerts: string[] }>([[0, { digest: [], alerts: [] }]])
  const took = await runUndisturbed(orderOf(world), async (generation) => {
    const digest = await digestOf(world.engine, world.order.lakeDir, generation)
    states.set(generation, { digest, alerts: await listAlerts(world.record.client) })
  })
  return { states, took, files: filesBelow(world.order.lakeDir) }
}

/** Looks at what a kill left; gives the number in force and what is wrong. */
const lookAfter = async (
  world: World,
  reference: Reference,
  said: number,
): Promise<{ readonly generation: number; readonly problems: readonly string[] }> => {
  const { client } = world.record
  const generation = await lockOfPass(client)
  const problems: string[] = []
  if (generation !== said && generation !== said + 1)
    problems.push(`state ${generation} is in force after ${said}`)
  const above = await countAbove(client, generation)
  if (above > 0) problems.push(`${above} alerts of a state that is not in force`)
  const expected = reference.states.get(generation)
  problems.push(...differences(await listAlerts(client), expected?.alerts ?? []))
  const digest = await digestOf(world.engine, world.order.lakeDir, generation).catch((error) => [
    String(error),
  ])
  problems.push(...differences(digest, expected?.digest ?? []))
  await releasePass(client)
  return { generation, problems }
}

/** One kill in five takes PostgreSQL along, before or after the program. */
const strikeOf = (world: World, onDatabase: () => void) => (child: ChildProcess) => {
  const [alsoDatabase, databaseFirst] = [world.draw() < databaseShare, world.draw() < 0.5]
  const strikes = [
    () => child.kill('SIGKILL'),
    ...(alsoDatabase ? [() => process.kill(world.record.postmaster, 'SIGKILL')] : []),
  ]
  for (const strike of databaseFirst ? strikes.toReversed() : strikes) strike()
  if (alsoDatabase) onDatabase()
}

/** A stage of each step still to come, and a moment in it. */
const aimsOf = (world: World, { took }: Reference, from: number, left: readonly number[]): Aim[] =>
  steps.slice(from).flatMap(({ name }, at) => {
    if ((left[from + at] ?? 0) <= 0) return []
    const stages = places(from).filter((place) => place.startsWith(`${name} `))
    const place = stages[Math.floor(world.draw() * stages.length)] ?? `${name} commit`
    return [{ place, afterMs: world.draw() * (took.get(place) ?? took.get(`${steps[0]?.name} start`) ?? 0) }]
  })

const openWorld = async (work: string, provinceDir: string, draw: () => number): Promise<World> => {
  const dataDir = join(work, 'record')
  const lakeDir = join(work, 'lake')
  mkdirSync(lakeDir, { recursive: true })
  const record = await openAgain(dataDir)
  const engine = await openEngine({
    tempDir: join(work, 'looking'),
    directories: [lakeDir],
    memoryMiB: lookingMemoryMiB,
    threads: 2,
  })
  const order = { provinceDir, lakeDir, tempDir: join(work, 'tmp'), rests: false }
  return { dataDir, order, engine, draw, record, ownerUrl: record.url }
}

/** Kills the life of a province so many times, over as many lives as that takes, and compares each with an undisturbed one. */
export const killLives = async (
  work: string,
  provinceDir: string,
  count: number,
  draw: () => number,
  print: (line: string) => void,
  isAskedToStop: () => boolean,
): Promise<KillFigures> => {
  const world = await openWorld(work, provinceDir, draw)
  const kills: Record<Place, number> = {}
  const problems: string[] = []
  let [done, databaseKills, lives, foundCommitted] = [0, 0, 0, 0]
  try {
    const reference = await takeReference(world)
    print(
      `undisturbed: ${[...reference.took].map(([place, ms]) => `${place} ${Math.round(ms)}`).join(', ')} ms`,
    )
    while (done < count && !isAskedToStop()) {
      await reset(world)
      lives += 1
      const left = steps.map(() => killsOfStepPerLife)
      for (let generation = 0; generation < steps.length; ) {
        const aims = done < count && !isAskedToStop() ? aimsOf(world, reference, generation, left) : []
        let databaseDied = false
        const strike = strikeOf(world, () => {
          databaseDied = true
        })
        const { killedAt, said } = await runAndKill(orderOf(world), generation, aims, strike)
        if (databaseDied) {
          await world.record.stop()
          world.record = await openAgain(world.dataDir)
          world.ownerUrl = world.record.url
          databaseKills += 1
        }
        const seen = await lookAfter(world, reference, said)
        for (const problem of seen.problems) problems.push(`life ${lives}, ${killedAt ?? 'end'}: ${problem}`)
        if (killedAt === undefined) break
        kills[killedAt] = (kills[killedAt] ?? 0) + 1
        done += 1
        if (done % progressStep === 0) print(`${done} kills, ${problems.length} differences`)
        if (seen.generation > said) foundCommitted += 1
        const step = steps.findIndex(({ name }) => killedAt.startsWith(`${name} `))
        left[step] = (left[step] ?? 0) - 1
        generation = seen.generation
        if (seen.problems.length > 0) return { kills, databaseKills, lives, foundCommitted, problems }
      }
      await finish(world, reference, lives, problems)
      print(`life ${lives} is over: ${done} kills, ${problems.length} differences`)
    }
    return { kills, databaseKills, lives, foundCommitted, problems }
  } finally {
    world.engine.close()
    await world.record.stop()
  }
}

/** Looks at the end of a life: its last state is in force, and the lake holds its files and no other. */
const finish = async (
  world: World,
  reference: Reference,
  life: number,
  problems: string[],
): Promise<void> => {
  const generation = await generationInForce(world.record.client)
  if (generation !== steps.length) problems.push(`life ${life} ends with state ${generation}`)
  // A kill in the last sweep leaves files that the next start sweeps.
  if (filesBelow(world.order.lakeDir).length > reference.files.length)
    await runAndKill(orderOf(world), generation, [], () => undefined)
  const differing = differences(filesBelow(world.order.lakeDir), reference.files)
  problems.push(...differing.map((line) => `life ${life}, file ${line}`))
}
