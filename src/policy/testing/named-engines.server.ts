import type { PlainSql } from '#testing/sql.ts'
import { compilerFor, type Instance, instanceOf } from '../interpret/compile.ts'
import { settingOf } from '../interpret/evaluate.ts'
import { locatedIn } from '../interpret/places.ts'
import type { Subject, Value } from '../language/values.ts'
import { isUnknownValue } from '../language/values.ts'
import type { PackInForce } from '../pack/in-force.ts'
import { aboveOf, listsOf } from '../pack/named-rules.ts'
import type { Pack } from '../pack/pack.ts'
import { valueText } from '../pack/programme-cases.ts'
import { factColumns } from '../pack/rows.ts'
import { compileNamedSql } from '../sql/compile.ts'
import { quoted } from '../sql/emit.ts'
import { missingOfBits } from '../sql/statement.ts'

/** The rules of an entity, in parts of few enough that their missing names fit into one statement. */
export const rulesOf = (pack: Pack, entity: string): readonly string[] =>
  [...pack.definitions.values()].filter((rule) => rule.entity === entity).map(({ id }) => id)

/** `keys rule` → value or what is missing, by the interpreter, for every subject of an entity. */
export const interpretedRules = (
  force: PackInForce,
  root: string,
  entity: string,
  rules: readonly string[],
  subjects: readonly Subject[],
): Map<string, string> => {
  const compiler = compilerFor(settingOf(force))
  const readers = rules.map((rule) => [rule, compiler.rule(entity, rule)] as const)
  const found = new Map<string, string>()
  for (const subject of subjects) {
    for (const { entity: of, instance } of locatedIn(force.pack, root, instanceOf(subject))) {
      if (of !== entity) continue
      const key = idsOf(instance).join('/')
      for (const [rule, read] of readers) found.set(`${key} ${rule}`, valueText(read(instance)))
    }
  }
  return found
}

const idsOf = ({ above, id }: Instance): string[] => [...(above ? idsOf(above) : []), id]

type Query = (sql: string, values: readonly string[]) => Promise<readonly (readonly unknown[])[]>

/** The same by an engine. */
export const compiledRules = async (
  force: PackInForce,
  entity: string,
  rules: readonly string[],
  dialect: 'duckdb' | 'postgres',
  query: Query,
  bits?: number,
): Promise<Map<string, string>> => {
  const statement = compileNamedSql(force, entity, rules, bits ? { dialect, bits } : { dialect })
  const keys = [
    ...aboveOf(force.pack.entities, entity)
      .toReversed()
      .map((one) => `${one}_id`),
    'subject_id',
  ]
  const texts = rules.flatMap((rule) => [quoted(rule), quoted(`${rule}__u`)])
  const columns = [...keys.map(quoted), ...texts].map((column) => `CAST(${column} AS VARCHAR)`)
  const answers = new Map<string, { value: unknown; u: string; missing: string[] }>()
  for (const { sql, missingNames } of [statement, ...statement.more]) {
    const text = `SELECT ${columns.join(', ')} FROM (${sql}) AS "answers"`
    for (const row of await query(text, sql.includes('$1') ? [force.on] : [])) {
      const key = row.slice(0, keys.length).join('/')
      for (const [index, rule] of rules.entries()) {
        const [value, u] = row.slice(keys.length + 2 * index)
        const answer = answers.get(`${key} ${rule}`) ?? { value, u: String(u), missing: [] }
        answer.missing.push(...missingOfBits(BigInt(String(u)), missingNames))
        answers.set(`${key} ${rule}`, answer)
      }
    }
  }
  return new Map([...answers].map(([key, answer]) => [key, answerText(answer)]))
}

const answerText = ({
  value,
  u,
  missing,
}: {
  value: unknown
  u: string
  missing: readonly string[]
}): string =>
  u === '0'
    ? String(value)
    : `unknown (${missing.toSorted().join(', ')})${value === null ? '' : ' with a value'}`

export const differencesOf = (a: Map<string, string>, b: Map<string, string>): string[] => [
  ...[...a]
    .filter(([key, value]) => b.get(key) !== value)
    .map(([key, value]) => `${key}: ${value} | ${b.get(key)}`),
  ...[...b.keys()].filter((key) => !a.has(key)),
]

const cell = (value: Value): string | null => (value === null || isUnknownValue(value) ? null : String(value))

/** Makes and fills the tables of a pack's entities. */
export const fillPostgres = async (
  sql: PlainSql,
  pack: Pick<Pack, 'entities' | 'facts'>,
  root: string,
  subjects: readonly Subject[],
): Promise<void> => {
  const visit = async (
    entity: string,
    keys: readonly string[],
    rows: readonly { ids: string[]; subject: Subject }[],
  ): Promise<void> => {
    const columns = factColumns(pack, entity)
    const names = [
      ...keys.map((key) => `${quoted(key)} text`),
      ...columns.map(({ name, sqlType }) => `${quoted(name)} ${sqlType}`),
    ]
    await sql.query(`create table ${quoted(entity)} (${names.join(', ')})`)
    const lines = function* (): Generator<(string | null)[]> {
      for (const { ids, subject } of rows)
        yield [
          ...ids,
          ...columns.map(({ name, fact }) => {
            const value = subject.facts[fact] ?? null
            return name === fact ? cell(value) : String(!isUnknownValue(value))
          }),
        ]
    }
    await sql.fill(quoted(entity), lines())
    for (const [list, { entity: item }] of Object.entries(listsOf(pack.entities, entity))) {
      const inside = rows.flatMap(({ ids, subject }) =>
        (subject.lists?.[list] ?? (list === 'members' ? subject.members : undefined) ?? []).map((one) => ({
          ids: [...ids, one.id],
          subject: one,
        })),
      )
      await visit(item, [...keys, `${item}_id`], inside)
    }
  }
  await visit(
    root,
    [`${root}_id`],
    subjects.map((subject) => ({ ids: [subject.id], subject })),
  )
}
