import type { Dialect } from '../language/operators/operator.ts'
import type { PackInForce } from '../pack/in-force.ts'
import { missingNameOf } from '../pack/pack.ts'
import { duckdb, postgres } from './dialects.ts'
import { statementFor } from './statement.ts'

export interface Statement {
  /** `$1` is today. Rows: rule, subject_id, value BOOLEAN, u BIGINT. */
  readonly sql: string
  /** The entity whose table the statement reads; the tables of its members come with it. */
  readonly entity: string
  readonly rules: readonly string[]
}

export interface CompileOptions {
  readonly dialect?: Dialect['name']
  /** Only these rules; all rules of the entity when left out. */
  readonly rules?: readonly string[]
}

/** Compiles the rules of one entity into one statement over the tables named after the entities. */
export const compileSql = (force: PackInForce, entity: string, options: CompileOptions = {}): Statement => {
  const rules = force.rules.filter(
    (rule) => rule.entity === entity && (options.rules?.includes(rule.id) ?? true),
  )
  const { pack, missingNames, parameters } = force
  const sql = statementFor(
    rules,
    {
      entity,
      member: Object.entries(pack.entities).find(([, { within }]) => within === entity)?.[0],
      missingNames,
      missingNameOf: (of, fact) => missingNameOf(pack, of, fact),
      parameterValue: (name) => parameters.get(name)?.value ?? null,
    },
    options.dialect === 'postgres' ? postgres : duckdb,
  )
  return { sql, entity, rules: rules.map(({ id }) => id) }
}

/** The entities that have rules, each needing one statement. */
export const ruledEntities = (force: PackInForce): readonly string[] => [
  ...new Set(force.rules.map(({ entity }) => entity)),
]
