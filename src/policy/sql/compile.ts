import { ruleTree } from '../interpret/compile.ts'
import { parameterValues } from '../interpret/evaluate.ts'
import type { Node } from '../language/ast.ts'
import type { Dialect } from '../language/operators/operator.ts'
import { plain } from '../language/types.ts'
import type { PackInForce } from '../pack/in-force.ts'
import { aboveOf } from '../pack/named-rules.ts'
import { missingNameOf } from '../pack/pack.ts'
import { duckdb, postgres } from './dialects.ts'
import type { SqlNames } from './layers.ts'
import { statementFor, wideStatementFor } from './statement.ts'

export interface Statement {
  /** `$1` is today. Rows: rule, subject_id, value BOOLEAN, u BIGINT. */
  readonly sql: string
  /** The entity whose table the statement reads; the tables of its members come with it. */
  readonly entity: string
  readonly rules: readonly string[]
}

/** Named rules as one statement: keys, then for each rule its value and, as `<rule>__u`, the bits of what is missing. */
export interface WideStatement extends Statement {
  /** The names behind the bits, in their order. A bit behind the last of them: something of `more` is missing. */
  readonly missingNames: readonly string[]
  /** The same statement with bits for further names, where there are more than a BIGINT holds. */
  readonly more: readonly Pick<WideStatement, 'sql' | 'missingNames'>[]
}

export interface CompileOptions {
  readonly dialect?: Dialect['name']
  /** Only these rules; all rules of the entity when left out. */
  readonly rules?: readonly string[]
}

const dialectOf = ({ dialect }: CompileOptions): Dialect => (dialect === 'postgres' ? postgres : duckdb)

const namesIn = (force: PackInForce, entity: string, bitOf: SqlNames['bitOf']): SqlNames => ({
  entity,
  above: (of) => aboveOf(force.pack.entities, of),
  bitOf,
  missingNameOf: (of, fact) => missingNameOf(force.pack, of, fact),
  parameterValue: parameterValues(force),
  calendar: force.calendar,
  treeOf: (node) => ruleTree({ ruleOf: force.treeOf }, node.entity, node.name, node.bound),
})

/** Compiles the indicators of one entity into one statement over the tables named after the entities. */
export const compileSql = (force: PackInForce, entity: string, options: CompileOptions = {}): Statement => {
  const rules = force.rules.filter(
    (rule) => rule.entity === entity && (options.rules?.includes(rule.id) ?? true),
  )
  const names = namesIn(force, entity, (name) => force.missingNames.indexOf(name))
  return { sql: statementFor(rules, names, dialectOf(options)), entity, rules: rules.map(({ id }) => id) }
}

/**
 * The indicators of one entity side by side: a row a subject with `subject_id` and, for each, its value and, as `<rule>__u`, the
 * bits of what is missing, those of `missingNames` of the pack in force. For everybody at once: as rows by rule they would be
 * many times as many.
 */
export const compileWideSql = (force: PackInForce, entity: string): Statement => {
  const rules = force.rules.filter((rule) => rule.entity === entity)
  const names = namesIn(force, entity, (name) => force.missingNames.indexOf(name))
  return { sql: wideStatementFor(rules, names, duckdb), entity, rules: rules.map(({ id }) => id) }
}

interface NamedOptions extends Pick<CompileOptions, 'dialect'> {
  /** Below 62 only to try out `more`. */
  readonly bits?: number
  /** Rules that are not computed: the entity's table has their values. */
  readonly standing?: readonly string[]
  /** Further columns of the entity's table, handed on as they are. */
  readonly beside?: readonly string[]
}

/** Compiles named rules of one entity into one statement, `$1` being today. */
export const compileNamedSql = (
  force: PackInForce,
  entity: string,
  rules: readonly string[],
  options: NamedOptions = {},
): WideStatement => {
  const ownBits = options.bits ?? mostBits
  const all: string[] = []
  const { standing = [], beside = [] } = options
  const trees = [
    ...rules.map((id) => ({ id, condition: ruleNode(force, entity, id) })),
    ...beside.map((id) => ({ id, condition: columnNode(entity, id) })),
  ]
  const compiled = (from: number): string => {
    const bitOf = (name: string): number => {
      if (!all.includes(name)) all.push(name)
      const index = all.indexOf(name) - from
      return index >= 0 && index < ownBits ? index : ownBits
    }
    const names: SqlNames = {
      ...namesIn(force, entity, bitOf),
      stands: (owner, { name, bound }) => bound === undefined && owner === entity && standing.includes(name),
    }
    return wideStatementFor(trees, names, dialectOf(options))
  }
  const sql = compiled(0)
  const more: Pick<WideStatement, 'sql' | 'missingNames'>[] = []
  for (let from = ownBits; from < all.length; from += ownBits)
    more.push({ sql: compiled(from), missingNames: all.slice(from, from + ownBits) })
  return { sql, entity, rules, missingNames: all.slice(0, ownBits), more }
}

/** Expressions over the rows of one entity, with where its facts and those of the entities around it stand. */
export interface TreesAsked {
  readonly entity: string
  readonly trees: readonly { readonly id: string; readonly tree: Node }[]
  /** The table of an entity; named after the entity when left out. */
  readonly tableOf?: (entity: string) => string
}

/**
 * Compiles expressions of indicators into one statement for DuckDB, `$1` being today: keys, outermost first, the last as
 * subject_id; then for each tree its value and, as `<id>__u`, whether something it needs is missing (0: nothing is).
 */
export const compileTreesSql = (force: PackInForce, { entity, trees, tableOf }: TreesAsked): string => {
  const names = { ...namesIn(force, entity, () => 0), ...(tableOf && { tableOf }) }
  return wideStatementFor(
    trees.map(({ id, tree }) => ({ id, condition: tree })),
    names,
    duckdb,
  )
}

// The 63rd bit of a BIGINT says that a name outside the statement's own is missing; the 64th is the sign.
const mostBits = 62

const ruleNode = (force: PackInForce, entity: string, name: string) => {
  const { type, span } = force.treeOf(entity, name)
  return { kind: 'rule', entity, name, depth: 0, up: 0, type, span } as const
}

/** A column that is handed on: nothing is asked of its type. */
const columnNode = (entity: string, name: string): Node => {
  const span = { from: 0, until: 0 }
  return { kind: 'fact', entity, name, depth: 0, up: 0, type: plain('number'), span }
}

/** The entities that have indicators, each needing one statement. */
export const ruledEntities = (force: PackInForce): readonly string[] => [
  ...new Set(force.rules.map(({ entity }) => entity)),
]
