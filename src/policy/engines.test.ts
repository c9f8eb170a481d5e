import { fc, test } from '@fast-check/vitest'
import { afterAll, beforeAll, expect } from 'vitest'
import { addDays, addMonths, addToMonth, businessDate, monthOf, regionCode, unknown } from '#base'
import { compilerFor, instanceOf } from './interpret/compile.ts'
import { compileRules, outcomeOf, type RuleOutcome, settingOf } from './interpret/evaluate.ts'
import { explain } from './interpret/explain.ts'
import type { Node } from './language/ast.ts'
import { exact } from './language/bounds.ts'
import type { Facts, Subject, Value } from './language/values.ts'
import { mutationsOf } from './mutate/mutations.ts'
import { readyCases, subjectOfCase } from './pack/cases.ts'
import { type PackInForce, packInForce } from './pack/in-force.ts'
import { loadPack } from './pack/load.server.ts'
import { missingNameOf, type Pack, type Rule } from './pack/pack.ts'
import type { FactEntry } from './pack/schemas.ts'
import { compileSql } from './sql/compile.ts'
import { openTryOut, type TryOut } from './sql/try-out.server.ts'

const today = businessDate('2026-06-15')
const region = regionCode('532901000000')
const seed = 20261122
const subjectsPerEntity = 2400

const read = loadPack('policies/indicators')
const pack = read.pack as Pack
const force = packInForce(pack, { on: today, region })

// Values on and around every threshold the pack has: days and months around today and its windows, sums around the shares.
const nearDates = [0, 6, 12].flatMap((months) =>
  [-1, 0, 1].map((days) => addDays(addMonths(today, -months), days)),
)
const nearMonths = [1, 0, -1, -5, -6, -7].map((months) => addToMonth(monthOf(today), months))
const nearAmounts = [
  0, 1, 2, 99_999, 100_000, 100_001, 299_999, 300_000, 300_001, 600_000, 600_001, 1_000_000, 4_000_000,
]

const valueFor = (entry: FactEntry): fc.Arbitrary<Value> => {
  if (entry.type === 'boolean') return fc.boolean()
  if (entry.type === 'date') return fc.constantFrom<Value>(...nearDates)
  if (entry.type === 'month') return fc.constantFrom<Value>(...nearMonths)
  if (entry.unit === 'fen') return fc.constantFrom<Value>(...nearAmounts)
  if (entry.type === 'number') return fc.integer({ min: 0, max: 3 })
  return fc.constantFrom<Value>(...Object.keys(entry.values ?? {}))
}

// Facts of one feed are known or missing together, as a feed covers a county or does not; now and then one alone is missing.
const factsOf = (entity: string): fc.Arbitrary<Facts> => {
  const entries = Object.entries(pack.facts[entity] ?? {})
  const names = [...new Set(entries.map(([name]) => missingNameOf(pack, entity, name)))]
  const facts = fc.record(
    Object.fromEntries(
      entries.map(([name, entry]) => {
        const options: fc.WeightedArbitrary<Value>[] = [{ weight: 6, arbitrary: valueFor(entry) }]
        if (entry.absent) options.push({ weight: 2, arbitrary: fc.constant(null) })
        if (entry.unknown)
          options.push({ weight: 1, arbitrary: fc.constant(unknown(missingNameOf(pack, entity, name))) })
        return [name, fc.oneof(...options)]
      }),
    ),
  )
  return fc.tuple(facts, fc.subarray(names, { maxLength: 2 })).map(([values, missing]) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        const missingName = missingNameOf(pack, entity, name)
        const hidden = missing.includes(missingName) && pack.facts[entity]?.[name]?.unknown
        return [name, hidden ? unknown(missingName) : value]
      }),
    ),
  )
}

const subjectOf = (entity: string): fc.Arbitrary<Omit<Subject, 'id'>> => {
  const member = Object.entries(pack.entities).find(([, { within }]) => within === entity)?.[0]
  const members = member ? fc.array(factsOf(member), { maxLength: 3 }) : fc.constant([])
  return fc.tuple(factsOf(entity), members).map(([facts, list]) => ({
    facts,
    members: list.map((it, index) => ({ id: String(index), facts: it })),
  }))
}

const generated = (entity: string): Subject[] =>
  fc
    .sample(subjectOf(entity), { numRuns: subjectsPerEntity, seed })
    .map((subject, index) => ({ ...subject, id: `${entity}-${index}` }))

const subjects: Record<string, Subject[]> = { household: generated('household'), lead: generated('lead') }
for (const [index, it] of pack.cases.entries()) {
  const entity = pack.rules.find(({ id }) => id === it.rule)?.entity ?? ''
  subjects[entity]?.push({ ...subjectOfCase(pack, entity, it), id: `case-${index}` })
}

let tables: TryOut
beforeAll(async () => {
  tables = await openTryOut(pack, subjects)
})
afterAll(() => tables.close())

const textOf = (outcome: RuleOutcome): string =>
  outcome.outcome === 'known' ? String(outcome.value) : `unknown ${outcome.missing.join()}`

const interpreted = (within: PackInForce, over = subjects): Map<string, string> => {
  const found = new Map<string, string>()
  for (const { rule, evaluate } of compileRules(within))
    for (const subject of over[rule.entity] ?? [])
      found.set(`${rule.id} ${subject.id}`, textOf(evaluate(subject)))
  return found
}

