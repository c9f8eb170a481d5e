import { type Clock, systemClock } from '#base'
import {
  anyType,
  coerce,
  conformsTo,
  evaluateFeel,
  evaluateInside,
  type FeelProblem,
  type FeelRun,
  type FeelScope,
  type FeelValue,
  isList,
  matchesInside,
  newRun,
  normalName,
  type ParsedFeel,
  parseFeel,
  scopeOf,
} from '../../feel/index.ts'
import type { Aggregation, Expression, Literal, Variable } from '../model/expression.ts'
import { Failure } from './failure.ts'
import { type Names, withNames } from './names.ts'
import type { Types } from './types.ts'

/** An expression that has been read, ready for any scope. */
export type Compiled = (scope: FeelScope, run: FeelRun) => FeelValue

/** Where an expression stands: what names and types it sees, and how its place is told. */
export type Env = {
  readonly names: Names
  readonly types: Types
  /** The element the expression belongs to. */
  readonly owner: string
  readonly file: string
  readonly line: number
  /** What `now()` and `today()` answer by. */
  readonly clock: Clock
  /** The same surroundings at another part of the file. */
  readonly at: (part: object) => Env
  /** The same place with more names. */
  readonly knowing: (names: Iterable<readonly [string, Names]>) => Env
}

/** Surroundings of an element's expressions. */
export const envOf = (
  place: Pick<Env, 'names' | 'types' | 'owner' | 'file' | 'line' | 'clock'>,
  lines: ReadonlyMap<object, number>,
): Env => ({
  ...place,
  at: (part) => envOf({ ...place, line: lines.get(part) ?? place.line }, lines),
  knowing: (names) => envOf({ ...place, names: withNames(place.names, names) }, lines),
})

const noNames: Names = new Map()
const emptyScope: FeelScope = { find: () => undefined }

/** Says why a value is null, and gives null. */
export const note = (run: FeelRun, code: FeelProblem['code'], text: string): null => {
  run.problems.push({ kind: 'problem', code, text })
  return null
}

const flat = (names: Names, into: Set<string>): Set<string> => {
  for (const [name, under] of names) {
    into.add(name)
    flat(under, into)
  }
  return into
}

/** The text as this place reads it, or why it cannot be read. */
export const readText = (
  text: string,
  dialect: 'expression' | 'unaryTests',
  env: Env,
): ParsedFeel | FeelProblem =>
  parseFeel(text, { names: flat(env.names, new Set()), types: env.types.find, dialect })

type Parsed = { readonly parsed: ParsedFeel } | { readonly broken: FeelProblem }

const parse = (text: string, dialect: 'expression' | 'unaryTests', env: Env): Parsed => {
  const parsed = readText(text, dialect, env)
  return parsed.kind === 'problem' ? { broken: parsed } : { parsed }
}

const failure = ({ owner, file, line }: Env, text: string, { text: reason }: FeelProblem): Failure =>
  new Failure('dmn.broken-expression', { name: owner, text: shortest(text), reason, file, line })

/** The text's beginning, on one line. */
export const shortest = (text: string): string => {
  const line = text.trim().replace(/\s+/gu, ' ')
  return line.length > 60 ? `${line.slice(0, 60)}…` : line
}

/** FEEL as written. A text that cannot be read fails when it is evaluated, not before: others may go on. */
export const feelText = (text: string, env: Env): Compiled => {
  if (text.trim() === '') return () => null
  const read = parse(text, 'expression', env)
  if ('broken' in read)
    return () => {
      throw failure(env, text, read.broken)
    }
  const { parsed } = read
  return (scope, run) => evaluateInside(parsed, scope, run)
}

/** Whether a text says it is FEEL, or says nothing. */
export const isFeel = (language: string | undefined): boolean =>
  language === undefined || language === '' || /feel/iu.test(language)

/** A literal expression with the type it declares. Other languages than FEEL and texts kept elsewhere are null. */
export const literal = (expression: Literal, env: Env): Compiled => {
  const { text, language, importedFrom, typeRef } = expression
  const here = env.at(expression)
  if (importedFrom !== undefined)
    return (_, run) => note(run, 'dmn.imported-values', `values of ${importedFrom} are not fetched`)
  if (!isFeel(language)) return (_, run) => note(run, 'dmn.other-language', `${language} is not evaluated`)
  return loosely(feelText(text, here), typeRef, here)
}

/**
 * The value as an information item declares it, the variable of a context's entry or a relation's column, else null with a note
 * (10.3.2.9.4).
 */
export const strictly = (compiled: Compiled, variable: Variable | undefined, env: Env): Compiled => {
  const { typeRef, name } = variable ?? {}
  const type = env.types.of(typeRef)
  if (type.kind === 'any') return compiled
  return (scope, run) => {
    const value = compiled(scope, run)
    if (value === null || conformsTo(value, type)) return value
    return (
      coerce(value, type) ?? note(run, 'dmn.wrong-type', `${name} is not of type ${typeRef} in ${env.owner}`)
    )
  }
}

