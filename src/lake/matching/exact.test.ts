import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Engine, openEngine } from '../engine/engine.server.ts'
import { createTable } from '../engine/sql.ts'
import type { Value } from '../engine/types.ts'
import { feedColumns, type LakeColumn } from '../feeds/columns.ts'
import { unmatchedRows } from './exact.ts'
import { beginMatching, matchKind } from './match.server.ts'
import { rowKeyOf } from './row-key.ts'
import { emptyInputs, feedTable, inputTables, matchedTable } from './tables.ts'

const columns: LakeColumn[] = [
  { field: 'number', type: 'number' },
  { field: 'name', type: 'name' },
  { field: 'event', type: 'code' },
  { field: 'spouseNumber', type: 'number' },
  { field: 'spouseName', type: 'name' },
]
const inputs = inputTables('VARCHAR')

let root = ''
let engine: Engine
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'doudi-match-'))
  engine = await openEngine({ tempDir: root, memoryMiB: 128, threads: 1 })
})
afterAll(() => {
  engine.close()
  rmSync(root, { recursive: true, force: true })
})

const [li, yang, duan] = [7n, 8n, 9n]
beforeEach(async () => {
  for (const statement of emptyInputs('VARCHAR')) await engine.run(statement)
  await fill('registry_person', [
    ['p-li', 'h-1', 100n, '1', li],
    ['p-yang', 'h-1', 200n, 'X', yang],
    ['p-nameless', 'h-2', 300n, '3', null],
    ['p-numberless', 'h-2', null, null, duan],
  ])
  await fill('registry_lead', [
    ['l-1', '532901001000', 500n, '5', duan],
    ['l-now-registered', '532901001000', 100n, '1', li],
  ])
})

const fill = (table: string, rows: readonly (readonly Value[])[]) =>
  engine.appendRows(table, inputs[table] ?? [], once(rows))
async function* once(rows: readonly (readonly Value[])[]) {
  yield rows
}

type Row = {
  token?: bigint
  check?: string
  name?: bigint
  spouse?: [bigint | null, string | null, bigint | null]
}
const feed = async (...rows: Row[]) => {
  const stored = [
    { name: 'feed_id', type: 'VARCHAR' },
    { name: 'feed_order', type: 'INTEGER' },
    { name: 'feed_period', type: 'INTEGER' },
    ...feedColumns(columns),
  ] as const
  const values = rows.map(({ token, check, name, spouse }, at): Value[] => [
    'feed-1',
    0,
    202605,
    at + 1,
    '532901001000',
    token ?? null,
    check ?? null,
    name ?? null,
    'marriage',
    ...(spouse ?? [null, null, null]),
  ])
  await engine.run(createTable(feedTable('marriages').slice(1, -1), stored))
  await engine.appendRows('feed_marriages', stored, once(values))
}

const match = async () => {
  await beginMatching(engine)
  const counts = await matchKind(engine, 'marriages', columns)
  const matched = await engine.rows(
    `select row_no, person_role as role, person_id as person, household_id as household, lead_id as lead
     from ${matchedTable('marriages')} order by all`,
  )
  const questions = await engine.rows(
    'select row_no, person_role as role, person_id as person, reason, row_key from match_question',
  )
  const nobody = await engine.rows(
    `select row_no, person_role as role from (${unmatchedRows('marriages', columns)}) order by all`,
  )
  return { counts, matched, questions, nobody }
}
const person = (row_no: number, id: string, household: string, role = 'self') => ({
  row_no,
  role,
  person: id,
  household,
  lead: null,
})

test('a number matches its person where the names agree or one of them is missing', async () => {
  await feed(
    { token: 100n, check: '1', name: li },
    { token: 200n, check: 'X' },
    { token: 300n, check: '3', name: duan },
    { token: 999n, check: '9', name: li },
    { name: duan },
  )
  expect(await match()).toEqual({
    counts: { persons: 3, leads: 0, questions: 0 },
    matched: [person(1, 'p-li', 'h-1'), person(2, 'p-yang', 'h-1'), person(3, 'p-nameless', 'h-2')],
    questions: [],
    nobody: [
      { row_no: 4, role: 'self' },
      { row_no: 5, role: 'self' },
    ],
  })
})

test('a token with another check character is another number', async () => {
  await feed({ token: 100n, check: '2', name: li }, { token: 200n, name: yang })
  expect(await match()).toMatchObject({ matched: [], nobody: [{ row_no: 1 }, { row_no: 2 }] })
})