const compiled = async (within: PackInForce, over = tables): Promise<Map<string, string>> => {
  const found = new Map<string, string>()
  for (const entity of Object.keys(subjects)) {
    if (!within.rules.some((rule) => rule.entity === entity)) continue
    for (const { rule, subject, outcome } of await over.run(within, compileSql(within, entity)))
      found.set(`${rule} ${subject}`, textOf(outcome))
  }
  return found
}

const differencesOf = (a: Map<string, string>, b: Map<string, string>): string[] => [
  ...[...a]
    .filter(([key, value]) => b.get(key) !== value)
    .map(([key, value]) => `${key}: ${value} | ${b.get(key)}`),
  ...[...b.keys()].filter((key) => !a.has(key)),
]

test('the pack has its sixteen indicators', () => {
  expect(read.findings).toEqual([])
  expect(force.rules.map(({ id }) => id)).toHaveLength(16)
})

test('interpreter and SQL agree in value and missing facts for every subject and rule', async () => {
  const left = interpreted(force)
  expect(left.size).toBeGreaterThan(2000 * 16)
  for (const rule of force.rules) {
    const outcomes = new Set(
      (subjects[rule.entity] ?? []).map(({ id }) => left.get(`${rule.id} ${id}`)?.slice(0, 7)),
    )
    expect([...outcomes].toSorted(), rule.id).toEqual(['false', 'true', 'unknown'])
  }
  expect(differencesOf(left, await compiled(force)).slice(0, 5)).toEqual([])
})

const runNode = (condition: Node, within: PackInForce, subject: Subject): string => {
  const instance = instanceOf(subject)
  return textOf(outcomeOf(compilerFor(settingOf(within)).compile(exact(condition))(instance, instance)))
}

// Mutants no data can tell from the rule, each with the reason.
const equivalent: Readonly<Record<string, string>> = {
  'income-fell [lostBaseFen] sum → max (1)':
    'in `lostBaseFen > 0`: amounts that are never negative have a sum above 0 exactly when the largest is',
}

interface Mutant {
  readonly rule: Rule
  readonly name: string
  readonly node: Node
}

const mutantsOf = (rule: Rule): readonly Mutant[] => {
  const seen = new Map<string, number>()
  return mutationsOf(rule.condition, settingOf(force).parameters).map(({ description, span, node }) => {
    const text = rule.when.slice(span.from, span.until).replaceAll(/\s+/gu, ' ')
    const name = `${rule.id} [${text}] ${description}`
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return { rule, name: `${name} (${count})`, node }
  })
}

const mutants = force.rules.flatMap(mutantsOf)

test('every mutant of every indicator is killed by the cases or by generated households', () => {
  const cases = readyCases(pack)
  const alive = mutants.filter(({ rule, node }) => {
    const tells = (subject: Subject, within: PackInForce): boolean =>
      runNode(node, within, subject) !== runNode(rule.condition, within, subject)
    const own = cases.filter((it) => it.rule.id === rule.id)
    return (
      !own.some((it) => tells(it.subject, it.force)) && !subjects[rule.entity]?.some((it) => tells(it, force))
    )
  })
  expect(alive.map(({ name }) => name)).toEqual(Object.keys(equivalent))
  expect(mutants.length).toBeGreaterThan(300)
})

// A mutant's SQL stands for a compiler that emitted the wrong operator: agreement with the interpreter must break exactly
// where the mutant itself differs, and the engines must agree about the mutant too.
test('a wrong operator in the emitted SQL is caught by comparing the engines', async () => {
  const wrong: PackInForce = {
    ...force,
    rules: mutants.map(({ rule, node }, index) => ({ ...rule, id: `mutant-${index}`, condition: node })),
  }
  // Every mutant over every subject would be a million rows; the cases and a few hundred households tell them apart.
  const few = Object.fromEntries(
    Object.entries(subjects).map(([entity, all]) => [
      entity,
      [...all.slice(0, 300), ...all.slice(subjectsPerEntity)],
    ]),
  )
  const tablesOfFew = await openTryOut(pack, few)
  const emitted = await compiled(wrong, tablesOfFew)
  tablesOfFew.close()
  const right = interpreted(force, few)
  expect(differencesOf(interpreted(wrong, few), emitted).slice(0, 5)).toEqual([])
  const alive = mutants.filter(({ rule }, index) =>
    (few[rule.entity] ?? []).every(
      ({ id }) => emitted.get(`mutant-${index} ${id}`) === right.get(`${rule.id} ${id}`),
    ),
  )
  // Shifting today by a day shows only at the ends of a month, which the cases of those dates cover above.
  const elsewhere = alive.filter(({ name }) => !/ today [+-] 1 day /u.test(name))
  expect(elsewhere.map(({ name }) => name)).toEqual(Object.keys(equivalent))
}, 60_000)

test('the trace gives the same outcome as the compiled rule, also where facts are missing', () => {
  for (const { rule, evaluate } of compileRules(force)) {
    for (const subject of (subjects[rule.entity] ?? []).slice(0, 300)) {
      expect(textOf(explain(force, rule, subject).outcome)).toBe(textOf(evaluate(subject)))
    }
  }
})

test('the interpreter evaluates at least 100,000 rules a second', () => {
  const rules = compileRules(force).filter(({ rule }) => rule.entity === 'household')
  const households = subjects.household ?? []
  const run = (): void => {
    for (const { evaluate } of rules) for (const household of households) evaluate(household)
  }
  run()
  const before = process.cpuUsage()
  run()
  run()
  const { user, system } = process.cpuUsage(before)
  // Time of the processor, not of the wall: other work on the machine does not count.
  const perSecond = (2 * rules.length * households.length * 1e6) / (user + system)
  expect(perSecond).toBeGreaterThan(100_000)
})
