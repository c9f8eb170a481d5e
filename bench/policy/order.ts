import { type Node, nodesOf, type PackInForce } from '#policy'

/** A named rule with its tree and how many others lie below it. */
export interface OrderedRule {
  readonly name: string
  readonly tree: Node
  readonly level: number
}

/** The rules of an entity, each after those it builds on. */
export const orderedRules = (force: PackInForce, entity: string): readonly OrderedRule[] => {
  const found = new Map<string, OrderedRule>()
  const visit = (name: string): OrderedRule => {
    const known = found.get(name)
    if (known) return known
    const tree = force.treeOf(entity, name)
    const below = nodesOf(tree).flatMap((node) => (node.kind === 'rule' ? [visit(node.name).level] : []))
    const rule = { name, tree, level: 1 + Math.max(0, ...below) }
    found.set(name, rule)
    return rule
  }
  for (const rule of force.pack.definitions.values()) if (rule.entity === entity) visit(rule.id)
  return [...found.values()]
}

/** The value of a parameter, which a peer is given as a constant. */
export const constantOf = (force: PackInForce, name: string): number => {
  const value = force.parameters.get(name)?.value
  if (typeof value !== 'number') throw new Error(`no number for ${name}`)
  return value
}
