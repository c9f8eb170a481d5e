import { type Node, nodesOf, type OperationNode } from '../language/ast.ts'
import { exact } from '../language/bounds.ts'
import { isUnknownValue, type Value } from '../language/values.ts'
import type { PackInForce } from '../pack/in-force.ts'
import type { Compiler, Evaluate } from './compile.ts'
import type { Located } from './places.ts'

/** On which side of every threshold the subjects of a tree stand. Trees with the same text go the same way through the rules. */
export type Crossings = (located: readonly Located[]) => string

interface Comparison {
  readonly entity: string
  /** The list whose items it is made for; undefined for the rule's own subject. */
  readonly list: string | undefined
  readonly result: Evaluate
  readonly left: Evaluate
  readonly right: Evaluate
}

/** The comparisons of amounts and dates in some named rules, compiled once. */
export const crossingsOf = (force: PackInForce, compiler: Compiler, rules: Iterable<string>): Crossings => {
  const comparisons = [...rules].flatMap((rule) => {
    const entity = force.pack.definitions.get(rule)?.entity ?? ''
    return comparisonsIn(force.treeOf(entity, rule), undefined).map(
      ({ node, list }): Comparison => ({ entity, list, ...sidesOf(node, compiler) }),
    )
  })
  return (located) => {
    let signs = ''
    for (const { entity, list, result, left, right } of comparisons)
      for (const { entity: of, instance } of located) {
        if (of !== entity) continue
        for (const item of list === undefined ? [instance] : (instance.lists[list] ?? []))
          signs += signOf(result(instance, item), left(instance, item), right(instance, item))
      }
    return signs
  }
}

const compared = ['less', 'lessOrEqual', 'greater', 'greaterOrEqual', 'equal', 'notEqual']
const measured = ['number', 'date', 'month', 'months', 'days']

const isMeasured = ({ operator, args }: OperationNode): boolean =>
  compared.includes(operator) && args.every(({ type }) => measured.includes(type.kind))

interface Found {
  readonly node: OperationNode
  readonly list: string | undefined
}

const comparisonsIn = (node: Node, list: string | undefined): readonly Found[] => {
  if (node.kind === 'over')
    return [node.filter, node.body].flatMap((part) => (part ? comparisonsIn(part, node.list) : []))
  if (node.kind !== 'operation') return []
  const inner = node.args.flatMap((arg) => comparisonsIn(arg, list))
  return isMeasured(node) ? [...inner, { node, list }] : inner
}

const sidesOf = (node: OperationNode, compiler: Compiler): Pick<Comparison, 'result' | 'left' | 'right'> => {
  const [left, right] = node.args.map((arg) => compiler.compile(exact(arg)))
  const result = compiler.compile(exact(node))
  return { result, left: left ?? result, right: right ?? result }
}

/** Which side, and where a side is missing, whether the comparison is settled all the same. */
const signOf = (result: Value, left: Value, right: Value): string => {
  if (isUnknownValue(result)) return '?'
  if (left === null || right === null) return '0'
  if (isUnknownValue(left) || isUnknownValue(right)) return result === true ? 't' : 'f'
  return left < right ? '<' : left > right ? '>' : '='
}

/** The named rules that a rule builds on, itself among them, each with the names of the facts it reads as `entity.fact`. */
export const groundOf = (force: PackInForce, rule: string): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>()
  const visit = (name: string): void => {
    if (found.has(name)) return
    const facts = new Set<string>()
    found.set(name, facts)
    const tree = force.pack.definitions.get(name)?.tree
    for (const node of tree ? nodesOf(tree) : []) {
      if (node.kind === 'fact') facts.add(`${node.entity}.${node.name}`)
      if (node.kind !== 'rule') continue
      visit(node.name)
      for (const fact of found.get(node.name) ?? []) facts.add(fact)
    }
  }
  visit(rule)
  return found
}
