import type { Decision, KnowledgeModel, Reference } from '../model/model.ts'
import { resultTypeOf } from '../run/boxed.ts'
import {
  boundsOf,
  functionAt,
  type Place,
  resultRefOf,
  surroundings,
  typeOf,
  type Workshop,
} from '../run/elements.ts'
import { Failure } from '../run/failure.ts'
import { checkCircle, required } from '../run/graph.ts'
import { keyOf } from '../run/link.ts'
import { expressionTerm, functionTerm } from './boxed.ts'
import { declaredTerm } from './declared.ts'
import type { DmnDialect } from './dialect.ts'
import type { Known, SqlEnv, SqlFunction } from './feel.ts'
import { type InputColumn, inputTerm, type Sizes } from './input.ts'
import { locating, placeAt, type SqlPlace } from './place.ts'
import { type Shelf, shelved } from './shelf.ts'
import { tableTerm } from './table.ts'
import { outside, type Term } from './term.ts'

/** One statement while it is written: what decisions have become, by key. */
export type Draft = {
  readonly shop: Workshop
  readonly dialect: DmnDialect
  readonly shelf: Shelf
  readonly sizes: Sizes
  /** The columns of an input; empty where its type has none. */
  readonly columnsOf: (place: Place) => readonly InputColumn[]
  readonly done: Map<string, Term | Failure>
  /** Functions being written out, so that one that calls itself ends. */
  readonly calling: Set<string>
}

// What fails for another reason than the profile fails as it does for the interpreter.
const requiredTerm = (draft: Draft, place: Place, owner: string): Term => {
  try {
    return decisionTerm(draft, place)
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'feel.not-in-sql-profile') throw error
    throw new Failure('dmn.required-failed', { name: owner, required: place.element.of.name })
  }
}

const knownOf = (draft: Draft, place: Place, owner: string): Known => {
  const { element, instance } = place
  if (element.kind === 'decision') return requiredTerm(draft, place, owner)
  if (element.kind === 'knowledge') return knowledgeTerm(draft, place, element.of)
  if (element.kind === 'service') return outsideFunction(element.of.name)
  const columns = draft.columnsOf({ element, instance })
  if (columns.length === 0) return outside(`${element.of.name} has no type that SQL has a column for`)
  return inputTerm(columns, draft.sizes)
}

const outsideFunction = (name: string): SqlFunction => ({
  kind: 'function',
  parameters: [],
  call: () => outside(`${name} is a decision service`),
})

/** The place of an element's logic: its names as text sees them and as SQL does. What is never named need not be in the profile. */
const placeOf = (draft: Draft, place: Place, references: readonly Reference[]): SqlPlace => {
  const { shop, dialect, shelf } = draft
  const bounds = boundsOf(shop, place, references)
  const env = surroundings(shop, place, bounds)
  const found = references.map((one) => required(place.instance, place.element, one))
  const at = (name: string, under: string): number =>
    bounds.findLastIndex((bound) => bound.name === name && bound.under === under)
  const known = new Map<number, Known>()
  const valueAt = (index: number): Known => {
    const target = found[index]
    const value =
      known.get(index) ??
      (target ? knownOf(draft, target, place.element.of.name) : outside('nothing is required here'))
    known.set(index, value)
    return value
  }
  const imports = (under: string): Known | undefined => {
    const inside = bounds.flatMap((bound, index) => (bound.under === under ? [index] : []))
    if (inside.length === 0) return undefined
    const members = inside.flatMap((index): (readonly [string, Term])[] => {
      const value = valueAt(index)
      return value.kind === 'function' ? [] : [[bounds[index]?.name ?? '', value]]
    })
    return { kind: 'context', present: 'TRUE', members: new Map(members) }
  }
  const find: SqlEnv['find'] = (name) => {
    const own = at(name, '')
    return own >= 0 ? valueAt(own) : imports(name)
  }
  return { env, sql: { dialect, shelf, find } }
}

/** A decision as a term over the columns written so far; throws its Failure again each time it is asked for. */
export const decisionTerm = (draft: Draft, place: Place): Term => {
  const key = keyOf(place.instance, place.element)
  const known = draft.done.get(key) ?? madeTerm(draft, place)
  draft.done.set(key, known)
  if (known instanceof Failure) throw known
  return known
}

const madeTerm = (draft: Draft, place: Place): Term | Failure => {
  const { element } = place
  if (element.kind !== 'decision') return new Failure('dmn.unexpected', { name: '', reason: element.kind })
  try {
    checkCircle(place.instance, element)
    return logicTerm(draft, place, element.of)
  } catch (error) {
    if (error instanceof Failure) return error
    if (error instanceof RangeError) return new Failure('dmn.too-deep', { name: element.of.name })
    throw error
  }
}

const logicTerm = (draft: Draft, place: Place, decision: Decision): Term => {
  const { inputs, decisions, knowledge, logic, variable } = decision
  const here = placeOf(draft, place, [...inputs, ...decisions, ...knowledge])
  return locating(here, decision.name, () => {
    const isTable = logic?.kind === 'table' && logic.typeRef === undefined
    const term = isTable ? tableTerm(logic, here, variable.typeRef) : expressionTerm(logic, here)
    const declared = declaredTerm(term, variable.typeRef, here)
    return shelved(draft.shelf, [declared])[0] ?? declared
  })
}

const knowledgeTerm = (draft: Draft, place: Place, model: KnowledgeModel): SqlFunction => {
  const { logic, knowledge, name } = model
  if (logic?.language !== 'FEEL' || !functionAt(draft.shop, place)) return outsideFunction(name)
  const key = keyOf(place.instance, place.element)
  const call: SqlFunction['call'] = (args) => {
    if (draft.calling.has(key)) return outside(`${name} calls itself`)
    draft.calling.add(key)
    try {
      const here = placeAt(placeOf(draft, place, knowledge), logic)
      const term = functionTerm(logic, here).call(args)
      const result = resultTypeOf(place.instance.types.of(resultRefOf(model)))
      if (result.kind === 'any') return term
      if (typeOf(place).kind === 'function') return outside(`${name} declares a type of functions`)
      return declaredTerm(term, resultRefOf(model), here)
    } finally {
      draft.calling.delete(key)
    }
  }
  return { kind: 'function', parameters: logic.parameters.map((one) => one.name), call }
}
