import type { Ast, Iterator } from '../read/ast.ts'
import { dateOfDay, dayNumber } from '../value/calendar.ts'
import {
  type FeelDate,
  type FeelRange,
  type FeelValue,
  isList,
  isNumber,
  kindOf,
  number,
} from '../value/value.ts'
import { bind, type Env, evaluate, failed } from './env.ts'

/** More turns than this in one loop are taken for a slip of the pen, not for work. */
const mostTurns = 1_000_000

const whole = (from: number, to: number): number[] | undefined => {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || Math.abs(to - from) > mostTurns)
    return undefined
  const step = to < from ? -1 : 1
  return Array.from({ length: Math.abs(to - from) + 1 }, (_, index) => from + step * index)
}

/** All values from one end to the other, in steps of one, or of one day; undefined where there are none to step over. */
const stepped = (from: FeelValue, to: FeelValue): FeelValue[] | undefined => {
  if (isNumber(from) && isNumber(to)) return whole(from.toNumber(), to.toNumber())?.map(number)
  if (kindOf(from) !== 'date' || kindOf(to) !== 'date') return undefined
  return whole(dayNumber(from as FeelDate), dayNumber(to as FeelDate))?.map(dateOfDay)
}

const steppedRange = (range: FeelRange): FeelValue[] | undefined => {
  const all = stepped(range.low, range.high)
  return all?.slice(range.lowIncluded ? 0 : 1, range.highIncluded ? all.length : -1)
}

const turnsOf = ({ from, to }: Iterator, env: Env): readonly FeelValue[] | undefined => {
  const value = evaluate(from, env)
  if (to) return stepped(value, evaluate(to, env))
  if (isList(value)) return value
  if (value === null) return undefined
  return kindOf(value) === 'range' ? steppedRange(value as FeelRange) : [value]
}

/** Calls `visit` in every combination of the iterators' values, later ones fastest; false where one cannot be run over. */
const combine = (iterators: readonly Iterator[], env: Env, visit: (env: Env) => void): boolean => {
  const [first, ...rest] = iterators
  if (!first) {
    visit(env)
    return true
  }
  const turns = turnsOf(first, env)
  return turns?.every((value) => combine(rest, bind(env, first.name, value), visit)) ?? false
}

/** `for … return …`; `partial` is the list of results so far. */
export const loop = (ast: Extract<Ast, { kind: 'for' }>, env: Env): FeelValue => {
  const results: FeelValue[] = []
  const done = combine(ast.iterators, env, (inside) => {
    const scope = { find: (name: string) => (name === 'partial' ? [...results] : inside.scope.find(name)) }
    results.push(evaluate(ast.body, { ...inside, scope }))
  })
  return done ? results : failed(env, 'feel.wrong-type', 'nothing to run over', ast)
}

/** `some` and `every`: as `or` and `and` over all combinations. */
export const quantify = (ast: Extract<Ast, { kind: 'quantified' }>, env: Env): FeelValue => {
  const settling = ast.word === 'some'
  let result: boolean | null = !settling
  const done = combine(ast.iterators, env, (inside) => {
    if (result === settling) return
    const value = evaluate(ast.body, inside)
    if (value === settling) result = settling
    else if (typeof value !== 'boolean') result = null
  })
  return done ? result : failed(env, 'feel.wrong-type', 'nothing to run over', ast)
}
