import { type Clock, systemClock } from '#base'
import { type Ast, asksInput, childrenOf, evaluateFeel, type FeelValue } from '../../feel/index.ts'
import { constantTerm } from './constants.ts'
import type { DmnDialect } from './dialect.ts'
import { arithmetic, chosen, compared, isSame, within } from './operate.ts'
import { type Shelf, shelved } from './shelf.ts'
import { booleanTerm, isScalar, numberTerm, outside, type ScalarTerm, scalar, type Term } from './term.ts'

/** A function of the model, to be written out where it is called. */
export type SqlFunction = {
  readonly kind: 'function'
  readonly parameters: readonly string[]
  readonly call: (args: readonly (Term | undefined)[]) => Term
}

export type Known = Term | SqlFunction

/** Where an expression stands: what its names mean as SQL. */
export type SqlEnv = {
  readonly dialect: DmnDialect
  readonly shelf: Shelf
  readonly find: (name: string) => Known | undefined
}

type Of<K extends Ast['kind']> = Extract<Ast, { kind: K }>

/** The same place with more names. */
export const binding = (env: SqlEnv, names: ReadonlyMap<string, Known>): SqlEnv => ({
  ...env,
  find: (name) => names.get(name) ?? env.find(name),
})

const isCall = (ast: Ast): ast is Of<'call'> | Of<'named-call'> =>
  ast.kind === 'call' || ast.kind === 'named-call'

// What the hour decides is no constant: lines of one file may be answered on two days.
const byTheClock: ReadonlySet<string> = new Set(['now', 'today', '?', 'item', 'partial'])

/** No line can change it: it names nothing but built-in functions. */
const isConstant = (ast: Ast, env: SqlEnv): boolean => {
  if (ast.kind === 'name' || ast.kind === 'function') return false
  const children = childrenOf(ast)
  if (!isCall(ast)) return children.every((child) => isConstant(child, env))
  const [callee, ...args] = children
  if (callee?.kind !== 'name' || byTheClock.has(callee.name) || env.find(callee.name)) return false
  return args.every((child) => isConstant(child, env))
}

const constantScalar = (value: FeelValue): ScalarTerm => scalar(constantTerm(value))

const clock: Clock = systemClock()
const nothing = { find: () => undefined }

const operand = (ast: Ast, env: SqlEnv): ScalarTerm => scalar(termOf(ast, env))

/** An operand that is written more than once, put aside where it is long. */
const held = (ast: Ast, env: SqlEnv): ScalarTerm => {
  const term = operand(ast, env)
  return shelved(env.shelf, [term])[0] ?? term
}

const truth = (term: ScalarTerm): string => {
  if (term.kind === 'boolean') return term.sql
  return term.kind === 'null'
    ? 'CAST(NULL AS BOOLEAN)'
    : outside(`a ${term.kind} where a truth value is asked`)
}

const name = (ast: Of<'name'>, env: SqlEnv): Term => {
  const known = env.find(ast.name)
  if (!known) return outside(`${ast.name} is not known here`)
  return known.kind === 'function' ? outside(`${ast.name} is a function`) : known
}

const dateParts: ReadonlySet<string> = new Set(['year', 'month', 'day'])

const path = (ast: Of<'path'>, env: SqlEnv): Term => {
  const of = termOf(ast.of, env)
  if (of.kind === 'context') return of.members.get(ast.name) ?? outside(`there is no ${ast.name}`)
  if (of.kind === 'date' && dateParts.has(ast.name))
    return numberTerm(`EXTRACT(${ast.name.toUpperCase()} FROM ${of.sql})`, 5, 0)
  return outside(`${ast.name} of a ${of.kind}`)
}

const negative = (ast: Of<'negative'>, env: SqlEnv): ScalarTerm => {
  const of = operand(ast.of, env)
  if (of.kind !== 'number') return outside(`the negative of a ${of.kind}`)
  return numberTerm(`(-${of.sql})`, of.digits ?? 0, of.scale ?? 0)
}

const logic = (ast: Of<'logic'>, env: SqlEnv): ScalarTerm => {
  const [left, right] = [truth(operand(ast.left, env)), truth(operand(ast.right, env))]
  return booleanTerm(`(${left} ${ast.sign.toUpperCase()} ${right})`)
}

const ifElse = (ast: Of<'if'>, env: SqlEnv): Term => {
  const when = truth(operand(ast.condition, env))
  return chosen([{ when, value: operand(ast.yes, env) }], operand(ast.no, env))
}

const contextOf = (ast: Of<'context'>, env: SqlEnv): Term => {
  const members = new Map<string, Term>()
  const inside = binding(env, members)
  for (const [key, entry] of ast.entries) {
    if (members.has(key)) return outside(`two entries are called ${key}`)
    members.set(key, termOf(entry, inside))
  }
  return { kind: 'context', present: 'TRUE', members }
}

const negation = (args: readonly Ast[], env: SqlEnv): ScalarTerm => {
  const [only, ...rest] = args
  if (!only || rest.length > 0) return outside('not() of several')
  return booleanTerm(`(NOT ${truth(operand(only, env))})`)
}

const absolute = (args: readonly Ast[], env: SqlEnv): ScalarTerm => {
  const [only, ...rest] = args
  const term = only && rest.length === 0 ? operand(only, env) : outside('abs() of several')
  return term.kind === 'number'
    ? numberTerm(`ABS(${term.sql})`, term.digits ?? 0, term.scale ?? 0)
    : outside(`abs() of a ${term.kind}`)
}