test('the same number with another name is asked, and counts for nobody meanwhile', async () => {
  await feed({ token: 100n, check: '1', name: yang })
  expect(await match()).toEqual({
    counts: { persons: 0, leads: 0, questions: 1 },
    matched: [],
    questions: [
      {
        row_no: 1,
        role: 'self',
        person: 'p-li',
        reason: 'number-agrees-name-differs',
        row_key: rowKeyOf({ token: 100n, check: '1', nameKey: yang }),
      },
    ],
    nobody: [],
  })
})

test('a remembered decision answers for every later row of that number and name, and for no other', async () => {
  const rowKey = rowKeyOf({ token: 100n, check: '1', nameKey: yang }) ?? ''
  await feed({ token: 100n, check: '1', name: yang }, { token: 100n, check: '1', name: duan })
  await fill('match_decision', [[rowKey, 'p-li', true]])
  expect(await match()).toMatchObject({
    matched: [person(1, 'p-li', 'h-1')],
    questions: [{ row_no: 2 }],
    nobody: [],
  })
  await fill('match_decision', [[rowKey, 'p-li', false]])
  expect(await match()).toMatchObject({
    matched: [],
    questions: [{ row_no: 2 }],
    nobody: [{ row_no: 1, role: 'self' }],
  })
})

test('a decision about a number without a name does not touch rows with one', async () => {
  await feed({ token: 100n, check: '1', name: li }, { token: 100n, check: '1' })
  await fill('match_decision', [[rowKeyOf({ token: 100n, check: '1' }) ?? '', 'p-li', false]])
  expect(await match()).toMatchObject({ matched: [person(1, 'p-li', 'h-1')], nobody: [{ row_no: 2 }] })
})

test('both partners of a row are matched, each on their own', async () => {
  await feed(
    { token: 100n, check: '1', name: li, spouse: [200n, 'X', yang] },
    { token: 100n, check: '1', spouse: [999n, '9', null] },
  )
  expect(await match()).toMatchObject({
    counts: { persons: 3 },
    matched: [person(1, 'p-li', 'h-1'), person(1, 'p-yang', 'h-1', 'spouse'), person(2, 'p-li', 'h-1')],
    nobody: [{ row_no: 2, role: 'spouse' }],
  })
})

test('a number outside the registry may be a known lead; one inside never is', async () => {
  await feed(
    { token: 500n, check: '5', name: duan },
    { token: 500n, check: '5', name: li },
    { token: 100n, check: '1', name: yang },
  )
  expect(await match()).toMatchObject({
    counts: { persons: 0, leads: 1, questions: 1 },
    matched: [{ row_no: 1, role: 'self', person: null, household: null, lead: 'l-1' }],
    nobody: [{ row_no: 2 }],
  })
})

test('rows that scored matching gave to somebody are theirs, whatever the number says', async () => {
  await feed({ name: duan }, { token: 999n, check: '9', name: duan }, { token: 100n, check: '1', name: li })
  await fill('row_match', [
    ['marriages', 'feed-1', 1, 'self', 'p-numberless', null],
    ['marriages', 'feed-1', 2, 'self', null, 'l-1'],
    ['marriages', 'feed-1', 3, 'self', 'p-yang', null],
    ['deaths', 'feed-1', 3, 'self', 'p-li', null],
    ['marriages', 'feed-1', 3, 'spouse', 'p-left-the-registry', null],
  ])
  expect(await match()).toMatchObject({
    matched: [
      person(1, 'p-numberless', 'h-2'),
      { row_no: 2, role: 'self', person: null, household: null, lead: 'l-1' },
      person(3, 'p-yang', 'h-1'),
    ],
    nobody: [],
  })
})

test('matching a kind again gives the same tables', async () => {
  await feed({ token: 100n, check: '1', name: yang }, { token: 200n, check: 'X', name: yang })
  const first = await match()
  await matchKind(engine, 'marriages', columns)
  expect((await engine.rows('select * from match_question')).length).toBe(first.questions.length)
})

test('a registry in which one number is two persons stops the pass', async () => {
  await fill('registry_person', [
    ['p-1', 'h-1', 100n, '1', li],
    ['p-2', 'h-2', 100n, '1', yang],
  ])
  await expect(beginMatching(engine)).rejects.toThrow('twice')
})

test('a row key needs a number, or a name with a birth date; the township tells namesakes apart', () => {
  expect(rowKeyOf({ nameKey: 5n })).toBeUndefined()
  expect(rowKeyOf({ birthDate: '1990-01-01' })).toBeUndefined()
  const key = (regionCode?: string) => rowKeyOf({ nameKey: 5n, birthDate: '1990-01-01', regionCode })
  expect(key('532901001002')).toBe(key('532901001003'))
  expect(key('532901002000')).not.toBe(key('532901001002'))
})
