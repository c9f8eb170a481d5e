import { canonicalJson } from '#base'
import { type Engine, matchedTable, quoteText } from '#lake/server'
import type { FeedTitles } from '../evidence.ts'
import { memberLabelOf } from '../member-label.ts'
import { constantJson, objectJson, stringJson } from './canonical.queries.server.ts'
import type { FindingRule } from './draft.queries.server.ts'
import { type Said, sentencesFrom } from './sentences.ts'

/** Rows of a kind of file that an alert shows; every file counts, shown or not: when one is taken back, it matters. */
const mostRows = 12

const wantedFindings = 'from finding where finding_no in (select finding_no from wanted)'

/** Members of whom a wanted finding has to speak: `member_id`, each once. */
export const decidingMembers = `select distinct unnest(deciding) as member_id ${wantedFindings}`

/** Of whom wanted findings speak: `id`. */
export const wantedSubjects = `select distinct cast(subject_id as uuid) as id ${wantedFindings}`

const kindsOf = (rules: readonly FindingRule[]): readonly string[] => [
  ...new Set(rules.flatMap(({ rule }) => rule.feeds)),
]

/** The rows of a kind that speak for findings: of the members that decide where the rule speaks of members. */
const rowsBehind = (kind: string, rules: readonly FindingRule[], findings: string): string => {
  const numbers = rules.filter(({ rule }) => rule.feeds.includes(kind)).map(({ ruleNo }) => ruleNo)
  const of = (subjectKind: 'household' | 'lead') =>
    `select f.finding_no, m.feed_id, m.row_no, m.feed_order, cast(m.person_id as varchar) as member_id
     from (select finding_no, cast(subject_id as uuid) as subject_id, deciding from ${findings}
       where subject_kind = '${subjectKind}' and rule_no in (${numbers.join(', ')})) f
     join ${matchedTable(kind)} m on m.${subjectKind}_id = f.subject_id
     where len(f.deciding) = 0 or list_contains(f.deciding, cast(m.person_id as varchar))`
  return `${of('household')} union all ${of('lead')}`
}

/** Every file that a wanted finding rests on, once its rows are found. */
export const feedsBehind = async (engine: Engine): Promise<readonly string[]> => {
  const rows = await engine.rows<{ feed_id: string }>('select distinct feed_id from finding_row')
  return rows.map(({ feed_id }) => feed_id)
}

/** The rows behind the findings of `wanted`, newest file first, as alerts keep them: `finding_evidence` with `rows` (JSON) and `feed_ids`. */
export const fillEvidence = async (
  engine: Engine,
  rules: readonly FindingRule[],
  titles: FeedTitles,
): Promise<void> => {
  await engine.run(
    `create or replace table finding_row
       (finding_no integer, kind_no integer, kind varchar, feed_id varchar, row_no integer, member_id varchar, place integer)`,
  )
  for (const [kindNo, kind] of kindsOf(rules).entries())
    await engine.run(
      `insert into finding_row select finding_no, ${kindNo}, ${quoteText(kind)}, feed_id, row_no, member_id,
         row_number() over (partition by finding_no order by feed_order desc, row_no, member_id)
       from (${rowsBehind(kind, rules, `(select * ${wantedFindings})`)})`,
    )
  const columns = ['feed_id', 'file_name', 'period', 'received_at'].map((name) => ({
    name,
    type: 'VARCHAR' as const,
  }))
  const told = [...titles].map(([id, { fileName, period, receivedAt }]) => [
    id,
    canonicalJson(fileName),
    canonicalJson(period),
    canonicalJson(receivedAt),
  ])
  await refill(engine, 'feed_title', columns, told)
  const row = objectJson({
    ...{ kind: stringJson('r.kind'), feedId: stringJson('r.feed_id'), row: 'cast(r.row_no as varchar)' },
    memberId: `coalesce(${stringJson('r.member_id')}, 'null')`,
    ...{ fileName: 't.file_name', period: 't.period', receivedAt: 't.received_at' },
  })
  await engine.run(
    `create or replace table finding_evidence as
     select r.finding_no,
       coalesce('[' || string_agg(${row}, ',' order by r.kind_no, r.place) filter (where r.place <= ${mostRows} and t.feed_id is not null) || ']', '[]') as rows,
       '{' || array_to_string(list_sort(list_distinct(list(r.feed_id))), ',') || '}' as feed_ids
     from finding_row r left join feed_title t on t.feed_id = r.feed_id group by r.finding_no`,
  )
}

type Column = Parameters<Engine['appendRows']>[1][number]

const refill = async (
  engine: Engine,
  table: string,
  columns: readonly Column[],
  rows: readonly (readonly (string | number | null)[])[],
): Promise<void> => {
  await engine.run(`drop table if exists ${table}`)
  await engine.appendRows(table, columns, inBatches(rows))
}

async function* inBatches<T>(rows: readonly T[]): AsyncGenerator<readonly T[]> {
  for (let start = 0; start < rows.length; start += 2000) yield rows.slice(start, start + 2000)
}

