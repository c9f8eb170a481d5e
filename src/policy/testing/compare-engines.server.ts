import { type Compiler, compilerFor, type Instance, instanceOf } from '../interpret/compile.ts'
import { settingOf } from '../interpret/evaluate.ts'
import { locatedIn } from '../interpret/places.ts'
import { isUnknownValue, type Subject, type Value } from '../language/values.ts'
import type { PackInForce } from '../pack/in-force.ts'
import { aboveOf } from '../pack/named-rules.ts'
import { valueText } from '../pack/programme-cases.ts'
import { compileNamedSql } from '../sql/compile.ts'
import { quoted } from '../sql/emit.ts'
import { missingOfBits } from '../sql/statement.ts'

type Query = (sql: string, values: readonly string[]) => Promise<readonly (readonly unknown[])[]>

/** Subjects ready for the interpreter, by entity and key; what rules said of them is kept from one comparison to the next. */
export interface Ready {
  readonly force: PackInForce
  readonly compiler: Compiler
  readonly instances: ReadonlyMap<string, ReadonlyMap<string, Instance>>
}

const keyOf = ({ above, id }: Instance): string => (above ? `${keyOf(above)}/${id}` : id)

export const readyFor = (force: PackInForce, root: string, subjects: readonly Subject[]): Ready => {
  const instances = new Map<string, Map<string, Instance>>()
  for (const subject of subjects)
    for (const { entity, instance } of locatedIn(force.pack, root, instanceOf(subject))) {
      const known = instances.get(entity) ?? new Map<string, Instance>()
      instances.set(entity, known.set(keyOf(instance), instance))
    }
  return { force, compiler: compilerFor(settingOf(force)), instances }
}

export interface Compared {
  readonly answers: number
  /** `key rule: interpreter | engine`, the first few. */
  readonly differences: readonly string[]
  /** Rules that said the same of every subject, with what they said: a slip in them might not have shown. */
  readonly constant: ReadonlyMap<string, string>
}

/**
 * Runs rules of one entity in an engine and holds every answer, value and missing facts, against the interpreter. Answers are
 * looked at as they come: nothing is kept of those that agree, so that tens of thousands of households fit.
 */
export const compareEngines = async (
  { force, compiler, instances }: Ready,
  entity: string,
  rules: readonly string[],
  dialect: 'duckdb' | 'postgres',
  query: Query,
): Promise<Compared> => {
  const known = instances.get(entity) ?? new Map<string, Instance>()
  const readers = rules.map((rule) => compiler.rule(entity, rule))
  const keys = [
    ...aboveOf(force.pack.entities, entity)
      .toReversed()
      .map((one) => `${one}_id`),
    'subject_id',
  ]
  const columns = [...keys, ...rules.flatMap((rule) => [rule, `${rule}__u`])]
  const selected = columns.map((column) => `CAST(${quoted(column)} AS VARCHAR)`).join(', ')
  const statement = compileNamedSql(force, entity, rules, { dialect })
  const named = new Set([statement, ...statement.more].flatMap(({ missingNames }) => missingNames))
  const differences: string[] = []
  const first = new Map<string, Value>()
  const varied = new Set<string>()
  let answers = 0
  for (const { sql, missingNames } of [statement, ...statement.more]) {
    const rows = await query(
      `SELECT ${selected} FROM (${sql}) AS "answers"`,
      sql.includes('$1') ? [force.on] : [],
    )
    if (rows.length !== known.size)
      differences.push(`${entity}: ${known.size} subjects | ${rows.length} rows`)
    for (const row of rows) {
      const key = row.slice(0, keys.length).join('/')
      const instance = known.get(key)
      for (const [index, read] of readers.entries()) {
        const [value, u] = [row[keys.length + 2 * index], row[keys.length + 2 * index + 1]]
        const expected = instance ? read(instance) : undefined
        answers += 1
        const rule = rules[index] ?? ''
        if (expected !== undefined && !first.has(rule)) first.set(rule, expected)
        if (expected !== first.get(rule)) varied.add(rule)
        if (expected !== undefined && isSame(expected, value, String(u), missingNames, named)) continue
        const left = expected === undefined ? 'no such subject' : valueText(expected)
        differences.push(
          `${key} ${rule}: ${left} | ${value} ${missingOfBits(BigInt(String(u)), missingNames)}`,
        )
      }
    }
  }
  const constant = [...first].filter(([rule]) => !varied.has(rule))
  return {
    answers,
    differences: differences.slice(0, 5),
    constant: new Map(constant.map(([rule, value]) => [rule, valueText(value)])),
  }
}

/** A statement has bits for some names and one for all others: of those it must tell whether any is missing. */
const isSame = (
  expected: Value,
  value: unknown,
  u: string,
  missingNames: readonly string[],
  named: ReadonlySet<string>,
): boolean => {
  if (!isUnknownValue(expected)) return u === '0' && String(value) === String(expected)
  const { missing } = expected
  if (value !== null || u === '0' || missing.some((name) => !named.has(name))) return false
  const own = missing.filter((name) => missingNames.includes(name)).toSorted()
  return own.join() === missingOfBits(BigInt(u), missingNames).join()
}
