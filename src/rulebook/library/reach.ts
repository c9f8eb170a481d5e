import { nodesOf, type Pack, type PackInForce, type Rule } from '#policy'

/** The named rules that some of them build on, those themselves first, each once. */
export const rulesBehind = (pack: Pack, first: readonly string[]): readonly string[] => {
  const found: string[] = []
  const waiting = [...first]
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const rule = pack.definitions.get(next)
    if (!rule || found.includes(next)) continue
    found.push(next)
    waiting.push(...nodesOf(rule.tree).flatMap((node) => (node.kind === 'rule' ? [node.name] : [])))
  }
  return found
}

/** The parameters that named rules read, each once. */
export const parametersIn = (pack: Pack, rules: readonly string[]): readonly string[] => [
  ...new Set(
    rules.flatMap((id) => {
      const rule = pack.definitions.get(id)
      return rule ? nodesOf(rule.tree).flatMap((node) => (node.kind === 'parameter' ? [node.name] : [])) : []
    }),
  ),
]

/** The named rules by which a programme decides. */
export const decidingRules = (pack: Pack, programme: string): readonly string[] => {
  const entry = pack.programmes[programme]
  return entry ? [entry.eligible, ...(entry.amount ? [entry.amount.rule] : [])] : []
}

/** An indicator as it is in force, else the version written last; undefined for a name that is none. */
export const indicatorIn = ({ pack, rules }: PackInForce, id: string): Rule | undefined =>
  rules.find((rule) => rule.id === id) ?? pack.rules.findLast((rule) => rule.id === id)

/** Each indicator once, as it was written last. */
export const lastVersions = (pack: Pack): readonly Rule[] => [
  ...new Map(pack.rules.map((rule) => [rule.id, rule])).values(),
]

/** Parameters read by an indicator's condition or by the facts it uses. */
export const parametersOfIndicator = (pack: Pack, rule: Rule): readonly string[] => {
  const nodes = nodesOf(rule.condition)
  const direct = nodes.flatMap((node) => (node.kind === 'parameter' ? [node.name] : []))
  const ofFacts = nodes.flatMap((node) => {
    const fact = node.kind === 'fact' ? pack.facts[node.entity]?.[node.name] : undefined
    return fact ? [...fact.uses, ...(fact.window ? [fact.window] : [])] : []
  })
  return [...new Set([...direct, ...ofFacts])]
}
