import { type Clock, systemClock } from '#base'
import { anyType, type FeelProblem, type FeelRun, type FeelValue, newRun, toJson } from '../../feel/index.ts'
import type { DmnSource } from '../model/model.ts'
import { elementValue, functionAt, newWorkshop, type Place, typeOf, type Workshop } from './elements.ts'
import { Failure, failureOf, type Told, toldOf } from './failure.ts'
import { type Inputs, inputsIn, inputValue, type Json, type JsonObject } from './inputs.ts'
import { type Element, type Instance, keyOf, linkModels } from './link.ts'
import type { State } from './state.ts'

/** One line to be answered: `invoke` names a decision, a decision service, a knowledge model, or the model itself. */
export type DmnLine = { readonly invoke?: string; readonly inputs?: JsonObject }

/** By name: a value as JSON, or why there is none. `problems` say why parts of it are null. */
export type DmnAnswer = {
  readonly results: Readonly<Record<string, Json | { readonly error: Told }>>
  readonly problems: readonly FeelProblem[]
}

/** A model ready to answer many lines; nothing is kept from one to the next. */
export type DmnProgram = { readonly answer: (line: DmnLine) => DmnAnswer }

export type DmnOptions = {
  /** What `now()` and `today()` answer by. */
  readonly clock?: Clock
}

/**
 * Compiles a model with the models it imports. Refuses `policy.dmn-import-missing`, with file and line. Faults inside one decision fail
 * that decision when it is asked for, and those that require it.
 */
export const compileDmn = (
  main: DmnSource,
  imports: readonly DmnSource[] = [],
  { clock = systemClock() }: DmnOptions = {},
): DmnProgram => {
  const instance = linkModels(main, imports)
  const shop = newWorkshop(clock)
  return {
    answer: ({ invoke, inputs = {} }) => {
      const run = newRun([], clock)
      const ask: Asked = { shop, instance, inputs: inputsIn(inputs), run }
      const results = resultsOf(ask, invoke).map(([name, value]) => [name, told(name, value)] as const)
      return { results: Object.fromEntries(results), problems: run.problems }
    },
  }
}

type Asked = {
  readonly shop: Workshop
  readonly instance: Instance
  readonly inputs: Inputs
  readonly run: FeelRun
}

type Result = readonly [name: string, value: () => FeelValue]

const told = (name: string, value: () => FeelValue): Json | { readonly error: Told } => {
  try {
    return toJson(value())
  } catch (error) {
    return { error: toldOf(failureOf(error, name)) }
  }
}

/** The name a line asks for; undefined for the whole model. */
export const wantedName = (invoke: string | undefined, model: string): string | undefined => {
  const wanted = invoke?.trim().replace(/\s+/gu, ' ')
  return wanted === '' || wanted === model ? undefined : wanted
}

const resultsOf = (ask: Asked, invoke: string | undefined): readonly Result[] => {
  const { model } = ask.instance.source
  const wanted = wantedName(invoke, model.name)
  if (wanted === undefined) {
    const state = stateOf(ask)
    return model.decisions.map((of) => [of.name, decided(ask, { kind: 'decision', of }, state)] as const)
  }
  const decision = model.decisions.find(({ name }) => name === wanted)
  if (decision) return [[wanted, decided(ask, { kind: 'decision', of: decision }, stateOf(ask))]]
  const service = model.services.find(({ name }) => name === wanted)
  if (service) return served(ask, { kind: 'service', of: service })
  const knowledge = model.knowledge.find(({ name }) => name === wanted)
  if (knowledge) return [[wanted, called(ask, { kind: 'knowledge', of: knowledge })]]
  const unknown = (): never => {
    throw new Failure('dmn.unknown-invocable', { name: wanted })
  }
  return [[wanted, unknown]]
}

/** Values given for decisions stand in their place: what if this had been decided otherwise? One that cannot be read fails that decision. */
const givenDecisions = ({ instance, inputs }: Asked): Pick<State, 'bound' | 'outcomes'> => {
  const bound = new Map<string, FeelValue>()
  const outcomes: State['outcomes'] = new Map()
  for (const of of instance.source.model.decisions) {
    const place: Place = { instance, element: { kind: 'decision', of } }
    const json = inputs(instance, [of.name, of.variable.name])
    if (json === undefined) continue
    const key = keyOf(instance, place.element)
    try {
      bound.set(key, inputValue(json, typeOf(place)))
    } catch (error) {
      outcomes.set(key, { failure: failureOf(error, of.name) })
    }
  }
  return { bound, outcomes }
}

const stateOf = (ask: Asked): State => {
  const given = new Map<string, FeelValue>()
  return {
    ...givenDecisions(ask),
    run: ask.run,
    inputOf: (instance, of) => {
      const element: Element = { kind: 'input', of }
      const key = keyOf(instance, element)
      const known = given.get(key)
      if (known !== undefined) return known
      const json = ask.inputs(instance, [of.name, of.variable.name])
      const value = inputValue(json, typeOf({ instance, element }))
      given.set(key, value)
      return value
    },
  }
}

const decided =
  ({ shop, instance }: Asked, element: Element, state: State) =>
  (): FeelValue =>
    elementValue(shop, { instance, element }, state)

/** A function of the model, its arguments taken from the inputs by name; what a service is handed may be of an import. */
const called =
  ({ shop, instance, inputs, run }: Asked, element: Element) =>
  (): FeelValue => {
    const function_ = functionAt(shop, { instance, element })
    if (!function_) return null
    const handed = element.kind === 'service' ? [...element.of.inputs, ...element.of.inputDecisions] : []
    const args = function_.parameters.map(({ name, type = anyType }, at) => {
      const reference = handed[at]
      const found = reference && instance.find(reference)
      const given = found && inputs(found.instance, [found.element.of.name, name])
      return inputValue(given ?? inputs(instance, [name]), type)
    })
    return function_.call(args, run)
  }

// A service answers under its own name; what its single decisions gave is told beside it.
const served = (ask: Asked, element: Extract<Element, { kind: 'service' }>): readonly Result[] => {
  let value: FeelValue | undefined
  const whole = (): FeelValue => (value ??= called(ask, element)())
  const outputs = element.of.outputs.flatMap((reference) => ask.instance.find(reference) ?? [])
  const parts = outputs.map(({ element: { of } }): Result => {
    const part = (): FeelValue => {
      const all = whole()
      return outputs.length > 1 && all instanceof Map ? (all.get(of.variable.name) ?? null) : all
    }
    return [of.name, part]
  })
  return [...parts.filter(([name]) => name !== element.of.name), [element.of.name, whole]]
}
