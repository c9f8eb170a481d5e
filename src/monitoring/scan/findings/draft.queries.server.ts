import { type Engine, quoteName, quoteText } from '#lake/server'
import { compileTreesSql, type Node, type PackInForce, type Rule, ruledEntities } from '#policy'
import { readBy } from '../frozen.ts'
import { outcomeTable } from '../outcomes.queries.server.ts'
import {
  constantJson,
  factJson,
  factsJson,
  objectJson,
  stringJson,
  valueJson,
} from './canonical.queries.server.ts'
import { memberEntityOf, type RuleReading, readingOf } from './reading.ts'

/**
 * The findings of a scan, in the engine. What raises alerts reads these tables and nothing else of the run:
 * - `finding_rule`, a row for each indicator of each part of the region: `rule_no`, `region` (by whose values it judged),
 *   `indicator`, `version`, `grade`, `route`, `period` (the month or year that its alerts speak of);
 * - `finding`, a row for each subject for which an indicator holds: `finding_no` (each once), `rule_no`, `subject_kind`
 *   (`household`, `lead`), `subject_id` (text), `region_code`, `fingerprint`, `facts` and `members` (what was frozen, in
 *   canonical JSON; `members` null where the subject has none), `deciding` (member ids in the order in which they are
 *   named), `said` (canonical JSON of what the sentences name: `facts`, `named`).
 */
export const beginFindings = async (engine: Engine): Promise<void> => {
  await engine.run(
    `create or replace table finding_rule
       (rule_no integer, region varchar, indicator varchar, version varchar, grade varchar, route integer, period varchar);
     create or replace table finding (finding_no integer, rule_no integer, subject_kind varchar, subject_id varchar,
       region_code varchar, fingerprint varchar, facts varchar, members varchar, deciding varchar[], said varchar);
     create or replace sequence finding_numbers start 1`,
  )
}

/** A version of an indicator as it judged a part of the region. */
export interface FindingRule {
  readonly ruleNo: number
  readonly force: PackInForce
  readonly rule: Rule
}

/**
 * Drafts the findings of one part from its outcomes (`outcome_<entity>`) and its facts, for all of its indicators;
 * `regions` gives `id` and `region` of every subject. Gives the indicators by the numbers from `firstNo` on.
 */
export const draftFindings = async (
  engine: Engine,
  force: PackInForce,
  regions: string,
  firstNo: number,
): Promise<readonly FindingRule[]> => {
  const rules = force.rules.map((rule, at) => ({ ruleNo: firstNo + at, force, rule }))
  for (const { ruleNo, rule } of rules) {
    const texts = [force.region, rule.id, rule.key, rule.grade].map(quoteText).join(', ')
    const period = force.on.slice(0, rule.period === 'month' ? 7 : 4)
    await engine.run(
      `insert into finding_rule values (${ruleNo}, ${texts}, ${rule.route}, ${quoteText(period)})`,
    )
  }
  for (const entity of ruledEntities(force)) {
    await beginEntity(engine, force, entity)
    for (const one of rules.filter(({ rule }) => rule.entity === entity)) await draftOne(engine, one, regions)
  }
  return rules
}

const firedTable = (entity: string): string => `fired_${entity}`

/** The outcomes that hold, and the facts of those they speak of. */
const beginEntity = async (engine: Engine, { pack }: PackInForce, entity: string): Promise<void> => {
  const id = quoteName(`${entity}_id`)
  const member = memberEntityOf(pack, entity)
  await engine.run(
    `create or replace table fired as select rule, subject_id from ${outcomeTable(entity)} where u = 0 and value;
     create or replace table ${firedTable(entity)} as
       select * replace (cast(${id} as varchar) as ${id}) from ${quoteName(entity)}
       where cast(${id} as varchar) in (select subject_id from fired)`,
  )
  if (!member) return
  const own = quoteName(`${member}_id`)
  await engine.run(
    `create or replace table ${firedTable(member)} as
       select * replace (cast(${id} as varchar) as ${id}, cast(${own} as varchar) as ${own}) from ${quoteName(member)}
       where cast(${id} as varchar) in (select subject_id from fired)`,
  )
}

const today = (sql: string, { on }: PackInForce): string => sql.replaceAll('$1', `date '${on}'`)

const treesOver = (
  force: PackInForce,
  entity: string,
  trees: readonly { id: string; tree: Node }[],
): string => today(compileTreesSql(force, { entity, trees, tableOf: firedTable }), force)

/** Who decides, by subject: those for whom one of the expressions is true, in the order of the trace. */
const decidingSql = (force: PackInForce, reading: RuleReading): string => {
  const { deciding, member, entity } = reading
  if (!member || deciding.length === 0)
    return `select '' as subject_id, cast([] as varchar[]) as ids where false`
  const first = deciding.map(
    ({ id }, at) => `when ${quoteName(id)} and ${quoteName(`${id}__u`)} = 0 then ${at}`,
  )
  return `select subject_id, list(member_id order by place, member_id) as ids from (
      select ${quoteName(`${entity}_id`)} as subject_id, subject_id as member_id, case ${first.join(' ')} end as place
      from (${treesOver(force, member, deciding)})
    ) where place is not null group by all`
}

/** The values that a sentence names, by subject. */
const namedSql = (force: PackInForce, { entity, said }: RuleReading): string => {
  const trees = [...said.named].map(([id, tree]) => ({ id, tree }))
  if (trees.length === 0) return `select '' as subject_id, '{}' as named where false`
  const textOfValue = ({ id, tree }: { id: string; tree: Node }): string =>
    `case when ${quoteName(`${id}__u`)} = 0 then ${valueJson(quoteName(id), columnType(tree))} else ${constantJson({ missing: [], outcome: 'unknown' })} end`
  const fields = Object.fromEntries(trees.map((one) => [one.id, textOfValue(one)]))
  return `select subject_id, ${objectJson(fields)} as named from (${treesOver(force, entity, trees)})`
}

