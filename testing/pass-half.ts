import pg from 'pg'
import { businessDate } from '#base'
import { commitChanges } from '../bench/pass/commit.ts'
import { runIncrement } from '../src/lake/pass/increment.server.ts'
import { homeOf, openWorld, plan, wageOf } from '../src/lake/pass/pass-fixture.server.ts'
import { runFullPass, runJudging } from '../src/lake/pass/run-pass.server.ts'
import type { State } from '../src/lake/pass/state.ts'

// A program of its own, to be killed: lives three passes from where PostgreSQL says that it stands, and stands still where
// it is told to, as `2 match`. Arguments: folder, owner's URL, the place.

const [, , folder = '', ownerUrl = '', place = ''] = process.argv
const [first, second] = [businessDate('2026-06-15'), businessDate('2026-06-20')]
const client = new pg.Client({ connectionString: ownerUrl })
await client.connect()
// Whoever was killed may have a commit under way; its connection holds this until that is decided.
await client.query('select pg_advisory_lock(1)')
const { rows } = await client.query<{ generation: number }>('select generation from lake_state')
let generation = rows[0]?.generation ?? 0
const world = await openWorld(folder)
world.files.sweep(generation > 0 ? [generation] : [])
let state = generation > 0 ? world.files.read(generation) : undefined

const standAt = (here: string): void => {
  if (here !== place) return
  process.stdout.write('standing\n')
  // Long enough to be killed, and over by itself when nobody does.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000)
}
const before = (): State => {
  if (!state) throw new Error('no state before this one')
  return state
}
const feeds = { wage: [wageOf(0, 202605, 500), wageOf(2, 202605, 5000)], home: [homeOf(3), homeOf(3)] }
const added = { wage: [wageOf(1, 202606, 1500), wageOf(0, 202606, 400)], home: [homeOf(0), homeOf(2)] }
const passOf = (today: typeof first) => ({
  ...world.pass(today),
  onStage: (stage: string) => standAt(`${generation + 1} ${stage}`),
})
const passes = [
  async () => runFullPass(passOf(first), await world.inputs(feeds), 1),
  async () => runIncrement(passOf(first), plan.feeds, await world.inputs(added), 2, before()),
  () => runJudging(passOf(second), 3, before()),
]
for (const pass of passes.slice(generation)) {
  state = await pass()
  if (place === `${state.generation} commit`) process.stdout.write('standing\n')
  await commitChanges(world.engine, { client }, state.generation, state.today)
  generation = state.generation
  standAt(`${generation} sweep`)
  world.files.sweep([generation])
}
world.close()
await client.end()
