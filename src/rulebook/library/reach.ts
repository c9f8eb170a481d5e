import type { Pack } from '#policy'
import { nodesOf } from '#policy'

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

/** Parameters read by an indicator's condition or by the facts it uses. */
export const parametersOfIndicator = (pack: Pack, id: string): readonly string[] => {
  const rule = pack.rules.find((one) => one.id === id)
  if (!rule) return []
  const nodes = nodesOf(rule.condition)
  const direct = nodes.flatMap((node) => (node.kind === 'parameter' ? [node.name] : []))
  const ofFacts = nodes.flatMap((node) => {
    const fact = node.kind === 'fact' ? pack.facts[node.entity]?.[node.name] : undefined
    return fact ? [...fact.uses, ...(fact.window ? [fact.window] : [])] : []
  })
  return [...new Set([...direct, ...ofFacts])]
}
