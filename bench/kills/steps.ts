import { join } from 'node:path'
import { businessDate } from '#base'
import { type DaySpan, type State, spanOf } from '#lake'
import { type Engine, type Pass, runAggregation, runFullPass, runIncrement, runJudging } from '#lake/server'
import { scoreAsides } from '../pass/asides.ts'
import { feedOf, inputsOf } from '../pass/inputs.ts'
import { yardstickPlan } from '../pass/plan.ts'
import { span } from '../pass/setting.ts'

/** What a step works with; `known` are the identities that were scored before. */
export interface StepWorld {
  readonly engine: Engine
  readonly pass: Pass
  readonly provinceDir: string
  readonly known: Set<number>
}

/** One step of a province's life: it makes the state whose number is its place in the list, counted from 1. */
export interface Step {
  readonly name: string
  readonly span: DaySpan
  /** Whether the standards are those of after the change of policy. */
  readonly shifted: boolean
  /** Identities set aside that are scored before it, as a file below `clear/`. */
  readonly asides?: string
  /** The stages that the pass tells, in order. */
  readonly stages: readonly string[]
  readonly run: (world: StepWorld, generation: number, before: State | undefined) => Promise<State>
}

const yesterday = spanOf(businessDate('2026-06-14'), span.base)

const needed = (before: State | undefined): State => {
  if (!before) throw new Error('a step without the state before it')
  return before
}

const increment = (name: string): Step => ({
  name,
  span,
  shifted: true,
  asides: `${name}/aside.parquet`,
  stages: ['match', 'aggregate', 'judge', 'publish'],
  run: ({ pass, provinceDir }, generation, before) => {
    const inputs = { ...inputsOf(provinceDir), feed: feedOf(provinceDir, name) }
    return runIncrement(pass, yardstickPlan.feeds, inputs, generation, needed(before))
  },
})

/** The life of a province: everything, the next night, the first of a month, a change of policy, two days' new rows. */
export const steps: readonly Step[] = [
  {
    name: 'full',
    span: yesterday,
    shifted: false,
    asides: 'aside.parquet',
    stages: ['match', 'aggregate', 'judge', 'publish'],
    run: ({ pass, provinceDir }, generation) => runFullPass(pass, inputsOf(provinceDir), generation),
  },
  {
    name: 'nightly',
    span,
    shifted: false,
    stages: ['judge', 'publish'],
    run: ({ pass }, generation, before) => runJudging(pass, generation, needed(before)),
  },
  {
    name: 'aggregation',
    span,
    shifted: false,
    stages: ['aggregate', 'judge', 'publish'],
    run: ({ pass, provinceDir }, generation, before) =>
      runAggregation(pass, inputsOf(provinceDir), generation, needed(before)),
  },
  {
    name: 'policy',
    span,
    shifted: true,
    stages: ['judge', 'publish'],
    run: ({ pass }, generation, before) => runJudging(pass, generation, needed(before)),
  },
  increment('delta1'),
  increment('delta12'),
]

/** Scores what a step's identities are; the answer is the same whenever it is asked. */
export const scoreOf = async ({ engine, provinceDir, known }: StepWorld, step: Step): Promise<void> => {
  if (step.asides === undefined) return
  const isOfDay = known.size > 0
  await scoreAsides(engine, join(provinceDir, 'clear'), step.asides, known, isOfDay)
}
