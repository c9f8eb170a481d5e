/**
 * A program of its own, to be killed: goes on with the life of a province from where PostgreSQL says that it stands. Tells
 * each stage as it begins (`at STEP STAGE`) and each state that is in force (`force NUMBER`).
 */
import { createInterface } from 'node:readline'
import pg from 'pg'
import type { State } from '#lake'
import { clearTempDir, openEngine, type Pass, type StateFiles, stateFiles } from '#lake/server'
import { commitChanges } from '../pass/commit.ts'
import { yardstickPlan } from '../pass/plan.ts'
import { alerting, judgingOf, loadThresholds, yardstickForce } from '../pass/setting.ts'
import { lockOfPass } from './record.queries.server.ts'
import { type Step, type StepWorld, scoreOf, steps } from './steps.ts'

/** What the program is told, as its only argument. */
export interface LifeOrder {
  readonly ownerUrl: string
  readonly provinceDir: string
  readonly lakeDir: string
  readonly tempDir: string
  /** Whether it waits for a line of input after each step. */
  readonly rests: boolean
}

const memoryMiB = 600
const policyShiftFen = 2000

const order: LifeOrder = JSON.parse(process.argv[2] ?? '')
const tell = (line: string): void => {
  process.stdout.write(`${line}\n`)
}
const heard = createInterface({ input: process.stdin })
// Whoever started this program is gone.
heard.once('close', () => process.exit(1))
const answers = heard[Symbol.asyncIterator]()

const makeState = async (
  world: StepWorld,
  step: Step,
  generation: number,
  before: State | undefined,
): Promise<State> => {
  await loadThresholds(world.engine, step.shifted ? policyShiftFen : 0)
  // A stage begins where the one before it ends.
  const begun = [...step.stages, 'commit']
  const onStage = (ended: string): void => tell(`at ${step.name} ${begun[begun.indexOf(ended) + 1]}`)
  tell(`at ${step.name} ${begun[0]}`)
  const pass: Pass = { ...world.pass, span: step.span, onStage }
  return step.run({ ...world, pass }, generation, before)
}

const live = async (client: pg.Client, files: StateFiles, world: StepWorld, from: number): Promise<void> => {
  let generation = from
  let state = generation > 0 ? files.read(generation) : undefined
  for (const step of steps.slice(0, from)) await scoreOf(world, step)
  for (const step of steps.slice(from)) {
    await scoreOf(world, step)
    state = await makeState(world, step, generation + 1, state)
    await commitChanges(world.engine, { client }, state.generation, step.span.today)
    generation = state.generation
    tell(`force ${generation}`)
    tell(`at ${step.name} sweep`)
    files.sweep([generation])
    tell(`done ${generation}`)
    if (order.rests) await answers.next()
  }
}

const client = new pg.Client({ connectionString: order.ownerUrl })
await client.connect()
const generation = await lockOfPass(client)
clearTempDir(order.tempDir)
const files = stateFiles(order.lakeDir)
files.sweep(generation > 0 ? [generation] : [])
const directories = [order.provinceDir, order.lakeDir]
const engine = await openEngine({ tempDir: order.tempDir, directories, memoryMiB, threads: 2 })
const thresholds = await loadThresholds(engine)
const judging = judgingOf(yardstickForce())
const span = steps[0]?.span
if (!span) throw new Error('a life without steps')
const pass: Pass = { engine, files, plan: yardstickPlan, span, judging, alerting, thresholds }
await live(client, files, { engine, pass, provinceDir: order.provinceDir, known: new Set() }, generation)
engine.close()
await client.end()
process.exit(0)
