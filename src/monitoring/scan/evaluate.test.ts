import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { businessDate } from '#base'
import { type Engine, openEngine } from '#lake/server'
import { compileSql, type PackInForce, readyCases, runCases } from '#policy'
import { openPack, packOn } from '#rulebook/server'
import { fillCases } from '../testing/case-tables.server.ts'
import { evaluate } from './evaluate.server.ts'

const pack = openPack('indicators')
const day = businessDate('2026-06-15')
const force: PackInForce = packOn(pack, day, '532900000000')
const cases = readyCases(pack.pack).filter((one) => one.case.today === day)

let folder = ''
let engine: Engine

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doudi-evaluate-'))
  engine = await openEngine({ tempDir: folder, memoryMiB: 256, threads: 1 })
  await fillCases(engine, pack.pack, cases)
})
afterAll(() => {
  engine.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The engine with its SQL changed on the way, or with statements after the rules have run. */
const faulty = (change: (sql: string) => string, after?: string): Engine => ({
  ...engine,
  run: async (sql, parameters) => {
    const count = await engine.run(change(sql), parameters)
    if (after && sql.includes('create or replace view outcome_household')) await engine.run(after)
    return count
  },
})

const refusalOf = (changed: Engine) =>
  evaluate(changed, force).then(
    () => 'agreed',
    (error: { code?: string; details?: { indicator?: string } }) =>
      `${error.code} ${error.details?.indicator}`,
  )

test('both engines give every written case its answer, and the firings are explained', async () => {
  const { outcomes, unknown, firings, checksum } = await evaluate(engine, force)
  const rulesOf = (entity: string) => force.rules.filter((rule) => rule.entity === entity).length
  const expected = cases.reduce((sum, { rule }) => sum + rulesOf(rule.entity), 0)
  expect(outcomes).toBe(expected)
  expect(unknown).toBeGreaterThan(10)
  const fired = new Set(firings.map(({ subjectId, rule }) => `${subjectId} ${rule.id}`))
  const results = new Map(runCases(pack.pack).map((result) => [result.case, result]))
  for (const [at, { case: it, rule }] of cases.entries()) {
    const { outcome } = results.get(it) ?? {}
    const holds = outcome?.outcome === 'known' && outcome.value
    expect(fired.has(`${rule.id}-${at} ${rule.id}`), it.name).toBe(holds)
  }
  for (const { explanation, rule } of firings) expect(explanation).toMatchObject({ rule: rule.id, on: day })
  expect((await evaluate(engine, force)).checksum).toBe(checksum)
})

test.each([
  ['member-died', '"m"."diedOn" <=', '"m"."diedOn" <'],
  ['member-imprisoned', '"m"."custodyEndsOn" >', '"m"."custodyEndsOn" >='],
  ['member-imprisoned', '"m"."custodyForLife" OR', '"m"."custodyForLife" AND'],
  ['public-payroll', "IS NOT DISTINCT FROM 'staff'", "IS DISTINCT FROM 'staff'"],
  ['new-vehicle', '"m"."vehicleAcquiredOn" >', '"m"."vehicleAcquiredOn" >='],
  ['registered-business', '"m"."activeBusinesses" >', '"m"."activeBusinesses" >='],
  ['insurance-started', `("m"."workStatus" = 'none') AND`, `("m"."workStatus" = 'none') OR`],
  ['second-home', '"s"."homeUnits" >=', '"s"."homeUnits" >'],
  ['pension-started', '(NOT "m"."pensionDeclared")', '"m"."pensionDeclared"'],
  ['disabled-uncovered', '"m"."disabilityGrade" IN (', '"m"."disabilityGrade" NOT IN ('],
  ['student-outside', '"s"."studentHardship" IN (', '"s"."studentHardship" NOT IN ('],
  ['return-poverty-outside', 'IS NOT DISTINCT FROM FALSE', 'IS DISTINCT FROM FALSE'],
])('a slip of one operator in the SQL of %s is noticed: %s', async (rule, right, wrong) => {
  const { sql } = compileSql(force, rule.endsWith('-outside') ? 'lead' : 'household')
  expect(sql).toContain(right)
  expect(await refusalOf(faulty((text) => text.replace(right, wrong)))).toBe(
    `monitoring.engines-disagree ${rule}`,
  )
})

test.each([
  ['a fact taken for known', 'WHEN "diedOn__known" THEN 0', 'WHEN true THEN 0'],
  ['another fact missed', '"homeUnits__known" THEN 0 ELSE CAST(', '"homeUnits__known" THEN 0 ELSE CAST(1 + '],
])('what is unknown, and why, is compared too: %s', async (_what, right, wrong) => {
  expect(await refusalOf(faulty((text) => text.replace(right, wrong)))).toContain('engines-disagree')
})

const one = '(select min(subject_id) from outcome_household)'

test.each([
  [
    'an outcome turned round',
    `update judged_household set "member-died" = not coalesce("member-died", false) where subject_id = ${one}`,
  ],
  ['a subject lost', `delete from judged_household where subject_id = ${one}`],
  [
    'a subject twice',
    `insert into judged_household select * from judged_household where subject_id = ${one}`,
  ],
  [
    'an outcome about nobody',
    `insert into judged_household select * replace ('nobody' as subject_id) from judged_household where subject_id = ${one}`,
  ],
])('%s is noticed', async (_what, statement) => {
  expect(await refusalOf(faulty((text) => text, statement))).toBe('monitoring.engines-disagree member-died')
})

test('subjects are read slice by slice: none is left out between two', async () => {
  const { outcomes } = await evaluate(engine, force)
  await engine.run(
    `insert into household select * exclude (n) replace (household_id || '-' || n as household_id) from household, range(30) as more(n)`,
  )
  try {
    const many = await evaluate(engine, force)
    const households = cases.filter(({ rule }) => rule.entity === 'household').length
    const rules = force.rules.filter(({ entity }) => entity === 'household').length
    expect(households * 31).toBeGreaterThan(4000)
    expect(many.outcomes).toBe(outcomes + households * 30 * rules)
  } finally {
    await fillCases(engine, pack.pack, cases)
  }
})
