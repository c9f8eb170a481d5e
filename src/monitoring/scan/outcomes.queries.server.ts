import { type Engine, quoteText } from '#lake/server'
import { compileWideSql, type PackInForce, ruledEntities } from '#policy'

/** One outcome as SQL gives it; `u` holds a bit for each missing fact. */
export interface OutcomeRow {
  readonly rule: string
  readonly subject_id: string
  readonly value: boolean | null
  readonly u: bigint
}

/** Where the outcomes of an entity stand: a row for each subject and rule. */
export const outcomeTable = (entity: string): string => `outcome_${entity}`

/** … and as they are kept: a row a subject, of a province's millions the rules side by side. */
const sideBySide = (entity: string): string => `judged_${entity}`

/** Runs every rule over everybody in SQL, into `judged_<entity>` and, over it, the view `outcome_<entity>`. */
export const runRules = async (engine: Engine, force: PackInForce): Promise<void> => {
  for (const entity of ruledEntities(force)) {
    const { sql, rules } = compileWideSql(force, entity)
    await engine.run(
      `create or replace table ${sideBySide(entity)} as
       select * replace (cast(subject_id as varchar) as subject_id) from (${sql.replaceAll('$1', `date '${force.on}'`)})`,
    )
    const outcomes = rules.map((rule) => {
      const [value, missing] = [rule, `${rule}__u`].map((name) => `"${name.replaceAll('"', '""')}"`)
      return `select ${quoteText(rule)} as rule, subject_id,
        case when ${missing} = 0 then coalesce(${value}, false) end as value, ${missing} as u from ${sideBySide(entity)}`
    })
    await engine.run(`create or replace view ${outcomeTable(entity)} as ${outcomes.join(' union all ')}`)
  }
}

/** Outcomes of the subjects between two ids, by rule and subject. */
export const outcomesBetween = async (
  engine: Engine,
  entity: string,
  first: string,
  last: string,
  only?: string,
): Promise<Map<string, OutcomeRow>> => {
  const among = only ? ` and subject_id in (select id from ${only})` : ''
  const rows = await engine.rows<OutcomeRow>(
    `select rule, subject_id, value, u from ${outcomeTable(entity)} where subject_id >= $first and subject_id <= $last${among}`,
    { first, last },
    { exact: true },
  )
  return new Map(rows.map((row) => [`${row.rule} ${row.subject_id}`, row]))
}

/** How many outcomes SQL gave, by rule. */
export const countOutcomes = async (engine: Engine, entity: string): Promise<Map<string, number>> => {
  const rows = await engine.rows<{ rule: string; n: number }>(
    `select rule, count(*) as n from ${outcomeTable(entity)} group by rule`,
  )
  return new Map(rows.map(({ rule, n }) => [rule, Number(n)]))
}

/** How many outcomes there are of an entity, how many of them unknown, and of how many subjects they should be. */
export const outcomeFigures = async (
  engine: Engine,
  entity: string,
): Promise<{ readonly outcomes: number; readonly unknown: number; readonly subjects: number }> => {
  const [row] = await engine.rows<{ outcomes: number; unknown: number; subjects: number }>(
    `select count(*) as outcomes, count(*) filter (where u <> 0) as "unknown", (select count(*) from "${entity}") as subjects
     from ${outcomeTable(entity)}`,
  )
  return {
    outcomes: Number(row?.outcomes ?? 0),
    unknown: Number(row?.unknown ?? 0),
    subjects: Number(row?.subjects ?? 0),
  }
}

/** One number for all outcomes of households, whatever their order. */
export const checksumOf = async (engine: Engine): Promise<string> => {
  const [row] = await engine.rows<{ sum: string }>(
    `select coalesce(cast(bit_xor(hash(subject_id, rule, value, u)) as varchar), '0') as sum from ${outcomeTable('household')}`,
  )
  return row?.sum ?? '0'
}
