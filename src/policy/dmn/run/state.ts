import type { FeelRun, FeelValue } from '../../feel/index.ts'
import type { InputData } from '../model/model.ts'
import type { Failure } from './failure.ts'
import type { Instance } from './link.ts'

export type Outcome = { readonly value: FeelValue } | { readonly failure: Failure }

/**
 * One evaluation of a model: what is given, and what has been found out so far. A decision service that is called begins one of its
 * own, which knows only what it is handed.
 */
export type State = {
  /** Values handed in for input data and decisions, by key. */
  readonly bound: ReadonlyMap<string, FeelValue>
  readonly inputOf: (instance: Instance, input: InputData) => FeelValue
  readonly outcomes: Map<string, Outcome>
  readonly run: FeelRun
}
