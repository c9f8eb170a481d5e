import { type BusinessDate, daysBetween, type Month, monthsBetween } from '#base'
import { compileNode, type Environment } from '../interpret/compile.ts'
import { parameterValues } from '../interpret/evaluate.ts'
import { type Node, nodesOf, type OperationNode } from '../language/ast.ts'
import type { Value } from '../language/values.ts'
import type { ReadyCase } from './cases.ts'
import type { PackInForce } from './in-force.ts'
import type { Rule } from './pack.ts'

export type Side = 'below' | 'at' | 'above'

export interface Threshold {
  readonly node: OperationNode
  /** The sides of the threshold that no case of the rule stands on. */
  readonly lacking: readonly Side[]
}

const ordered = ['less', 'lessOrEqual', 'greater', 'greaterOrEqual']

/** Every ordered comparison of a rule with what its cases leave untried: just below, exactly at, just above. */
export const thresholdsOf = (rule: Rule, cases: readonly ReadyCase[]): readonly Threshold[] =>
  nodesOf(rule.condition)
    .filter((node) => node.kind === 'operation')
    .filter(({ operator }) => ordered.includes(operator))
    .map((node) => {
      const found = new Set(cases.flatMap((it) => sidesIn(node, it)))
      return { node, lacking: possibleSides(node).filter((side) => !found.has(side)) }
    })

/** Left of the threshold nothing can lie when the facts' declared range begins at it, and the other way round. */
const possibleSides = ({ args }: OperationNode): readonly Side[] => {
  const [left, right] = args.map(({ type }) => type)
  const sides: Side[] = ['at']
  if ((left?.low ?? -Infinity) < (right?.high ?? Infinity)) sides.push('below')
  if ((left?.high ?? Infinity) > (right?.low ?? -Infinity)) sides.push('above')
  return sides
}

const sidesIn = (node: OperationNode, { subject, force }: ReadyCase): Side[] => {
  const [left, right] = node.args
  if (!left || !right) return []
  const [readLeft, readRight] = [left, right].map((side) => compileNode(side, parameterValues(force)))
  const deep = nodesOf(node).some((it) => it.kind === 'fact' && it.depth > 0 && !isInside(node, it))
  const places = deep ? (subject.members ?? []).map(({ facts }) => [subject.facts, facts]) : [[subject.facts]]
  const reach = Math.max(stepOf(left, force), stepOf(right, force))
  return places.flatMap((scopes) => {
    const environment: Environment = { scopes, members: subject.members ?? [], today: force.on }
    const distance = distanceOf(
      left.type.kind,
      readLeft?.(environment) ?? null,
      readRight?.(environment) ?? null,
    )
    if (distance === undefined || Math.abs(distance) > reach) return []
    return [distance < 0 ? 'below' : distance > 0 ? 'above' : 'at']
  })
}

/** Whether a fact belongs to an aggregate inside the comparison and not to the member the comparison is made for. */
const isInside = (node: Node, fact: Node): boolean =>
  nodesOf(node).some((it) => it.kind === 'over' && nodesOf(it).includes(fact))

const distanceOf = (kind: string, left: Value, right: Value): number | undefined => {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (typeof left !== 'string' || typeof right !== 'string') return undefined
  return kind === 'month'
    ? monthsBetween(right as Month, left as Month)
    : daysBetween(right as BusinessDate, left as BusinessDate)
}

/** How far the smallest change of a fact moves an expression: the product of the constants it is multiplied by. */
const stepOf = (node: Node, force: PackInForce): number => {
  if (node.kind === 'over') return node.body ? stepOf(node.body, force) : 1
  if (node.kind !== 'operation') return 1
  const [left, right] = node.args
  if (!left || !right) return 1
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
