import type { Ast } from '../read/ast.ts'
import { type FeelList, type FeelValue, isContext, isList, isNumber } from '../value/value.ts'
import { bindAll, type Env, evaluate, failed } from './env.ts'

type Filter = Extract<Ast, { kind: 'filter' }>

// An item's own entries are in scope, and `item` is the item unless it has an entry of that name.
const inside = (item: FeelValue, env: Env): Env => {
  const around = bindAll(env, new Map([['item', item]]))
  return isContext(item) ? bindAll(around, item) : around
}

const atIndex = (list: FeelList, index: FeelValue, ast: Filter, env: Env): FeelValue => {
  if (!isNumber(index)) return failed(env, 'feel.wrong-type', 'neither a condition nor a position', ast)
  const found =
    index.isInteger() && !index.isZero()
      ? list.at(index.isPositive() ? index.toNumber() - 1 : index.toNumber())
      : undefined
  return found === undefined ? failed(env, 'feel.out-of-range', `no item ${index.toString()}`, ast) : found
}

// A position does not depend on an item, so its problems count only in the scope outside.
const quiet = (env: Env): Env => ({ ...env, run: { ...env.run, problems: [] } })

/** `list[position]` or `list[condition]`; a single value is a list of one, null has nothing to filter. */
export const filter = (ast: Filter, env: Env): FeelValue => {
  const of = evaluate(ast.of, env)
  if (of === null) return null
  const list = isList(of) ? of : [of]
  if (list.length === 0)
    return isNumber(evaluate(ast.by, quiet(env))) ? atIndex(list, evaluate(ast.by, env), ast, env) : []
  if (ast.by.kind === 'literal' || ast.by.kind === 'negative') {
    const value = evaluate(ast.by, env)
    if (isNumber(value)) return atIndex(list, value, ast, env)
  }
  const kept: FeelValue[] = []
  for (const item of list) {
    const found = evaluate(ast.by, inside(item, env))
    if (isNumber(found)) return atIndex(list, evaluate(ast.by, env), ast, env)
    if (found !== null && typeof found !== 'boolean')
      return failed(env, 'feel.wrong-type', 'neither a condition nor a position', ast)
    if (found === true) kept.push(item)
  }
  return kept
}