const columnType = ({ type: { kind } }: Node): string => {
  if (kind === 'boolean') return 'BOOLEAN'
  if (kind === 'date') return 'DATE'
  return kind === 'text' || kind === 'month' ? 'VARCHAR' : 'BIGINT'
}

/** By subject: the frozen members, what of those who decide goes into the fingerprint, and the facts of the first one. */
const membersSql = (
  { force: { pack }, rule }: FindingRule,
  { entity, member, ofMembers, said }: RuleReading,
): string => {
  if (!member)
    return `select '' as subject_id, '' as members, cast([] as varchar[]) as read, '{}' as said where false`
  const own = `m.${quoteName(`${member}_id`)}`
  const relevant = `(d.ids is null or list_contains(d.ids, ${own}))`
  const read = ofMembers.map(
    (name) =>
      `'["${member}","${name}",' || ${stringJson(own)} || ',' || ${factJson(pack, 'm', member, name)} || ']'`,
  )
  const frozen = objectJson({
    facts: factsJson(pack, 'm', member, [...(readBy(pack, rule).get(member) ?? [])].toSorted()),
    id: stringJson(own),
  })
  const first = `arg_min(${factsJson(pack, 'm', member, said.ofMembers)}, case when ${own} = d.ids[1] then '' else ${own} end)`
  return `select f.subject_id, '[' || string_agg(${frozen}, ',' order by ${own}) || ']' as members,
      coalesce(flatten(list(cast([${read.join(', ')}] as varchar[])) filter (where ${relevant})), []) as read,
      ${first} as said
    from f join ${firedTable(member)} m on m.${quoteName(`${entity}_id`)} = f.subject_id
      left join d on d.subject_id = f.subject_id group by f.subject_id`
}

const draftOne = async (engine: Engine, one: FindingRule, regions: string): Promise<void> => {
  const { force, rule, ruleNo } = one
  const { pack } = force
  const reading = readingOf(force, rule)
  const { entity, member, own, said } = reading
  const read = own.map(
    (name) => `'["${entity}","${name}","",' || ${factJson(pack, 's', entity, name)} || ']'`,
  )
  const fingerprint = objectJson({
    facts: `cast(to_json(list_sort(list_concat(cast([${read.join(', ')}] as varchar[]), coalesce(g.read, [])))) as varchar)`,
    members: `cast(to_json(list_sort(coalesce(d.ids, cast([] as varchar[])))) as varchar)`,
    rule: constantJson(rule.id),
  })
  const frozen = factsJson(pack, 's', entity, [...(readBy(pack, rule).get(entity) ?? [])].toSorted())
  const words = objectJson({
    facts: factsJson(pack, 's', entity, said.own),
    members: `coalesce(g.said, '{}')`,
    named: `coalesce(n.named, '{}')`,
  })
  await engine.run(
    `insert into finding
     with f as (select distinct subject_id from fired where rule = ${quoteText(rule.id)}),
       d as (${decidingSql(force, reading)}),
       n as (${namedSql(force, reading)}),
       g as (${membersSql(one, reading)})
     select nextval('finding_numbers'), ${ruleNo}, ${entity === 'lead' ? "'lead'" : "'household'"}, f.subject_id, p.region,
       sha256(${fingerprint}), ${frozen}, ${member ? `coalesce(g.members, '[]')` : 'null'}, coalesce(d.ids, []), ${words}
     from f join ${firedTable(entity)} s on s.${quoteName(`${entity}_id`)} = f.subject_id
       left join d on d.subject_id = f.subject_id
       left join g on g.subject_id = f.subject_id
       left join n on n.subject_id = f.subject_id
       left join (${regions}) p on p.id = f.subject_id`,
  )
}

/** A drafted finding as it stands in the engine. */
export interface FindingRow {
  readonly rule_no: number
  readonly subject_kind: string
  readonly subject_id: string
  readonly fingerprint: string
  readonly facts: string
  readonly members: string | null
  readonly deciding: readonly string[]
  readonly said: string
}

/** The findings of some indicators about some subjects. */
export const findingsOf = (
  engine: Engine,
  ruleNumbers: readonly number[],
  subjectIds: readonly string[],
): Promise<FindingRow[]> => {
  if (ruleNumbers.length === 0 || subjectIds.length === 0) return Promise.resolve([])
  return engine.rows<FindingRow>(
    `select rule_no, subject_kind, subject_id, fingerprint, facts, members, deciding, said from finding
     where rule_no in (${ruleNumbers.join(', ')}) and subject_id in (${subjectIds.map(quoteText).join(', ')})`,
  )
}

/** How many findings each indicator has. */
export const countByRule = async (engine: Engine): Promise<ReadonlyMap<number, number>> => {
  const rows = await engine.rows<{ rule_no: number; n: number }>(
    'select rule_no, count(*) as n from finding group by rule_no',
  )
  return new Map(rows.map(({ rule_no, n }) => [rule_no, Number(n)]))
}

/** How many findings speak of somebody whose region is not known. */
export const withoutRegion = async (engine: Engine): Promise<number> => {
  const [row] = await engine.rows<{ n: number }>(
    'select count(*) as n from finding where region_code is null',
  )
  return Number(row?.n ?? 0)
}
