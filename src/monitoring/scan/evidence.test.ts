import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#base'
import { type Engine, openEngine } from '#lake/server'
import type { EvidenceRow, FeedTitles } from './evidence.ts'
import { feedsBehind, fillEvidence } from './findings/complete.queries.server.ts'
import { beginFindings, type FindingRule } from './findings/draft.queries.server.ts'

let folder = ''
let engine: Engine
const [household, head, spouse, lead] = [newId(), newId(), newId(), newId()]
const [may, june, other] = [newId(), newId(), newId()]
const titles: FeedTitles = new Map(
  [may, june, other].map((id, at) => [id, { fileName: `${at}.csv`, period: '2026-05', receivedAt: '' }]),
)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doudi-evidence-'))
  engine = await openEngine({ tempDir: folder, memoryMiB: 128, threads: 1 })
  const table = (kind: string) =>
    engine.run(
      `create table "matched_${kind}" (household_id uuid, lead_id uuid, person_id uuid, feed_id varchar, feed_order integer, row_no integer)`,
    )
  const row = (kind: string, who: string | null, feed: string, order: number, no: number, of = household) =>
    engine.run(
      `insert into "matched_${kind}" values (${of === household ? `'${of}'` : 'null'}, ${of === lead ? `'${of}'` : 'null'}, ${who ? `'${who}'` : 'null'}, '${feed}', ${order}, ${no})`,
    )
  for (const kind of ['moves', 'marriages', 'students']) await table(kind)
  for (let no = 1; no <= 20; no++) await row('moves', head, june, 1, no)
  await row('moves', head, may, 0, 99)
  await row('moves', spouse, other, 2, 5)
  await row('marriages', spouse, other, 2, 7)
  await row('students', null, may, 0, 3, lead)
})
afterAll(() => {
  engine.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What a finding of an indicator over these kinds keeps, decided by these members. */
const evidenceOf = async (feeds: string[], members: string[], of: 'household' | 'lead' = 'household') => {
  const rules = [{ ruleNo: 1, rule: { feeds } }] as unknown as FindingRule[]
  const deciding = `[${members.map((id) => `'${id}'`).join(', ')}]`
  const subject = of === 'lead' ? lead : household
  await beginFindings(engine)
  await engine.run(`insert into finding values (7, 1, '${of}', '${subject}', '532901101001', '', '{}', null, ${deciding}, '{}');
    create or replace table wanted as select 7 as finding_no`)
  await fillEvidence(engine, rules, titles)
  const [found] = await engine.rows<{ rows: string; feed_ids: string }>(
    'select rows, feed_ids from finding_evidence',
  )
  const feedIds = new Set((found?.feed_ids ?? '{}').slice(1, -1).split(',').filter(Boolean))
  expect(new Set(await feedsBehind(engine))).toEqual(feedIds)
  return { rows: JSON.parse(found?.rows ?? '[]') as EvidenceRow[], feedIds }
}

test('a dozen rows are shown, newest file first, and every file counts, also one that is not shown', async () => {
  const { rows, feedIds } = await evidenceOf(['moves'], [head])
  expect(rows).toHaveLength(12)
  expect(rows[0]).toEqual({
    kind: 'moves',
    feedId: june,
    row: 1,
    memberId: head,
    fileName: '1.csv',
    period: '2026-05',
    receivedAt: '',
  })
  expect(feedIds).toEqual(new Set([may, june]))
})

test('rows of members who decide nothing are no evidence, of whatever kind', async () => {
  const { rows, feedIds } = await evidenceOf(['marriages', 'moves'], [head])
  expect(feedIds).toEqual(new Set([may, june]))
  expect(rows.some(({ kind }) => kind === 'marriages')).toBe(false)
})

test('where the household as a whole decides, or a lead, all rows of it count', async () => {
  expect((await evidenceOf(['moves'], [])).feedIds).toEqual(new Set([may, june, other]))
  expect((await evidenceOf(['students'], [], 'lead')).rows).toMatchObject([
    { feedId: may, row: 3, memberId: null },
  ])
  expect(await evidenceOf([], [head])).toEqual({ rows: [], feedIds: new Set() })
})
