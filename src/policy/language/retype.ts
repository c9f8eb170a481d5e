import type { Node } from './ast.ts'
import { isClash } from './operators/operator.ts'
import { operators, overOperators } from './operators/table.ts'
import type { Type } from './types.ts'

/** What a leaf is narrowed to; undefined leaves it as it was read. */
export type Narrow = (node: Node) => Type | undefined

/**
 * The tree with narrower types: a parameter that has its value is neither unknown nor a range, and what is computed from it
 * alone is not either. Kinds, units and absence stay as they were read.
 */
export const retyped = (node: Node, narrow: Narrow): Node => {
  if (node.kind === 'operation') {
    const args = node.args.map((arg) => retyped(arg, narrow))
    return {
      ...node,
      args,
      type: narrowed(node.type, operators[node.operator].typeOf(args.map(({ type }) => type))),
    }
  }
  if (node.kind === 'over') {
    const [filter, body] = [node.filter, node.body].map((part) => part && retyped(part, narrow))
    const found = overOperators[node.operator].typeOf(filter?.type, body?.type, 0)
    const unknown = isClash(found) ? node.type.unknown : found.unknown
    return { ...node, filter, body, type: { ...node.type, unknown } }
  }
  return { ...node, type: narrow(node) ?? node.type }
}

const narrowed = (old: Type, found: ReturnType<(typeof operators)['and']['typeOf']>): Type => {
  if (isClash(found)) return old
  const { unknown, low, high } = found
  return { ...old, unknown, ...(low !== undefined && high !== undefined ? { low, high } : {}) }
}
