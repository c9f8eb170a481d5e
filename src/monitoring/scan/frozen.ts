import { type Facts, nodesOf, type Pack, type PackInForce, type Rule, type Subject } from '#policy'

/** What an indicator was run on: the facts that it reads of subject and members, and the region by whose values. */
export interface FrozenSubject {
  readonly region: string
  readonly facts: Facts
  readonly members?: readonly { readonly id: string; readonly facts: Facts }[]
}

/** Every fact that a rule may read, by entity, however deep. */
export const readBy = (pack: Pack, { condition, named }: Rule): ReadonlyMap<string, ReadonlySet<string>> => {
  const facts = new Map<string, Set<string>>()
  const seen = new Set<string>()
  const visit = (tree: Rule['condition'] | undefined): void => {
    for (const node of tree ? nodesOf(tree) : []) {
      if (node.kind === 'fact') facts.set(node.entity, (facts.get(node.entity) ?? new Set()).add(node.name))
      if (node.kind !== 'rule' || seen.has(node.name)) continue
      seen.add(node.name)
      visit(pack.definitions.get(node.name)?.tree)
    }
  }
  for (const tree of [condition, ...named.values()]) visit(tree)
  return facts
}

const picked = (facts: Facts, wanted: ReadonlySet<string> | undefined): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => wanted?.has(name)))

/** What has to be kept of a subject so that the rule can be run on it again; what the rule does not read is left out. */
export const frozenFor = ({ pack, region }: PackInForce, rule: Rule, subject: Subject): FrozenSubject => {
  const wanted = readBy(pack, rule)
  const member = Object.entries(pack.entities).find(([, { within }]) => within === rule.entity)?.[0] ?? ''
  return {
    region,
    facts: picked(subject.facts, wanted.get(rule.entity)),
    ...(subject.members && {
      members: subject.members.map(({ id, facts }) => ({ id, facts: picked(facts, wanted.get(member)) })),
    }),
  }
}
