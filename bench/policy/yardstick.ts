import { compileNamedSql, type Facts, type PackInForce } from '#policy'
import { compilerFor, instanceOf } from '../../src/policy/interpret/compile.ts'
import { settingOf } from '../../src/policy/interpret/evaluate.ts'
import { ruleTracer } from '../../src/policy/interpret/trace.ts'
import { jsonRulesRunner } from './json-rules.ts'
import { type OrderedRule, orderedRules } from './order.ts'
import { type Rate, rateOf } from './timing.ts'
import { openWorld, type World } from './world.ts'
import { zenRunner } from './zen.ts'

type Household = Awaited<ReturnType<World['facts']>>[number]
type Answer = readonly unknown[]

export interface YardstickFigures {
  readonly rules: { readonly values: number; readonly flags: number; readonly levels: number }
  readonly interpreter: Rate
  readonly traced: Rate
  readonly duckdb: Rate
  readonly zen: Rate
  readonly jsonRules: Rate
  /** Households on which all engines gave all the same answers. */
  readonly agreed: number
}

const wideHouseholds = 1_000_000
const ownHouseholds = 20_000
const comparedHouseholds = 5000

/** Runs the yardstick on every engine; throws where two of them answer differently. */
export const measureYardstick = async (force: PackInForce): Promise<YardstickFigures> => {
  const rules = orderedRules(force, 'household')
  const flags = rules.filter(({ tree }) => tree.type.kind === 'boolean').length
  const world = await openWorld(force.pack, wideHouseholds)
  const households = await world.facts(ownHouseholds)
  const compared = households.slice(0, comparedHouseholds)
  const interpret = interpreterOf(force, rules)
  const expected = compared.map(interpret)
  const trace = tracerFor(force, rules)
  mustAgree('trace', rules, compared.map(trace), expected)
  const interpreter = await rateOf(households.length, 8, () => households.forEach(interpret))
  const traced = await rateOf(households.length, 5, () => households.forEach(trace))
  const duckdb = await rateOf(wideHouseholds, 4, () => world.run(answersSql(force, rules)))
  mustAgree('DuckDB', rules, await answersIn(world, rules), expected)
  const peerRate = async (
    what: string,
    run: (facts: Facts) => Promise<Readonly<Record<string, unknown>>>,
  ) => {
    const answers: Answer[] = []
    const rate = await rateOf(compared.length, 0, async () => {
      for (const { facts } of compared) {
        const answer = await run(facts)
        answers.push(rules.map(({ name }) => answer[name]))
      }
    })
    mustAgree(what, rules, answers, expected)
    return rate
  }
  const zen = await peerRate('zen-engine', zenRunner(force, rules))
  const jsonRules = await peerRate('json-rules-engine', jsonRulesRunner(force, rules))
  world.close()
  return {
    rules: {
      values: rules.length - flags,
      flags,
      levels: Math.max(...rules.map(({ level }) => level)),
    },
    interpreter,
    traced,
    duckdb,
    zen,
    jsonRules,
    agreed: compared.length,
  }
}

/** How many times as many households a second of processor as the two engines of others. */
export const ratiosToPeers = ({ interpreter, traced, duckdb, zen, jsonRules }: YardstickFigures) => {
  const times = (a: Rate, b: Rate): number => Math.round((10 * a.perCpuSecond) / b.perCpuSecond) / 10
  return {
    interpreterToZen: times(interpreter, zen),
    interpreterToJsonRules: times(interpreter, jsonRules),
    tracedToZen: times(traced, zen),
    tracedToJsonRules: times(traced, jsonRules),
    duckdbToZen: times(duckdb, zen),
    duckdbToJsonRules: times(duckdb, jsonRules),
  }
}

const interpreterOf = (force: PackInForce, rules: readonly OrderedRule[]): ((one: Household) => Answer) => {
  const compiler = compilerFor(settingOf(force))
  const readers = rules.map(({ name }) => compiler.rule('household', name))
  return (household) => {
    const instance = instanceOf(household)
    return readers.map((read) => read(instance))
  }
}

/** Every step of every rule, kept while a household is looked at. */
const tracerFor = (force: PackInForce, rules: readonly OrderedRule[]): ((one: Household) => Answer) => {
  const compiler = compilerFor(settingOf(force))
  const tracers = rules.map(({ name, tree }) => {
    const rule = force.pack.definitions.get(name)
    if (!rule) throw new Error(`no rule ${name}`)
    return ruleTracer({ ...rule, tree }, compiler)
  })
  return (household) => {
    const instance = instanceOf(household)
    return tracers.map((trace) => trace(instance)).map(({ result }) => result)
  }
}

const columnsOf = (rules: readonly OrderedRule[]): string => rules.map(({ name }) => `"${name}"`).join(', ')

/** The join with the thresholds, all rules and the writing of a table. Nothing can be missing, so no bits are asked for. */
const answersSql = (force: PackInForce, rules: readonly OrderedRule[]): string => {
  const { sql } = compileNamedSql(
    force,
    'household',
    rules.map(({ name }) => name),
  )
  return `CREATE OR REPLACE TABLE "answers" AS SELECT "subject_id", ${columnsOf(rules)} FROM (${sql})`
}

const answersIn = async (world: World, rules: readonly OrderedRule[]): Promise<Answer[]> => {
  const rows = await world.rows(
    `SELECT ${columnsOf(rules)} FROM "answers" WHERE "subject_id" < ${comparedHouseholds} ORDER BY "subject_id"`,
  )
  return rows.map((row) =>
    rules.map(({ name }) => (typeof row[name] === 'bigint' ? Number(row[name]) : row[name])),
  )
}

const mustAgree = (
  what: string,
  rules: readonly OrderedRule[],
  answers: readonly Answer[],
  expected: readonly Answer[],
): void => {
  if (answers.length !== expected.length) throw new Error(`${what}: ${answers.length} answers`)
  for (const [index, answer] of answers.entries())
    for (const [at, value] of answer.entries())
      if (value !== expected[index]?.[at])
        throw new Error(
          `${what}: household ${index}, ${rules[at]?.name}: ${value} instead of ${expected[index]?.[at]}`,
        )
}
