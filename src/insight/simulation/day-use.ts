import type { Node, PackInForce } from '#policy'

/**
 * When what the rules say of a household may change though its facts stay: never; only when a member's birthday passes; then
 * or when a year begins; on any day.
 */
export type DayUse = 'never' | 'birthdays' | 'years' | 'any'

/** Looks through settled rules, in which the day is the fact `today`. */
export const dayUseOf = (
  force: PackInForce,
  rules: readonly (readonly [entity: string, name: string])[],
): DayUse => {
  const seen = new Set<string>()
  const found = new Set<DayUse>()
  const visit = (entity: string, name: string): void => {
    if (seen.has(name)) return
    seen.add(name)
    look(force.treeOf(entity, name))
  }
  const look = (node: Node): void => {
    if (isDay(node)) found.add('any')
    else if (isAge(node)) found.add('birthdays')
    else if (isYear(node)) found.add('years')
    else if (node.kind === 'rule') visit(node.entity, node.name)
    else for (const child of nodesBelow(node)) look(child)
  }
  for (const [entity, name] of rules) visit(entity, name)
  return widest([...found])
}

/** The use that covers all of these. */
export const widest = (uses: readonly DayUse[]): DayUse =>
  (['any', 'years', 'birthdays'] as const).find((use) => uses.includes(use)) ?? 'never'

const nodesBelow = (node: Node): readonly Node[] => {
  if (node.kind === 'operation') return node.args
  if (node.kind !== 'over') return []
  return [node.filter, node.body].filter((part) => part !== undefined)
}

const isDay = (node: Node): boolean => node.kind === 'fact' && node.name === 'today'

/** Today or yesterday. */
const isNow = (node: Node | undefined): boolean => {
  if (!node || isDay(node)) return node !== undefined
  const [day, back] = node.kind === 'operation' && node.operator === 'dateSubtractDays' ? node.args : []
  return day !== undefined && isDay(day) && back?.kind === 'literal' && back.value === 1
}

/** Full years since a member was born. */
const isAge = (node: Node): boolean => {
  if (node.kind !== 'operation' || node.operator !== 'yearsBetween') return false
  const [from, until] = node.args
  return from?.kind === 'fact' && from.entity === 'member' && from.name === 'bornOn' && isNow(until)
}

const isYear = (node: Node): boolean =>
  node.kind === 'operation' && node.operator === 'yearOf' && isNow(node.args[0])
