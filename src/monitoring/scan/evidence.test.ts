import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#base'
import { type Engine, openEngine } from '#lake/server'
import type { Firing } from './evaluate.server.ts'
import { collectEvidence, type FeedTitles } from './evidence.server.ts'

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

const firing = (feeds: string[], members: string[], of: 'household' | 'lead' = 'household'): Firing =>
  ({
    subjectKind: of,
    subjectId: of === 'lead' ? lead : household,
    rule: { feeds },
    explanation: { members },
  }) as unknown as Firing

test('a dozen rows are shown, newest file first, and every file counts, also one that is not shown', async () => {
  const asked = firing(['moves'], [head])
  const found = (await collectEvidence(engine, [asked], titles)).get(asked)
  expect(found?.rows).toHaveLength(12)
  expect(found?.rows[0]).toEqual({
    kind: 'moves',
    feedId: june,
    row: 1,
    memberId: head,
    fileName: '1.csv',
    period: '2026-05',
    receivedAt: '',
  })
  expect(found?.feedIds).toEqual(new Set([may, june]))
})

test('rows of members who decide nothing are no evidence, of whatever kind', async () => {
  const asked = firing(['marriages', 'moves'], [head])
  const found = (await collectEvidence(engine, [asked], titles)).get(asked)
  expect(found?.feedIds).toEqual(new Set([may, june]))
  expect(found?.rows.some(({ kind }) => kind === 'marriages')).toBe(false)
})

test('where the household as a whole decides, or a lead, all rows of it count', async () => {
  const whole = firing(['moves'], [])
  const outside = firing(['students'], [], 'lead')
  const none = firing([], [head])
  const evidence = await collectEvidence(engine, [whole, outside, none], titles)
  expect(evidence.get(whole)?.feedIds).toEqual(new Set([may, june, other]))
  expect(evidence.get(outside)?.rows).toMatchObject([{ feedId: may, row: 3, memberId: null }])
  expect(evidence.get(none)).toEqual({ rows: [], feedIds: new Set() })
})
