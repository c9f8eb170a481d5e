import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { businessDate } from '#base'
import { runIncrement } from './increment.server.ts'
import { homeOf, openWorld, plan, type World, wageOf } from './pass-fixture.server.ts'
import { runAggregation, runFullPass, runJudging } from './run-pass.server.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const june = businessDate('2026-06-15')
const first = { wage: [wageOf(0, 202605, 500), wageOf(2, 202605, 5000)], home: [homeOf(3), homeOf(3)] }

test('a pass over everything finds what holds of each household', async () => {
  const state = await runFullPass(world.pass(), await world.inputs(first), 1)
  expect(await world.outcomes(state)).toEqual(['0: poor young 500', '1:  5000', '2: housed poor 0'])
  expect(await world.findings()).toEqual(['0 +poor', '0 +young', '2 +housed', '2 +poor'])
})

test('a wage counts for twelve months, the month of the day included', async () => {
  const wage = [wageOf(3, 202506, 1), wageOf(3, 202507, 10), wageOf(3, 202606, 100), wageOf(3, 202607, 1000)]
  const state = await runFullPass(world.pass(), await world.inputs({ wage }), 1)
  expect((await world.outcomes(state))[2]).toBe('2: poor 110')
})

test('a line of so much is not below it', async () => {
  for (const [amount, outcome] of [
    [999, '2: poor 999'],
    [1000, '2:  1000'],
    [1001, '2:  1001'],
  ] as const) {
    const state = await runFullPass(
      world.pass(),
      await world.inputs({ wage: [wageOf(3, 202605, amount)] }),
      amount,
    )
    expect((await world.outcomes(state))[2]).toBe(outcome)
  }
})

test('a row with another check character is another number; with another name it is doubt, and counts for nobody', async () => {
  const wage = [
    [1003, '1', null, 7003, 202605, 5000],
    [1003, 'X', null, 9999, 202605, 5000],
    [1003, 'X', null, null, 202605, 10],
  ] as const
  const state = await runFullPass(world.pass(), await world.inputs({ wage }), 1)
  expect((await world.outcomes(state))[2]).toBe('2: poor 10')
  expect(await world.engine.rows('select * from doubt')).toEqual([{ kind: 'wage', pid: 3, row_count: 1 }])
})

test('an identity that was set aside brings its rows to whom it was given', async () => {
  const rows = { wage: [[null, null, 5, 1, 202605, 70]], home: [[1003, 'X', 5, 1]] } as const
  const unknown = await runFullPass(world.pass(), await world.inputs(rows), 1)
  expect((await world.outcomes(unknown))[2]).toBe('2: poor 0')
  const known = await runFullPass(world.pass(), await world.inputs(rows, [[5, 3]]), 2)
  expect((await world.outcomes(known))[2]).toBe('2: poor 70')
})

test('new rows give every household what a pass over everything gives it', async () => {
  const before = await runFullPass(world.pass(), await world.inputs(first), 1)
  const more = { wage: [wageOf(1, 202606, 1500), wageOf(0, 202606, 400)], home: [homeOf(0), homeOf(2)] }
  const added = await runIncrement(world.pass(), plan.feeds, await world.inputs(more), 2, before)
  expect(await world.findings()).toEqual(['0 -poor'])
  const again = await runIncrement(
    world.pass(),
    plan.feeds,
    await world.inputs({ home: [homeOf(1)] }),
    3,
    added,
  )
  expect(await world.findings()).toEqual(['0 +housed'])
  const all = { wage: [...first.wage, ...more.wage], home: [...first.home, ...more.home, homeOf(1)] }
  const whole = await runFullPass(world.pass(), await world.inputs(all), 4)
  expect(await world.outcomes(again)).toEqual(await world.outcomes(whole))
  const night = await runJudging(world.pass(), 5, again)
  expect(await world.findings()).toEqual([])
  expect(await world.outcomes(night)).toEqual(await world.outcomes(whole))
  const anew = await runAggregation(world.pass(), await world.inputs({}), 6, again)
  expect(await world.outcomes(anew)).toEqual(await world.outcomes(whole))
})

test('a night later time alone ends what age had raised', async () => {
  const state = await runFullPass(world.pass(), await world.inputs(first), 1)
  await runJudging(world.pass(businessDate('2026-06-19')), 2, state)
  expect(await world.findings()).toEqual([])
  await runJudging(world.pass(businessDate('2026-06-20')), 3, state)
  expect(await world.findings()).toEqual(['0 -young'])
})

test('another line is told by whom it raises and ends', async () => {
  const state = await runFullPass(world.pass(), await world.inputs(first), 1)
  await world.table('line', 'county SMALLINT, line BIGINT', [
    [1, 5001],
    [2, 0],
  ])
  await runJudging(world.pass(), 2, state)
  expect(await world.findings()).toEqual(['1 +poor', '2 -poor'])
})

test('what becomes unknown ends nothing', async () => {
  const state = await runFullPass(world.pass(), await world.inputs({ wage: [wageOf(2, 202605, 10)] }), 1)
  expect(await world.findings()).toContain('1 +poor')
  const later = await runAggregation(world.pass(businessDate('2027-06-01')), await world.inputs({}), 2, state)
  expect(await world.findings()).not.toContain('1 -poor')
  expect((await world.outcomes(later))[1]).toBe('1:  ?poor 0')
})

test('what is kept is not taken for another month', async () => {
  const state = await runFullPass(world.pass(), await world.inputs(first), 1)
  await expect(runJudging(world.pass(businessDate('2026-07-01')), 2, state)).rejects.toThrow('another month')
  const july = await runAggregation(world.pass(businessDate('2027-05-01')), await world.inputs({}), 2, state)
  expect((await world.outcomes(july))[1]).toBe('1: ?poor 0'.replace(': ', ':  '))
  await expect(runIncrement(world.pass(june), plan.feeds, await world.inputs({}), 3, july)).rejects.toThrow(
    'another day',
  )
})

test('a state that was not finished is not there, and is swept; the one in force stays whole', async () => {
  const state = await runFullPass(world.pass(), await world.inputs(first), 1)
  const before = await world.outcomes(state)
  const night = await runJudging(world.pass(businessDate('2026-06-20')), 2, state)
  const folder = join(world.lakeDir, 'state')
  writeFileSync(join(folder, 'files', '000000003-outcome-0.parquet'), 'half')
  writeFileSync(join(folder, '.draft-000000003.json-x'), '{')
  expect(world.files.generations()).toEqual([1, 2])
  // The night's findings were not kept: state 1 is the one in force, and the files of 2 go.
  expect(world.files.sweep([1])).toBeGreaterThan(0)
  expect(world.files.generations()).toEqual([1])
  expect(existsSync(join(folder, 'files', night.files.outcome[0] ?? ''))).toBe(false)
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([])
  expect(await world.outcomes(world.files.read(1))).toEqual(before)
})
