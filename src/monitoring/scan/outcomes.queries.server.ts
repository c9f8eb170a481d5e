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

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** A rule's columns: what it says, and what is missing for it. */
const columnsOf = (rule: string): readonly [string, string] => [quoted(rule), quoted(`${rule}__u`)]

/** Runs every rule over everybody in SQL, into `judged_<entity>` and, over it, the view `outcome_<entity>`. */
export const runRules = async (engine: Engine, force: PackInForce): Promise<void> => {
  for (const entity of ruledEntities(force)) {
    const { sql, rules } = compileWideSql(force, entity)
    await engine.run(
      `create or replace table ${sideBySide(entity)} as
       select * replace (cast(subject_id as varchar) as subject_id) from (${sql.replaceAll('$1', `date '${force.on}'`)})`,
    )
    const outcomes = rules.map((rule) => {
      const [value, missing] = columnsOf(rule)
      return `select ${quoteText(rule)} as rule, subject_id,
        case when ${missing} = 0 then coalesce(${value}, false) end as value, ${missing} as u from ${sideBySide(entity)}`
    })
    await engine.run(`create or replace view ${outcomeTable(entity)} as ${outcomes.join(' union all ')}`)
  }
}

/** Outcomes of the subjects between two ids, by rule and subject; with `only` of those whose ids stand in that table. */
export const outcomesBetween = async (
  engine: Engine,
  entity: string,
  rules: readonly string[],
  first: string,
  last: string,
  only?: string,
): Promise<Map<string, OutcomeRow>> => {
  const among = only ? ` and subject_id in (select id from ${only})` : ''
  const rows = await engine.rows<Record<string, unknown> & { subject_id: string }>(
    `select * from ${sideBySide(entity)} where subject_id >= $first and subject_id <= $last${among}`,
    { first, last },
    { exact: true },
  )
  const outcomes = new Map<string, OutcomeRow>()
  for (const row of rows)
    for (const rule of rules) {
      const u = BigInt(row[`${rule}__u`] as bigint)
      const value = u === 0n ? row[rule] === true : null
      outcomes.set(`${rule} ${row.subject_id}`, { rule, subject_id: row.subject_id, value, u })
    }
  return outcomes
}

/** How many outcomes there are of an entity, how many of them unknown; of how many subjects, and of how many they should be. */
export const outcomeFigures = async (
  engine: Engine,
  entity: string,
  rules: readonly string[],
): Promise<{
  readonly outcomes: number
  readonly unknown: number
  readonly judged: number
  readonly subjects: number
}> => {
  const missing = rules.map((rule) => `count(*) filter (where ${columnsOf(rule)[1]} <> 0)`)
  const [row] = await engine.rows<{ judged: number; unknown: number; subjects: number }>(
    `select count(*) as judged, ${missing.join(' + ') || '0'} as "unknown", (select count(*) from "${entity}") as subjects
     from ${sideBySide(entity)}`,
  )
  const judged = Number(row?.judged ?? 0)
  return {
    outcomes: judged * rules.length,
    unknown: Number(row?.unknown ?? 0),
    judged,
    subjects: Number(row?.subjects ?? 0),
  }
}

/** One number for all outcomes of households, whatever their order. */
export const checksumOf = async (engine: Engine, rules: readonly string[]): Promise<string> => {
  const sums = rules.map((rule, at) => {
    const [value, missing] = columnsOf(rule)
    const said = `case when ${missing} = 0 then coalesce(${value}, false) end`
    return `cast(coalesce(bit_xor(hash(subject_id, ${quoteText(rule)}, ${said}, ${missing})), 0) as varchar) as s${at}`
  })
  if (sums.length === 0) return '0'
  const [row] = await engine.rows<Record<string, string>>(
    `select ${sums.join(', ')} from ${sideBySide('household')}`,
  )
  return String(Object.values(row ?? {}).reduce((sum, one) => sum ^ BigInt(one), 0n))
}
