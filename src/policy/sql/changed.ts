import { type Node, nodesOf } from '../language/ast.ts'
import { operators } from '../language/operators/table.ts'
import type { PackInForce } from '../pack/in-force.ts'
import { compileNamedSql } from './compile.ts'

/** What changed beside the pack: the facts of an entity, by its name. */
export type ChangedFacts = Readonly<Record<string, readonly string[]>>

/**
 * The named rules of `now` whose values may be others than under `before`: those that are new or written otherwise, that read
 * a fact, a parameter, a day or a calendar that changed, and whatever builds on one of these. All others give everybody what
 * they gave.
 */
export const changedRules = (
  now: PackInForce,
  before: PackInForce,
  facts: ChangedFacts,
): ReadonlySet<string> => {
  const all = [...now.pack.definitions.values()]
  if (JSON.stringify(now.pack.entities) !== JSON.stringify(before.pack.entities))
    return new Set(all.map(({ id }) => id))
  const has = changeIn(now, before, facts)
  const known = new Map<string, boolean>()
  const isChanged = (entity: string, name: string): boolean => {
    const found = known.get(name)
    if (found !== undefined) return found
    const tree = now.treeOf(entity, name)
    const own = before.pack.definitions.get(name)
    const changed =
      own?.entity !== entity ||
      writtenOf(before.treeOf(entity, name)) !== writtenOf(tree) ||
      nodesOf(tree).some((node) => (node.kind === 'rule' ? isChanged(node.entity, node.name) : has(node)))
    known.set(name, changed)
    return changed
  }
  return new Set(all.filter(({ entity, id }) => isChanged(entity, id)).map(({ id }) => id))
}

/** Tells whether a part of a tree that is no rule gives something else than before. */
const changeIn = (now: PackInForce, before: PackInForce, facts: ChangedFacts): ((node: Node) => boolean) => {
  const valueIn = ({ parameters }: PackInForce, name: string): string =>
    JSON.stringify(parameters.get(name)?.value)
  return (node) => {
    if (node.kind === 'fact') return facts[node.entity]?.includes(node.name) ?? false
    if (node.kind === 'parameter') return valueIn(now, node.name) !== valueIn(before, node.name)
    if (node.kind === 'today') return now.on !== before.on
    if (node.kind !== 'operation' || operators[node.operator].under === undefined) return false
    return now.calendar !== before.calendar
  }
}

// Where in a file a rule stands changes nothing that it says.
const writtenOf = (tree: Node): string =>
  JSON.stringify(tree, (key, value: unknown) => (key === 'span' ? undefined : value))

/** A statement for the rules that changed. */
export type ChangedStatement = {
  /** As that of `compileNamedSql`, over a table that has the columns of `standing` and `beside` too, with those of `beside` handed on. */
  readonly sql: string
  /** The rules that are computed. */
  readonly rules: readonly string[]
  /** Rules whose values of before the table has as columns of their names. */
  readonly standing: readonly string[]
}

/**
 * Compiles those of `asked` that changed. Of the others, `kept` are rules whose values of before can be read; only what is
 * always known is, since an unknown value says less than its rule does.
 */
export const compileChangedSql = (
  force: PackInForce,
  entity: string,
  changed: ReadonlySet<string>,
  names: {
    readonly asked: readonly string[]
    readonly kept: readonly string[]
    readonly beside: readonly string[]
  },
): ChangedStatement => {
  const rules = names.asked.filter((name) => changed.has(name))
  const standing = names.kept.filter((name) => {
    if (changed.has(name)) return false
    const { type } = force.treeOf(entity, name)
    return !type.unknown && !type.absent
  })
  const { sql } = compileNamedSql(force, entity, rules, { standing, beside: names.beside })
  return { sql, rules, standing }
}
