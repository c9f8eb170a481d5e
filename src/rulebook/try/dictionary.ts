import { type Node, type Pack, rootEntity } from '#policy'
import type { Dictionary, DictionaryFact, EntityView } from './contract.ts'
import { listsIn } from './judge.ts'

/** The entities of a pack from the household down. */
export const entitiesOf = (pack: Pack): EntityView[] => {
  const root = rootEntity(pack)
  const below = (entity: string): EntityView[] =>
    listsIn(pack, entity).flatMap((one) => [
      { id: one.entity, label: one.label, list: one.list, within: entity, most: one.most },
      ...below(one.entity),
    ])
  const label = pack.entities[root]?.label ?? { zh: root, en: root }
  return [{ id: root, label, list: null, within: null, most: 1 }, ...below(root)]
}

/** The facts of a pack's dictionary, each with the number of rules that read it. */
export const factsOf = (pack: Pack): Dictionary['facts'] => {
  const uses = countUses(pack)
  return Object.entries(pack.facts).flatMap(([entity, facts]) =>
    Object.entries(facts).map(
      ([name, entry]): DictionaryFact => ({
        entity,
        name,
        label: entry.label,
        type: entry.type,
        unit: entry.unit ?? null,
        codes: Object.entries(entry.values ?? {}).map(([code, label]) => ({ code, label })),
        low: entry.range?.[0] ?? null,
        high: entry.range?.[1] ?? null,
        absent: entry.absent,
        uses: uses.get(`${entity}.${name}`) ?? 0,
      }),
    ),
  )
}

/** The parameters of a pack with what a value of each must be like. */
export const parametersOf = (pack: Pack): Dictionary['parameters'] =>
  Object.entries(pack.parameters).map(([name, { label, type, unit, list, range, options }]) => ({
    name,
    label,
    type,
    unit: unit ?? null,
    isList: list,
    low: range?.[0] ?? null,
    high: range?.[1] ?? null,
    options: Object.entries(options ?? {}).map(([code, of]) => ({ code, label: of })),
  }))

const countUses = (pack: Pack): ReadonlyMap<string, number> => {
  const uses = new Map<string, number>()
  for (const { tree } of pack.definitions.values())
    for (const key of new Set(readIn(tree))) uses.set(key, (uses.get(key) ?? 0) + 1)
  return uses
}

const readIn = (node: Node): readonly string[] => {
  if (node.kind === 'fact') return [`${node.entity}.${node.name}`]
  if (node.kind === 'operation') return node.args.flatMap(readIn)
  if (node.kind !== 'over') return []
  return [node.filter, node.body].flatMap((part) => (part ? readIn(part) : []))
}
