import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drawsOf } from '#testing/killed-life/draw.ts'
import { type KillFigures, liveKilled, type Reference, takeReference } from '#testing/killed-life/kills.ts'
import {
  beginLife,
  endLife,
  type Life,
  type LifePlan,
  openOwnRecord,
  planLife,
} from '#testing/killed-life/life.ts'

// `KILLS` and `KILL_SEED` in the environment ask for fewer, or for other moments.
const kills = Number(process.env.KILLS ?? 200)
const seed = Number(process.env.KILL_SEED ?? 1)
const lives = 2
const databaseEvery = 15

let plan: LifePlan
let undisturbed: Life
let reference: Reference
beforeAll(async () => {
  plan = await planLife(800, 60)
  undisturbed = await beginLife(plan, 'undisturbed', openOwnRecord)
  reference = await takeReference(plan, undisturbed)
}, 600_000)
afterAll(async () => {
  await endLife(undisturbed)
  rmSync(plan.folder, { recursive: true, force: true })
})

/** One life after the other until so many kills are done. */
const killMany = async (name: string, count: number, draw: () => number): Promise<KillFigures[]> => {
  const all: KillFigures[] = []
  for (let left = count; left > 0; ) {
    const life = await beginLife(plan, `${name}${all.length}`, openOwnRecord, undisturbed)
    const print = (line: string) => console.log(`${name}${all.length} ${line}`)
    const figures = await liveKilled(plan, life, reference, { count: left, draw, databaseEvery, print })
    await endLife(life)
    all.push(figures)
    left -= figures.kills
    if (figures.problems.length > 0) break
  }
  return all
}

const sumOf = (all: readonly KillFigures[]): Record<string, number> => {
  const sum: Record<string, number> = {}
  for (const { byStage } of all)
    for (const [stage, count] of Object.entries(byStage)) sum[stage] = (sum[stage] ?? 0) + count
  return sum
}

test(`${kills} kills at random moments of imports, scans and changes leave what an undisturbed life leaves`, async () => {
  console.log(`seed ${seed}`)
  const each = Array.from({ length: lives }, (_, at) =>
    killMany(`life ${'ab'[at]}`, Math.ceil(kills / lives), drawsOf(seed * 1000 + at)),
  )
  const all = (await Promise.all(each)).flat()
  const count = (of: 'kills' | 'databaseKills' | 'waited') => all.reduce((sum, one) => sum + one[of], 0)
  console.log(sumOf(all), {
    lives: all.length,
    kills: count('kills'),
    databaseKills: count('databaseKills'),
    waited: count('waited'),
  })
  expect(all.flatMap(({ problems }) => problems)).toEqual([])
  expect(count('kills')).toBeGreaterThanOrEqual(kills)
}, 3_600_000)
