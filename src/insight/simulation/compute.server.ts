import type { BusinessDate } from '#base'
import type { Engine } from '#lake/server'

import type { SimulationQuestion } from './contract.ts'
import { judgeAll, type Missing } from './evaluate.queries.server.ts'
import { readyFacts } from './facts.queries.server.ts'
import { type Packs, planFor, sidesOn } from './plan.ts'
import { type Counted, type Slice, sliceOf } from './slice.ts'
import { listFrozenPlaces, loadFrozen, openFrozenEngine } from './snapshot.queries.server.ts'
import { type Tally, tallyAll } from './tally.queries.server.ts'

/** What came of a question, before it is put into words. */
export interface Figures {
  readonly slice: Slice
  readonly tally: Tally
  readonly missing: Missing
}

interface Wanted {
  /** Parameters whose values the packs themselves differ in. */
  readonly differing?: readonly string[]
  readonly counted?: Counted
}

/** The programmes that the changes of a question reach, and those of values that the packs themselves differ in. */
const sliceFor = (packs: Packs, question: SimulationQuestion, wanted: Wanted): Slice => {
  const { differing = [], counted = 'all' } = wanted
  const { before } = sidesOn(packs, question.changes, question.on as BusinessDate, question.region)
  const changed = {
    parameters: [...question.changes.map(({ parameter }) => parameter), ...differing],
    rules: question.rules.map(({ rule }) => rule),
  }
  return sliceOf(before, changed, counted)
}

/** Answers a question from frozen facts and packs alone: the same ones always give the same figures. */
export const compute = async (
  lakeDir: string,
  hash: string,
  packs: Packs,
  question: SimulationQuestion,
  wanted: Wanted = {},
): Promise<Figures> => {
  const slice = sliceFor(packs, question, wanted)
  const engine = await openFrozenEngine(lakeDir)
  try {
    await loadFrozen(engine, lakeDir, hash)
    return await figuresOf(engine, packs, question, slice)
  } finally {
    engine.close()
  }
}

const figuresOf = async (
  engine: Engine,
  packs: Packs,
  question: SimulationQuestion,
  slice: Slice,
): Promise<Figures> => {
  const on = question.on as BusinessDate
  const ready = await readyFacts(engine, packs.before, new Set(question.assumptions), on)
  const plan = planFor(packs, question, slice.parameters, await listFrozenPlaces(engine))
  const missing = await judgeAll(engine, plan, slice.reached, ready)
  return { slice, missing, tally: await tallyAll(engine, slice.reached, question.months) }
}
