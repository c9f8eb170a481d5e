import type { OperatorName, OverName } from './operators/operator.ts'
import type { Span } from './problems.ts'
import type { Type } from './types.ts'
import type { Scalar } from './values.ts'

/**
 * The typed tree all engines work on. What FEEL writes richer (between, intervals, unary tests, minus signs) has been
 * rewritten into these few kinds when the text was read, so that only the kernel exists more than once.
 */
export type Node =
  | LiteralNode
  | ListNode
  | FactNode
  | RuleNode
  | ParameterNode
  | TodayNode
  | OperationNode
  | OverNode

/** Which end of what a number may be is meant, where the number itself may be unknown. */
export type Side = 'low' | 'high'

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

/** Where a fact or the value of a named rule stands. */
interface Placed extends Common {
  readonly entity: string
  readonly name: string
  /** 0: of the subject; 1: of the item that the enclosing quantifier or aggregate stands at. */
  readonly depth: number
  /** How many entities above the subject: 1 for `household.x` in a rule about a member. */
  readonly up: number
  /** The least or the most it can be, whatever is missing; the value itself when left out. */
  readonly bound?: Side | undefined
}

export interface FactNode extends Placed {
  readonly kind: 'fact'
}

/** What a named rule says of its entity. */
export interface RuleNode extends Placed {
  readonly kind: 'rule'
}

export interface ParameterNode extends Common {
  readonly kind: 'parameter'
  readonly name: string
  readonly bound?: Side | undefined
}

export interface TodayNode extends Common {
  readonly kind: 'today'
}

export interface OperationNode extends Common {
  readonly kind: 'operation'
  readonly operator: OperatorName
  readonly args: readonly Node[]
}

/** A quantifier or aggregate over a list of the subject's: the items for which `filter` is true, each giving `body`. */
export interface OverNode extends Common {
  readonly kind: 'over'
  readonly operator: OverName
  /** The list as facts.yaml names it, and the entity of its items. */
  readonly list: string
  readonly entity: string
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
