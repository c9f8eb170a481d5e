import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { businessDate } from '#base'
import { type Engine, openEngine } from '#lake/server'
import { factColumns, readyCases } from '#policy'
import { openPack, packOn } from '#rulebook/server'
import { fillCases } from '../../testing/case-tables.server.ts'
import { type Evaluation, evaluate } from '../evaluate.server.ts'
import { compareFindings } from './compare.server.ts'
import { beginFindings, draftFindings, type FindingRule } from './draft.queries.server.ts'

const pack = openPack('indicators')
const on = businessDate('2026-06-15')
const force = packOn(pack, on, '532900000000')
const regions = `select household_id as id, '532901101001' as region from household
  union all select lead_id, '532901101001' from lead`

let folder = ''
let engine: Engine
let evaluation: Evaluation
let rules: readonly FindingRule[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doudi-findings-'))
  engine = await openEngine({ tempDir: folder, memoryMiB: 256, threads: 1 })
  const cases = readyCases(pack.pack).filter((one) => one.case.today === on)
  await fillCases(engine, pack.pack, cases)
  evaluation = await evaluate(engine, force)
  await beginFindings(engine)
  rules = await draftFindings(engine, force, regions, 1)
})
afterAll(() => {
  engine.close()
  rmSync(folder, { recursive: true, force: true })
})

test('SQL drafts what the interpreter says of every subject of every case: fingerprint, facts, members, sentences', async () => {
  const { firings } = evaluation
  expect(new Set(firings.map(({ rule }) => rule.id)).size).toBe(16)
  const [count] = await engine.rows<{ n: number }>('select count(*) as n from finding')
  expect(Number(count?.n)).toBe(firings.length)
  expect(await compareFindings(engine, rules, firings)).toEqual([])
})

test.each([
  ['the fingerprint', `fingerprint = 'x' || fingerprint`],
  ['a frozen fact', `facts = facts || ' '`],
  ['a frozen member', `members = '[]'`],
  ['who decides', `deciding = list_append(deciding, 'nobody')`],
  ['a value of the sentence', `said = '{"facts":{},"members":{},"named":{}}'`],
  ['a subject', `subject_id = 'nobody'`],
])('%s that SQL gets wrong is noticed', async (_what, change) => {
  const [{ rule_no: no } = { rule_no: 0 }] = await engine.rows<{ rule_no: number }>(
    `select rule_no from finding_rule where indicator = 'member-died'`,
  )
  await engine.run(`create or replace table right_finding as select * from finding;
    update finding set ${change} where rule_no = ${no}`)
  try {
    const found = await compareFindings(engine, rules, evaluation.firings)
    expect(new Set(found.map(({ rule }) => rule))).toEqual(new Set(['member-died']))
  } finally {
    await engine.run('create or replace table finding as select * from right_finding')
  }
})

test('where a third of all facts is missing, SQL drafts what the interpreter says all the same', async () => {
  for (const entity of ['household', 'member', 'lead']) {
    const flags = factColumns(pack.pack, entity).filter(({ name, fact }) => name !== fact)
    const missing = flags.map(
      ({ name }) => `"${name}" = "${name}" and hash(${entity}_id || '${name}') % 3 <> 0`,
    )
    await engine.run(`update "${entity}" set ${missing.join(', ')}`)
  }
  const { firings } = await evaluate(engine, force)
  expect(firings.length).toBeGreaterThan(10)
  await beginFindings(engine)
  expect(await compareFindings(engine, await draftFindings(engine, force, regions, 1), firings)).toEqual([])
})