/** How members are spoken of, by relation; the empty one for somebody of whom nothing is known. */
const fillLabels = async (engine: Engine): Promise<void> => {
  const rows = await engine.rows<{ relation: string }>('select distinct relation from member_relation')
  const labels = [...new Set(['', ...rows.map(({ relation }) => relation)])].map((relation) => {
    const label = memberLabelOf(new Map([['', relation]]))
    return [relation, canonicalJson(label('zh-CN')('')), canonicalJson(label('en')(''))]
  })
  const columns = ['relation', 'zh', 'en'].map((name) => ({ name, type: 'VARCHAR' as const }))
  await refill(engine, 'relation_label', columns, labels)
}

/** `finding_label`: of each wanted finding the frozen labels as JSON, and the relations in the order of those who decide. */
const fillFindingLabels = async (engine: Engine): Promise<void> => {
  const labelled = (language: string) =>
    `'{' || string_agg(${stringJson('m.member_id')} || ':' || l.${language}, ',' order by m.member_id) || '}'`
  await engine.run(
    `create or replace table finding_label as
     select m.finding_no, ${labelled('zh')} as zh, ${labelled('en')} as en,
       string_agg(m.relation || ';', '' order by m.place) as relations
     from (select d.finding_no, d.member_id, d.place, coalesce(r.relation, '') as relation
       from (select finding_no, unnest(deciding) as member_id, generate_subscripts(deciding, 1) as place
         ${wantedFindings}) d
       left join member_relation r on r.member_id = d.member_id) m
     join relation_label l on l.relation = m.relation group by m.finding_no`,
  )
}

/** Renders each different sentence once: `finding_sentence` by rule, values and relations. */
const fillSentences = async (engine: Engine, rules: readonly FindingRule[]): Promise<void> => {
  const byNo = new Map(rules.map((one) => [one.ruleNo, one]))
  const columns: Column[] = [
    { name: 'rule_no', type: 'INTEGER' },
    ...['said', 'relations', 'zh', 'en'].map((name) => ({ name, type: 'VARCHAR' as const })),
  ]
  const rendered: (readonly (string | number)[])[] = []
  const different = engine.batches<{ rule_no: number; said: string; relations: string }>(
    `select distinct f.rule_no, f.said, coalesce(l.relations, '') as relations
     from finding f join wanted using (finding_no) left join finding_label l using (finding_no)`,
  )
  for await (const rows of different) {
    for (const { rule_no, said, relations } of rows) {
      const one = byNo.get(rule_no)
      if (!one) continue
      const known = relations.split(';').slice(0, -1)
      const { zh, en } = sentencesFrom(one.force, one.rule, JSON.parse(said) as Said, known)
      rendered.push([rule_no, said, relations, zh, en])
    }
  }
  await refill(engine, 'finding_sentence', columns, rendered)
}

/** What the explanations of a scan have in common. */
export interface Completing {
  readonly rules: readonly FindingRule[]
  readonly titles: FeedTitles
  readonly packHash: string
  readonly on: string
}

// Of a subject that has no members none are frozen: the field is left out.
const frozenSql = (hasMembers: boolean): string =>
  objectJson({
    facts: 'f.facts',
    labels: objectJson({ en: `coalesce(l.en, '{}')`, zh: `coalesce(l.zh, '{}')` }),
    ...(hasMembers && { members: 'f.members' }),
    region: stringJson('r.region'),
  })

/**
 * Writes what alerts keep of the findings whose numbers stand in `wanted (finding_no)`, into `finding_written`:
 * `finding_no`, `summary`, `explanation` (canonical JSON, sealed, without a trace), `feed_ids` (a PostgreSQL array).
 * Expects `member_relation (member_id, relation)` of the members that decide.
 */
export const completeFindings = async (engine: Engine, completing: Completing): Promise<void> => {
  const { rules, titles, packHash, on } = completing
  await fillEvidence(engine, rules, titles)
  await fillLabels(engine)
  await fillFindingLabels(engine)
  await fillSentences(engine, rules)
  const kept = {
    ...{
      rule: stringJson('w.indicator'),
      version: stringJson('w.version'),
      packHash: constantJson(packHash),
    },
    ...{ on: constantJson(on), subject: stringJson('w.subject_id'), frozen: 'w.frozen' },
  }
  const explanation = objectJson({
    ...kept,
    evidence: `coalesce(e.rows, '[]')`,
    frozenHash: `'"' || sha256(${objectJson(kept)}) || '"'`,
    sentences: objectJson({ en: stringJson('s.en'), zh: stringJson('s.zh') }),
  })
  await engine.run(
    `create or replace table finding_written as
     with w as (
       select f.finding_no, f.rule_no, f.subject_id, f.said, coalesce(l.relations, '') as relations, r.indicator, r.version,
         case when f.members is null then ${frozenSql(false)} else ${frozenSql(true)} end as frozen
       from finding f join wanted using (finding_no) join finding_rule r using (rule_no)
         left join finding_label l using (finding_no))
     select w.finding_no, s.zh as summary, ${explanation} as explanation, coalesce(e.feed_ids, '{}') as feed_ids
     from w join finding_sentence s on s.rule_no = w.rule_no and s.said = w.said and s.relations = w.relations
       left join finding_evidence e on e.finding_no = w.finding_no`,
  )
}
