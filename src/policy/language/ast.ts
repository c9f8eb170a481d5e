import type { OperatorName, OverName } from './operators/operator.ts'
import type { Span } from './problems.ts'
import type { Type } from './types.ts'
import type { Scalar } from './values.ts'

/**
 * The typed tree all engines work on. What FEEL writes richer (between, intervals, unary tests, minus signs) has been
 * rewritten into these few kinds when the text was read, so that only the kernel exists more than once.
 */
export type Node = LiteralNode | ListNode | FactNode | ParameterNode | TodayNode | OperationNode | OverNode

interface Common {
  readonly type: Type
  readonly span: Span
}

export interface LiteralNode extends Common {
  readonly kind: 'literal'
  readonly value: Scalar
}

/** Values written in the rule, right of `in`. */
export interface ListNode extends Common {
  readonly kind: 'list'
  readonly values: readonly Scalar[]
}

/** A fact of the subject (depth 0) or of the member that the enclosing quantifier or aggregate stands at (depth 1). */
export interface FactNode extends Common {
  readonly kind: 'fact'
  readonly entity: string
  readonly name: string
  readonly depth: number
}

export interface ParameterNode extends Common {
  readonly kind: 'parameter'
  readonly name: string
}

export interface TodayNode extends Common {
  readonly kind: 'today'
}

export interface OperationNode extends Common {
  readonly kind: 'operation'
  readonly operator: OperatorName
  readonly args: readonly Node[]
}

/** A quantifier or aggregate over the members: those for which `filter` is true, each giving `body`. */
export interface OverNode extends Common {
  readonly kind: 'over'
  readonly operator: OverName
  readonly depth: number
  readonly filter?: Node | undefined
  readonly body?: Node | undefined
}

export const childrenOf = (node: Node): readonly Node[] => {
  if (node.kind === 'operation') return node.args
  if (node.kind === 'over') return [node.filter, node.body].filter((child) => child !== undefined)
  return []
}

/** Every node of the tree, parents first. */
export const nodesOf = (node: Node): readonly Node[] => [node, ...childrenOf(node).flatMap(nodesOf)]
