import type { Ast } from '../read/ast.ts'
import { instanceOf } from '../type/conform.ts'
import { shownType } from '../type/infer.ts'
import { add, divide, multiply, negate, power, subtract } from '../value/arithmetic.ts'
import { callFunction, callNamed } from '../value/call.ts'
import { compareValues } from '../value/compare.ts'
import { propertyOf } from '../value/properties.ts'
import { type FeelFunction, type FeelValue, isContext, isList, kindOf } from '../value/value.ts'
import { bindAll, type Env, failed } from './env.ts'
import { filter } from './filter.ts'
import { loop, quantify } from './loops.ts'
import { compareBy, satisfies } from './tests.ts'

type Of<K extends Ast['kind']> = Extract<Ast, { kind: K }>

const operators: Readonly<Record<string, (left: FeelValue, right: FeelValue) => FeelValue>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '**': power,
}

const arithmetic = (ast: Of<'arithmetic'>, env: Env): FeelValue => {
  const [left, right] = [evaluate(ast.left, env), evaluate(ast.right, env)]
  const value = operators[ast.sign]?.(left, right) ?? null
  if (value === null)
    return failed(env, 'feel.wrong-type', `${kindOf(left)} ${ast.sign} ${kindOf(right)} has no value`, ast)
  return value
}

const negative = (ast: Of<'negative'>, env: Env): FeelValue => {
  const value = evaluate(ast.of, env)
  return negate(value) ?? failed(env, 'feel.wrong-type', `-${kindOf(value)} has no value`, ast)
}

const compare = (ast: Of<'compare'>, env: Env): FeelValue => {
  const [left, right] = [evaluate(ast.left, env), evaluate(ast.right, env)]
  const text = `${kindOf(left)} ${ast.sign} ${kindOf(right)} has no answer`
  return compareBy(ast.sign, left, right) ?? failed(env, 'feel.wrong-type', text, ast)
}

const truth = (value: FeelValue): boolean | null => (typeof value === 'boolean' ? value : null)

/** Kleene's logic: one side that settles the result is enough, else an unknown side makes it null. */
const logic = (ast: Of<'logic'>, env: Env): FeelValue => {
  const settling = ast.sign === 'or'
  const left = truth(evaluate(ast.left, env))
  if (left === settling) return settling
  const right = truth(evaluate(ast.right, env))
  if (right === settling) return settling
  return left === null || right === null ? null : !settling
}

/** What `value >= low and value <= high` would be (DMN 1.5, table 55). */
const between = (ast: Of<'between'>, env: Env): FeelValue => {
  const value = evaluate(ast.of, env)
  const above = compareBy('>=', value, evaluate(ast.low, env))
  const below = compareBy('<=', value, evaluate(ast.high, env))
  if (above === false || below === false) return false
  return above === null || below === null ? null : true
}

const range = (ast: Of<'range'>, env: Env): FeelValue => {
  const [low, high] = [evaluate(ast.low, env), evaluate(ast.high, env)]
  const { lowIncluded, highIncluded } = ast
  if (low === null && high === null) return failed(env, 'feel.wrong-type', 'a range without ends', ast)
  if (low === null || high === null) {
    const end = low ?? high
    const closed = low === null ? lowIncluded : highIncluded
    if (closed || compareValues(end, end) === null)
      return failed(env, 'feel.wrong-type', 'an open end needs an open bracket', ast)
    return { kind: 'range', low, high, lowIncluded, highIncluded }
  }
  const order = compareValues(low, high)
  if (order === null || order > 0) return failed(env, 'feel.out-of-range', 'the ends are not in order', ast)
  return { kind: 'range', low, high, lowIncluded, highIncluded }
}

/** A test as a value: the range it accepts. */
const test = (ast: Of<'test'>, env: Env): FeelValue => {
  const { sign } = ast
  const end = evaluate(ast.of, env)
  if (compareValues(end, end) === null)
    return failed(env, 'feel.wrong-type', `${sign} ${kindOf(end)} is no range`, ast)
  const included = sign === '=' || sign === '<=' || sign === '>='
  const [low, high] = [sign.startsWith('<') ? null : end, sign.startsWith('>') ? null : end]
  return {
    kind: 'range',
    low,
    high,
    lowIncluded: included && low !== null,
    highIncluded: included && high !== null,
    sign,
  }
}

