import type { State } from '#lake'
import type { Engine } from '#lake/server'
import { commitChanges } from './commit.ts'
import { type Taken, takenSince, timed } from './measure.ts'
import type { PassRecord } from './record.ts'
import { today } from './setting.ts'

/** What the stages of a pass took, by name. */
export type Stages = Record<string, Taken>

export const total = (stages: Stages): Taken =>
  Object.values(stages).reduce((a, b) => ({ wallMs: a.wallMs + b.wallMs, cpuMs: a.cpuMs + b.cpuMs }), {
    wallMs: 0,
    cpuMs: 0,
  })

export interface PassRunner {
  /** Runs a pass and commits what it found; the pass tells each stage when it ends. */
  readonly run: (name: string, work: (onStage: (stage: string) => void) => Promise<State>) => Promise<State>
  /** Runs a stage of the pass under way that tells nothing by itself. */
  readonly stage: (name: string, work: () => Promise<unknown>) => Promise<void>
}

export const runnerOf = (
  engine: Engine,
  record: PassRecord,
  all: Record<string, Stages>,
  print: (line: string) => void,
): PassRunner => {
  let stages: Stages = {}
  let since = takenSince(record.postmaster)
  // A stage ends where it says so, and the next begins there.
  const end = (stage: string): void => {
    stages[stage] = since()
    since = takenSince(record.postmaster)
  }
  return {
    stage: async (name, work) => {
      await work()
      end(name)
    },
    run: async (name, work) => {
      stages = {}
      since = takenSince(record.postmaster)
      const state = await work(end)
      const { result: changes, taken } = await timed(record.postmaster, () =>
        commitChanges(engine, record, state.generation, today),
      )
      stages.commit = taken
      all[name] = stages
      const parts = Object.entries(stages).map(
        ([stage, { wallMs, cpuMs }]) => `${stage} ${wallMs} (${cpuMs})`,
      )
      const { wallMs, cpuMs } = total(stages)
      print(`${name}: ${wallMs} ms (processor ${cpuMs}): ${parts.join(', ')}; ${changes} alerts changed`)
      return state
    },
  }
}
