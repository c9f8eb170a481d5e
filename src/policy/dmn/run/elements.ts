import type { Clock } from '#base'
import {
  coerce,
  conformsTo,
  type FeelFunction,
  type FeelRun,
  type FeelType,
  type FeelValue,
  scopeOf,
} from '../../feel/index.ts'
import type { Decision, DecisionService, KnowledgeModel, Reference } from '../model/model.ts'
import { expressionOf, functionOf, parametersOf, resultTypeOf } from './boxed.ts'
import { Failure, failureOf } from './failure.ts'
import { checkCircle, required } from './graph.ts'
import { type Element, type Found, keyOf } from './link.ts'
import { type Names, namesOfExpression, namesOfType, withNames } from './names.ts'
import type { Outcome, State } from './state.ts'
import { tableOf } from './table.ts'
import { type Env, envOf, note } from './text.ts'

/** A requirement in scope: the name it has there, under the name of an import where there is one. */
export type Bound = {
  readonly name: string
  readonly under: string
  readonly names: Names
  readonly valueIn: (state: State) => FeelValue
}

type Ready = (state: State) => FeelValue

/** What is compiled, each element once, when it is first asked for. Values are not kept here: they live in a state. */
export type Workshop = {
  readonly clock: Clock
  readonly decisions: Map<string, Ready>
  readonly functions: Map<string, FeelFunction | null>
  /** What has been found to require itself in no way. */
  readonly sound: Set<string>
}

/** A workshop in which nothing has been compiled yet. */
export const newWorkshop = (clock: Clock): Workshop => ({
  clock,
  decisions: new Map(),
  functions: new Map(),
  sound: new Set(),
})

/** An element of an instance. */
export type Place = Pick<Found, 'instance' | 'element'>

/** What an element's variable declares to be. */
export const typeOf = ({ instance, element }: Place): FeelType =>
  instance.types.of(element.of.variable.typeRef)

const namesUnder = (place: Place): Names => {
  const { element } = place
  const { variable } = element.of
  if (variable.typeRef !== undefined) return namesOfType(typeOf(place))
  return element.kind === 'decision' || element.kind === 'knowledge'
    ? namesOfExpression(element.of.logic)
    : new Map()
}

/** The value as its variable declares it, else null with a note (10.3.2.9.4). */
const declared = (value: FeelValue, type: FeelType, name: string, run: FeelRun): FeelValue => {
  if (value === null || type.kind === 'any' || conformsTo(value, type)) return value
  const coerced = coerce(value, type)
  return coerced === null ? note(run, 'dmn.wrong-type', `the result of ${name} is not of its type`) : coerced
}

const scopeWith = (bounds: readonly Bound[], state: State) => {
  const values = new Map<string, FeelValue>()
  const imported = new Map<string, Map<string, FeelValue>>()
  for (const { name, under, valueIn } of bounds) {
    const value = valueIn(state)
    if (under === '') values.set(name, value)
    else imported.set(under, (imported.get(under) ?? new Map<string, FeelValue>()).set(name, value))
  }
  return scopeOf(new Map<string, FeelValue>([...values, ...imported]))
}

const namesWith = (bounds: readonly Bound[]): Names => {
  let names: Names = new Map()
  for (const { name, under, names: below } of bounds)
    names = withNames(
      names,
      under === '' ? [[name, below]] : [[under, withNames(names.get(under) ?? new Map(), [[name, below]])]],
    )
  return names
}

/** What an element's expressions see, by the names of what it requires. */
export const surroundings = (shop: Workshop, { instance, element }: Place, bounds: readonly Bound[]): Env => {
  const { file, lines } = instance.source
  const line = lines.get(element.of) ?? 1
  const { types } = instance
  const names = namesWith(bounds)
  return envOf({ names, types, owner: element.of.name, file, line, clock: shop.clock }, lines)
}

/** What an element requires, in order; throws a Failure where a reference leads nowhere. */
export const boundsOf = (
  shop: Workshop,
  { instance, element }: Place,
  references: readonly Reference[],
): readonly Bound[] =>
  references.map((reference): Bound => {
    const found = required(instance, element, reference)
    return {
      name: found.element.of.variable.name,
      under: found.under,
      names: namesUnder(found),
      valueIn: (state) => requiredValue(shop, element, found, state),
    }
  })

const requiredValue = (shop: Workshop, owner: Element, found: Found, state: State): FeelValue => {
  try {
    return elementValue(shop, found, state)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    throw new Failure('dmn.required-failed', { name: owner.of.name, required: found.element.of.name })
  }
}