const context = (ast: Of<'context'>, env: Env): FeelValue => {
  const entries = new Map<string, FeelValue>()
  const inside = bindAll(env, entries)
  for (const [key, entry] of ast.entries) {
    if (entries.has(key)) return failed(env, 'feel.wrong-type', `two entries are called ${key}`, ast)
    entries.set(key, evaluate(entry, inside))
  }
  return entries
}

const member = (value: FeelValue, ast: Of<'path'>, env: Env): FeelValue => {
  if (isList(value)) return value.map((item) => member(item, ast, env))
  const found =
    value === null
      ? null
      : isContext(value)
        ? value.get(ast.name)
        : typeof value === 'object' && 'kind' in value
          ? propertyOf(value, ast.name)
          : undefined
  if (found === undefined) return failed(env, 'feel.unknown-name', `${kindOf(value)} has no ${ast.name}`, ast)
  return found
}

const resultOf = ({ body, parameters }: Of<'function'>): Pick<FeelFunction, 'result'> => {
  const result = shownType(body, parameters)
  return result ? { result } : {}
}

const define = (ast: Of<'function'>, env: Env): FeelFunction => ({
  kind: 'function',
  parameters: ast.parameters,
  ...resultOf(ast),
  call: (args, run) => {
    const inside = { ...env, run }
    if (ast.external) return failed(inside, 'feel.external-function', 'external functions are not run', ast)
    const values = new Map(ast.parameters.map(({ name }, index) => [name, args[index] ?? null]))
    return evaluate(ast.body, bindAll(inside, values))
  },
})

const functionOf = (ast: Ast, env: Env): FeelFunction | null => {
  const value = evaluate(ast, env)
  if (kindOf(value) === 'function') return value as FeelFunction
  return failed(env, 'feel.not-a-function', `${kindOf(value)} is no function`, ast)
}

const call = (ast: Of<'call'>, env: Env): FeelValue => {
  const fn = functionOf(ast.of, env)
  const args = ast.args.map((arg) => evaluate(arg, env))
  return fn && callFunction(fn, args, env.run)
}

const namedCall = (ast: Of<'named-call'>, env: Env): FeelValue => {
  const fn = functionOf(ast.of, env)
  const args = new Map(ast.args.map(([name, arg]) => [name, evaluate(arg, env)]))
  return fn && callNamed(fn, args, env.run)
}

const instance = (ast: Of<'instance'>, env: Env): FeelValue =>
  ast.type
    ? instanceOf(evaluate(ast.of, env), ast.type)
    : failed(env, 'feel.unknown-type', 'this type is not known', ast)

const name = (ast: Of<'name'>, env: Env): FeelValue => {
  const value = env.scope.find(ast.name)
  return value === undefined ? failed(env, 'feel.unknown-name', `${ast.name} is not known here`, ast) : value
}

/** The value of an expression. Null, with a problem noted, where the standard gives it none. */
export const evaluate = (ast: Ast, env: Env): FeelValue => {
  switch (ast.kind) {
    case 'literal':
      return ast.value
    case 'name':
      return name(ast, env)
    case 'path':
      return member(evaluate(ast.of, env), ast, env)
    case 'list':
      return ast.items.map((item) => evaluate(item, env))
    case 'context':
      return context(ast, env)
    case 'range':
      return range(ast, env)
    case 'test':
      return test(ast, env)
    case 'arithmetic':
      return arithmetic(ast, env)
    case 'negative':
      return negative(ast, env)
    case 'compare':
      return compare(ast, env)
    case 'logic':
      return logic(ast, env)
    case 'between':
      return between(ast, env)
    case 'in':
      return satisfies(evaluate(ast.of, env), ast.tests, env, ast.several)
    case 'if':
      return evaluate(evaluate(ast.condition, env) === true ? ast.yes : ast.no, env)
    default:
      return compound(ast, env)
  }
}

const compound = (
  ast: Of<'for' | 'quantified' | 'filter' | 'call' | 'named-call' | 'function' | 'instance'>,
  env: Env,
): FeelValue => {
  switch (ast.kind) {
    case 'for':
      return loop(ast, env)
    case 'quantified':
      return quantify(ast, env)
    case 'filter':
      return filter(ast, env)
    case 'call':
      return call(ast, env)
    case 'named-call':
      return namedCall(ast, env)
    case 'function':
      return define(ast, env)
    case 'instance':
      return instance(ast, env)
  }
}
