import { type Node, nodesOf, type Pack, type PackInForce, type Rule } from '#policy'

/** An expression about one member that, where it is true, makes the member one of those who decide. */
export interface DecidingTree {
  readonly id: string
  readonly tree: Node
}

/** What has to be read to say how an indicator came to hold. */
export interface RuleReading {
  readonly entity: string
  /** The entity of its members; undefined where it has none. */
  readonly member: string | undefined
  /** Facts that stand in the trace: of the subject, and of its members. They go into the fingerprint. */
  readonly own: readonly string[]
  readonly ofMembers: readonly string[]
  /** In the order in which the trace tells who decides. */
  readonly deciding: readonly DecidingTree[]
  /** What the sentences name: facts of the subject, facts of the member who decides first, and named values. */
  readonly said: {
    readonly own: readonly string[]
    readonly ofMembers: readonly string[]
    readonly named: ReadonlyMap<string, Node>
    readonly members: boolean
  }
}

/** The entity whose rows lie within those of another. */
export const memberEntityOf = (pack: Pack, entity: string): string | undefined =>
  Object.entries(pack.entities).find(([, { within }]) => within === entity)?.[0]

/** The parameters that a condition uses. */
export const parametersIn = (condition: Node): readonly string[] => [
  ...new Set(nodesOf(condition).flatMap((node) => (node.kind === 'parameter' ? [node.name] : []))),
]

/** Reads an indicator once; everything about it that is the same for every subject. */
export const readingOf = ({ pack }: Pick<PackInForce, 'pack'>, rule: Rule): RuleReading => {
  const facts = nodesOf(rule.condition).filter((node) => node.kind === 'fact')
  const namesAt = (depth: number): string[] =>
    [...new Set(facts.filter((fact) => fact.depth === depth).map(({ name }) => name))].toSorted()
  const [own, ofMembers] = [namesAt(0), namesAt(1)]
  const words = wordsIn(rule)
  const isTaken = (word: string): boolean =>
    ['members', 'today'].includes(word) || rule.named.has(word) || parametersIn(rule.condition).includes(word)
  const open = words.filter((word) => !isTaken(word))
  return {
    entity: rule.entity,
    member: memberEntityOf(pack, rule.entity),
    own,
    ofMembers,
    deciding: decidingIn(rule.condition),
    said: {
      own: open.filter((word) => own.includes(word)),
      // A fact of the subject speaks before one of the same name of a member.
      ofMembers: open.filter((word) => ofMembers.includes(word) && !own.includes(word)),
      named: new Map([...rule.named].filter(([name]) => words.includes(name))),
      members: words.includes('members'),
    },
  }
}

const wordsIn = ({ sentence: { zh, en } }: Rule): readonly string[] => [
  ...new Set([zh, en].flatMap((text) => [...text.matchAll(/\{(\w+)\}/gu)].map(([, word = '']) => word))),
]

/** Filters and bodies of quantifiers and sums, in the order of the trace, each as an expression about the member itself. */
const decidingIn = (condition: Node): DecidingTree[] =>
  nodesOf(condition)
    .filter((node) => node.kind === 'over' && ['some', 'every', 'sum'].includes(node.operator))
    .flatMap((node) => (node.kind === 'over' ? [node.filter, node.body] : []))
    .filter((tree) => tree?.type.kind === 'boolean')
    .map((tree, at) => ({ id: `d${at}`, tree: asMember(tree as Node) }))

/** The same expression seen from the item: what was the subject's stands above it. */
const asMember = (node: Node): Node => {
  if (node.kind === 'operation') return { ...node, args: node.args.map(asMember) }
  if (node.kind !== 'fact' && node.kind !== 'rule') return node
  return node.depth === 0 ? { ...node, up: node.up + 1 } : { ...node, depth: 0 }
}