/** The value of a decision, of input data, or a function; throws a Failure where it cannot be evaluated. */
export const elementValue = (shop: Workshop, place: Place, state: State): FeelValue => {
  const { instance, element } = place
  const key = keyOf(instance, element)
  const bound = state.bound.get(key)
  if (bound !== undefined) return bound
  if (element.kind === 'input') return state.inputOf(instance, element.of)
  if (element.kind !== 'decision') return functionAt(shop, place)
  const outcome = state.outcomes.get(key) ?? outcomeOf(shop, place, element.of, state)
  state.outcomes.set(key, outcome)
  if ('failure' in outcome) throw outcome.failure
  return outcome.value
}

const outcomeOf = (shop: Workshop, place: Place, decision: Decision, state: State): Outcome => {
  const key = keyOf(place.instance, place.element)
  try {
    const ready = shop.decisions.get(key) ?? decisionReady(shop, place, decision)
    shop.decisions.set(key, ready)
    return { value: ready(state) }
  } catch (error) {
    return { failure: failureOf(error, decision.name) }
  }
}

const decisionReady = (shop: Workshop, place: Place, decision: Decision): Ready => {
  const { instance, element } = place
  checkCircle(instance, element, shop.sound)
  const { inputs, decisions, knowledge, logic, variable, name } = decision
  const bounds = boundsOf(shop, place, [...inputs, ...decisions, ...knowledge])
  const env = surroundings(shop, place, bounds)
  const compiled =
    logic?.kind === 'table' && logic.typeRef === undefined
      ? tableOf(logic, env.at(logic), variable.typeRef)
      : expressionOf(logic, env)
  const type = typeOf(place)
  return (state) => declared(compiled(scopeWith(bounds, state), state.run), type, name, state.run)
}

/** A business knowledge model or a decision service as a function; null for what cannot be called. */
export const functionAt = (shop: Workshop, place: Place): FeelFunction | null => {
  const key = keyOf(place.instance, place.element)
  const known = shop.functions.get(key)
  if (known !== undefined) return known
  const { element } = place
  const made =
    element.kind === 'knowledge'
      ? knowledgeFunction(shop, place, element.of)
      : element.kind === 'service'
        ? serviceFunction(shop, place, element.of)
        : null
  shop.functions.set(key, made)
  return made
}

/** A state that knows only what it is handed. */
const stateOf = (bound: Iterable<readonly [string, FeelValue]>, run: FeelRun): State => ({
  bound: new Map(bound),
  inputOf: () => null,
  outcomes: new Map(),
  run,
})

/** The type a knowledge model declares for what it gives: its own, else that of its body, which nothing else would bind. */
export const resultRefOf = ({ logic, variable }: KnowledgeModel): string | undefined =>
  variable.typeRef ?? logic?.typeRef ?? logic?.body?.typeRef

const knowledgeFunction = (shop: Workshop, place: Place, model: KnowledgeModel): FeelFunction | null => {
  const { instance } = place
  const { logic, name, knowledge } = model
  if (logic?.language !== 'FEEL') return null
  const result = resultTypeOf(instance.types.of(resultRefOf(model)))
  let inner: FeelFunction | undefined
  // The body is compiled at the first call: functions may require each other.
  const compiled = (run: FeelRun): FeelFunction => {
    const bounds = boundsOf(shop, place, knowledge)
    const env = surroundings(shop, place, bounds).at(logic)
    return functionOf(logic, env)(scopeWith(bounds, stateOf([], run)), run) as FeelFunction
  }
  return {
    kind: 'function',
    name,
    parameters: parametersOf(logic.parameters, instance.types),
    result,
    call: (args, run) => {
      inner ??= compiled(run)
      return declared(inner.call(args, run), result, name, run)
    },
  }
}

// Input data come before input decisions (10.4).
const serviceFunction = (shop: Workshop, place: Place, service: DecisionService): FeelFunction => {
  const { instance, element } = place
  const { name, variable } = service
  const all = (references: readonly Reference[]): readonly Found[] =>
    references.map((one) => required(instance, element, one))
  const [handed, outputs] = [all([...service.inputs, ...service.inputDecisions]), all(service.outputs)]
  const result = resultTypeOf(instance.types.of(variable.typeRef))
  return {
    kind: 'function',
    name,
    parameters: handed.map((found) => ({ name: found.element.of.variable.name, type: typeOf(found) })),
    result,
    call: (args, run) => {
      const bound = handed.map((found, at) => {
        const value = coerce(args[at] ?? null, typeOf(found))
        return [keyOf(found.instance, found.element), value] as const
      })
      const state = stateOf(bound, run)
      const values = outputs.map((found) => requiredValue(shop, element, found, state))
      const named = outputs.map((found, at) => [found.element.of.variable.name, values[at] ?? null] as const)
      const value: FeelValue = outputs.length === 1 ? (values[0] ?? null) : new Map(named)
      return declared(value, result, name, run)
    },
  }
}