/**
 * The value as its box declares it where it fits, else as it is, with a note: only what an information item, a decision, a parameter
 * or a knowledge model declares is binding.
 */
export const loosely = (compiled: Compiled, typeRef: string | undefined, env: Env): Compiled => {
  if (typeRef === undefined) return compiled
  const type = env.types.of(typeRef)
  if (type.kind === 'any') return compiled
  return (scope, run) => {
    const value = compiled(scope, run)
    if (value === null || conformsTo(value, type)) return value
    const coerced = coerce(value, type)
    if (coerced !== null) return coerced
    note(run, 'dmn.wrong-type', `not of type ${typeRef} in ${env.owner}, line ${env.line}`)
    return value
  }
}

/** Unary tests as a question to a value. */
export const testsOn = (
  text: string,
  env: Env,
): ((value: FeelValue, scope: FeelScope, run?: FeelRun) => boolean) => {
  const read = parse(text, 'unaryTests', env)
  if ('broken' in read)
    return () => {
      throw failure(env, text, read.broken)
    }
  const { parsed } = read
  return (value, scope, run = newRun([], env.clock)) => matchesInside(parsed, value, scope, run) === true
}

/** The tests of a type, which know nothing but the value; to be asked with or without a run. */
export const testsOfType = (
  text: string,
  owner: string,
  file: string,
  line: number,
): ((value: FeelValue) => boolean) => {
  const types: Types = { find: () => undefined, of: () => anyType, definition: () => undefined }
  const test = testsOn(
    text,
    envOf({ names: noNames, types, owner, file, line, clock: systemClock() }, new Map()),
  )
  return (value) => test(value, emptyScope)
}

/** The values a list of tests names one after the other, `"high", "low"`; none where it holds other tests. */
export const valuesOf = (text: string, env: Env): readonly FeelValue[] => {
  const read = parse(`[${text}]`, 'expression', env)
  if ('broken' in read) return []
  const values = evaluateFeel(read.parsed, emptyScope)
  return Array.isArray(values) ? values : []
}

const words: Readonly<Record<Aggregation, string>> = { COUNT: 'count', SUM: 'sum', MIN: 'min', MAX: 'max' }

/** The function of the standard that an aggregation stands for, over the outputs that were hit. */
export const aggregateOf = (
  aggregation: Aggregation,
  env: Env,
): ((values: readonly FeelValue[], run: FeelRun) => FeelValue) => {
  const compiled = feelText(`${words[aggregation]}(outputs)`, env.knowing([['outputs', new Map()]]))
  return (values, run) => compiled(scopeOf(new Map([['outputs', values]])), run)
}

const numbered = (at: number): string => `argument_${at + 1}`

const isName = (callee: Expression | undefined, env: Env): callee is Literal => {
  if (callee?.kind !== 'literal') return false
  const name = normalName(callee.text)
  return env.names.has(name) || /^[\p{L}_][\p{L}\p{N}_ .]*$/u.test(name)
}

/**
 * A boxed invocation is what the same text with named arguments would be (10.2.1.3): the name of the function, or one that a box
 * gives, with the arguments' values under names of their own.
 */
export const callOf = (
  callee: Expression | undefined,
  compiledCallee: Compiled,
  parameters: readonly string[],
  env: Env,
): ((values: readonly FeelValue[], scope: FeelScope, run: FeelRun) => FeelValue) => {
  const isNamed = isName(callee, env)
  const written = parameters.map((name, at) => `${name}: ${numbered(at)}`).join(', ')
  const names = parameters.map((_, at) => [numbered(at), noNames] as const)
  const call = feelText(
    `${isNamed ? callee.text.trim() : 'callee_1'}(${written})`,
    env.knowing([['callee_1', noNames], ...names]),
  )
  return (values, scope, run) => {
    const given = new Map<string, FeelValue>(values.map((value, at) => [numbered(at), value]))
    if (!isNamed) given.set('callee_1', compiledCallee(scope, run))
    return call(scopeOf(given, scope), run)
  }
}

/** What an iterator runs over, as text: besides expressions also `1..5`, which only iterators read. */
export const iterable = (expression: Literal, env: Env): Compiled => {
  if (!('broken' in parse(expression.text, 'expression', env))) return literal(expression, env)
  return literal(
    { ...expression, text: `for item_1 in ${expression.text}\nreturn item_1` },
    env.at(expression),
  )
}

/** The items an iterator runs through, as FEEL's `for` does: of a list or a range, or the one value; undefined for none. */
export const itemsIn = (env: Env): ((value: FeelValue, run: FeelRun) => readonly FeelValue[] | undefined) => {
  const each = feelText('for item_1 in items_1 return item_1', env.knowing([['items_1', noNames]]))
  return (value, run) => {
    if (isList(value)) return value
    if (value === null) return undefined
    const items = each(scopeOf(new Map([['items_1', value]])), run)
    return isList(items) ? items : undefined
  }
}
