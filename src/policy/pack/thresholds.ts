import { type BusinessDate, daysBetween, type Month, monthsBetween } from '#base'
import type { Compiler, Instance } from '../interpret/compile.ts'
import { type Node, nodesOf, type OperationNode } from '../language/ast.ts'
import { exact } from '../language/bounds.ts'
import type { Value } from '../language/values.ts'
import { en } from './en.ts'
import type { PackInForce } from './in-force.ts'
import { zhCN } from './zh-CN.ts'

export type Side = 'below' | 'at' | 'above'

export interface Threshold {
  readonly node: OperationNode
  /** The sides of the threshold that no case stands on. */
  readonly lacking: readonly Side[]
}

/** A case as the conditions of one entity see it. */
export interface Tried {
  readonly force: PackInForce
  readonly compiler: Compiler
  /** Every subject of the entity that the case has. */
  readonly instances: readonly Instance[]
}

/** The sides in words of both languages, as messages take them. */
export const sidesText = (sides: readonly Side[]): Readonly<Record<string, string>> => ({
  'needed.zh-CN': sides.map((side) => zhCN[side]).join(zhCN.listSeparator),
  'needed.en': sides.map((side) => en[side]).join(en.listSeparator),
})

const ordered = ['less', 'lessOrEqual', 'greater', 'greaterOrEqual']

/** Every ordered comparison in a tree with what the cases leave untried: just below, exactly at, just above. */
export const thresholdsOf = (tree: Node, cases: readonly Tried[]): readonly Threshold[] =>
  nodesOf(tree)
    .filter((node) => node.kind === 'operation')
    .filter(({ operator }) => ordered.includes(operator))
    .map((node) => {
      const found = new Set<Side>()
      const possible = possibleSides(node)
      for (const tried of cases) {
        if (found.size < possible.length) for (const side of sidesIn(node, tree, tried)) found.add(side)
      }
      return { node, lacking: possible.filter((side) => !found.has(side)) }
    })

/** Left of the threshold nothing can lie when the facts' declared range begins at it, and the other way round. */
const possibleSides = ({ args }: OperationNode): readonly Side[] => {
  const [left, right] = args.map(({ type }) => type)
  const sides: Side[] = ['at']
  if ((left?.low ?? -Infinity) < (right?.high ?? Infinity)) sides.push('below')
  if ((left?.high ?? Infinity) > (right?.low ?? -Infinity)) sides.push('above')
  return sides
}

const sidesIn = (node: OperationNode, tree: Node, { force, compiler, instances }: Tried): Side[] => {
  const [left, right] = node.args
  if (!left || !right) return []
  const [readLeft, readRight] = [left, right].map((side) => compiler.compile(exact(side)))
  const list = listAround(node, tree)
  const reach = reachOf(left, right, force)
  return instances.flatMap((self) => {
    const items = list === undefined ? [self] : (self.lists[list] ?? [])
    return items.flatMap((item) => {
      const distance = distanceOf(
        left.type.kind,
        readLeft?.(self, item) ?? null,
        readRight?.(self, item) ?? null,
      )
      if (distance === undefined || Math.abs(distance) > reach) return []
      return [distance < 0 ? 'below' : distance > 0 ? 'above' : 'at']
    })
  })
}

/** The list whose items a comparison is made for, where it stands inside a quantifier or aggregate. */
const listAround = (node: Node, tree: Node): string | undefined => {
  const around = nodesOf(tree).find((it) => it.kind === 'over' && it !== node && nodesOf(it).includes(node))
  return around?.kind === 'over' ? around.list : undefined
}

const distanceOf = (kind: string, left: Value, right: Value): number | undefined => {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (typeof left !== 'string' || typeof right !== 'string') return undefined
  return kind === 'month'
    ? monthsBetween(right as Month, left as Month)
    : daysBetween(right as BusinessDate, left as BusinessDate)
}

/** How far off "just" is: the smallest change of a side that holds amounts, or else of one that holds facts at all. */
const reachOf = (left: Node, right: Node, force: PackInForce): number => {
  const sides = [left, right]
  const moving = sides.filter((side) => nodesOf(side).some(isFact))
  const amounts = moving.filter((side) => nodesOf(side).some((node) => isFact(node) && !isCount(node)))
  const chosen = [amounts, moving, sides].find(({ length }) => length > 0) ?? sides
  return Math.max(...chosen.map((side) => stepOf(side, force)))
}

const isFact = ({ kind }: Node): boolean => kind === 'fact' || kind === 'rule'
const isCount = ({ type }: Node): boolean => type.kind !== 'number' || type.unit?.factors.join() === 'count'

/** How far the smallest change of a fact moves an expression: the product of the constants it is multiplied by. */
const stepOf = (node: Node, force: PackInForce): number => {
  if (node.kind === 'rule') return stepOf(force.treeOf(node.entity, node.name), force)
  if (node.kind === 'over') return node.body ? stepOf(node.body, force) : 1
  if (node.kind !== 'operation') return 1
  const [left, right, third] = node.args
  if (!left || !right) return 1
  if (node.operator === 'if') return Math.max(stepOf(right, force), third ? stepOf(third, force) : 1)
  if (node.operator === 'divide') return 1
  if (node.operator !== 'multiply') return Math.max(stepOf(left, force), stepOf(right, force))
  return factorOf(left, force) * factorOf(right, force)
}

const factorOf = (node: Node, force: PackInForce): number => {
  const value =
    node.kind === 'literal'
      ? node.value
      : node.kind === 'parameter'
        ? force.parameters.get(node.name)?.value
        : undefined
  return typeof value === 'number' ? Math.abs(value) : stepOf(node, force)
}