const call = (ast: Of<'call'>, env: SqlEnv): Term => {
  if (ast.of.kind !== 'name') return outside('a function that is computed')
  const known = env.find(ast.of.name)
  if (known?.kind === 'function') {
    if (known.parameters.length !== ast.args.length) return outside(`${ast.of.name} with other arguments`)
    return known.call(ast.args.map((arg) => termOf(arg, env)))
  }
  if (known) return outside(`${ast.of.name} is no function`)
  if (ast.of.name === 'not') return negation(ast.args, env)
  if (ast.of.name === 'abs') return absolute(ast.args, env)
  return outside(`the function ${ast.of.name}`)
}

const namedCall = (ast: Of<'named-call'>, env: SqlEnv): Term => {
  const known = ast.of.kind === 'name' ? env.find(ast.of.name) : undefined
  if (known?.kind !== 'function') return outside('a function with named arguments')
  const args = new Map(ast.args)
  if (args.size !== ast.args.length || [...args.keys()].some((one) => !known.parameters.includes(one)))
    return outside('arguments that the function does not name')
  return known.call(
    known.parameters.map((parameter) => {
      const arg = args.get(parameter)
      return arg && termOf(arg, env)
    }),
  )
}

/** Whether the value passes one of the tests, as FEEL's `in` and the cells of a table ask; null where it has no answer. */
export const passing = (value: ScalarTerm, tests: readonly Ast[], env: SqlEnv): ScalarTerm => {
  const answers = tests.map((test) => passes(value, test, env))
  const [only, ...more] = answers
  if (only && more.length === 0) return only
  return booleanTerm(`(${answers.map(({ sql }) => `COALESCE(${sql}, FALSE)`).join(' OR ') || 'FALSE'})`)
}

const passes = (value: ScalarTerm, test: Ast, outer: SqlEnv): ScalarTerm => {
  const env = binding(outer, new Map([['?', value]]))
  if (test.kind === 'test') return compared(test.sign, value, operand(test.of, env), env.dialect)
  if (test.kind === 'range') {
    const ends = [operand(test.low, env), operand(test.high, env)] as const
    const signs = [test.lowIncluded ? '>=' : '>', test.highIncluded ? '<=' : '<'] as const
    return within(value, ends, signs, env.dialect)
  }
  const found = termOf(test, env)
  if (asksInput(test)) return booleanTerm(truth(scalar(found)))
  if (found.kind === 'list') return amongst(value, found)
  return fits(value, scalar(found), test)
}

const amongst = (value: ScalarTerm, { present, items }: Extract<Term, { kind: 'list' }>): ScalarTerm => {
  if (present !== 'TRUE') return outside('a list that may be missing')
  const each = items.map(({ taken, value: item }) => `(${taken} AND ${isSame(value, scalar(item))})`)
  return booleanTerm(`(${each.join(' OR ') || 'FALSE'})`)
}

// A condition that does not name its input is itself the answer; everything else is compared with the input.
const fits = (value: ScalarTerm, found: ScalarTerm, test: Ast): ScalarTerm => {
  if (found.kind !== 'boolean' || test.kind === 'literal') return booleanTerm(isSame(value, found))
  if (value.kind !== 'boolean') return booleanTerm(`COALESCE(${found.sql}, ${value.sql} IS NULL)`)
  return booleanTerm(
    `(CASE WHEN ${value.sql} IS NULL AND ${found.sql} IS NOT NULL THEN ${found.sql} ELSE ${isSame(value, found)} END)`,
  )
}

/** An expression as SQL; throws Outside where SQL would not give the same value for every line. */
export const termOf = (ast: Ast, env: SqlEnv): Term => {
  if (isConstant(ast, env))
    return constantTerm(evaluateFeel({ kind: 'parsed', text: '', ast }, nothing, [], clock))
  switch (ast.kind) {
    case 'name':
      return name(ast, env)
    case 'path':
      return path(ast, env)
    case 'list':
      return {
        kind: 'list',
        present: 'TRUE',
        items: ast.items.map((item) => ({ taken: 'TRUE', value: termOf(item, env) })),
      }
    case 'context':
      return contextOf(ast, env)
    case 'arithmetic':
      return arithmetic(
        ast.sign,
        operand(ast.left, env),
        operand(ast.right, env),
        env.dialect,
        constantScalar,
      )
    case 'negative':
      return negative(ast, env)
    case 'compare':
      return compared(ast.sign, operand(ast.left, env), operand(ast.right, env), env.dialect)
    case 'logic':
      return logic(ast, env)
    default:
      return choiceOf(ast, env)
  }
}

const choiceOf = (ast: Ast, env: SqlEnv): Term => {
  switch (ast.kind) {
    case 'between': {
      const value = held(ast.of, env)
      const above = compared('>=', value, held(ast.low, env), env.dialect)
      const below = compared('<=', value, held(ast.high, env), env.dialect)
      return booleanTerm(`(${above.sql} AND ${below.sql})`)
    }
    case 'in':
      return passing(held(ast.of, env), ast.tests, env)
    case 'if':
      return ifElse(ast, env)
    case 'call':
      return call(ast, env)
    case 'named-call':
      return namedCall(ast, env)
    default:
      return outside(`the expression is a ${ast.kind}`)
  }
}

/** A value a table asks about, put aside where it is long. */
export const scalarsHeld = (terms: readonly Term[], env: SqlEnv): readonly ScalarTerm[] =>
  shelved(
    env.shelf,
    terms.map((term) => (isScalar(term) ? term : outside(`a ${term.kind} is asked about`))),
  )
