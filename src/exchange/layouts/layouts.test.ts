import { readdir, readFile } from 'node:fs/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { feedKinds } from '../feeds.ts'
import { allLayouts, layoutOf, makeFolder, readAll } from '../fixtures.server.ts'
import { type DepartmentRow, writeDepartmentFile } from './department-file.server.ts'
import { draftLayout } from './draft.ts'
import { guessLayout } from './guess.ts'
import { matchHeader } from './header-match.ts'
import { parseLayout } from './layout.ts'

const folder = await makeFolder()
afterAll(() => folder.remove())

/** One row as the sender writes it, and what it means. */
type Case = { readonly row: DepartmentRow; readonly means: readonly object[] }

const cases = new URL('../../../layouts/cases/', import.meta.url)
const caseOf = async (id: string): Promise<Case> =>
  parse(await readFile(new URL(`${id}.yaml`, cases), 'utf8')) as Case

test('every kind has a layout, and every layout a case', async () => {
  expect(new Set(allLayouts().map((l) => l.kind))).toEqual(new Set(feedKinds))
  expect((await readdir(cases)).sort()).toEqual(
    allLayouts()
      .map((l) => `${l.id}.yaml`)
      .sort(),
  )
})

describe.each(allLayouts().map((layout) => [layout.id, layout] as const))('%s', (id, layout) => {
  test('a file in the look of its sender is recognised among all layouts and read exactly', async () => {
    const { row, means } = await caseOf(id)
    const path = folder.path(layout.carrier.format)
    await writeDepartmentFile(path, layout, [row], {
      period: '2026年5月',
      county: '云岭县',
      count: '1',
      asOf: '2026年5月31日',
    })
    const read = await readAll(path)
    expect(read.rejects).toEqual([])
    expect(read.sheets.map((s) => s.layoutId)).toEqual([id])
    expect(read.stats).toMatchObject({ received: 1, accepted: 1, rejected: 0 })
    expect(read.rows.flatMap((r) => r.rows)).toEqual(means)
    const gb = layout.carrier.encoding === 'gb18030'
    expect(read.encoding).toBe(layout.carrier.format === 'xlsx' ? undefined : gb ? 'gb18030' : 'utf-8')
  })

  test('its own header row leads to it and misses nothing', () => {
    const [best] = guessLayout(layout.headers, allLayouts())
    expect(best?.layout.id).toBe(id)
    expect(best?.missing).toEqual([])
  })

  test('what it maps is in its header row, unless the column may be missing', () => {
    const match = matchHeader(
      layout,
      layout.headers.map((name) => ({ name })),
    )
    expect(match.missing).toEqual([])
    expect(match.recognised).toBeGreaterThanOrEqual(3)
  })
})

test('senders differ: workbooks, GB18030, UTF-8 with a mark, tabs, bars, grouped headers, units of ten thousand', () => {
  const carriers = allLayouts().map((l) => l.carrier)
  for (const format of ['xlsx', 'csv', 'tsv', 'pipe'])
    expect(carriers.some((c) => c.format === format)).toBe(true)
  for (const encoding of ['gb18030', 'utf-8', 'utf-8-bom'])
    expect(carriers.some((c) => c.encoding === encoding)).toBe(true)
  expect(carriers.some((c) => c.groups.length > 0)).toBe(true)
  expect(carriers.some((c) => c.unitRow?.includes('万元'))).toBe(true)
})

test('a layout that contradicts its kind is refused with everything that is wrong', () => {
  const wrong = {
    ...structuredClone({ ...layoutOf('civil-cremations') }),
    columns: [
      { header: '身份证号码', field: 'number', rule: 'money' },
      { header: '姓名', field: 'nickname' },
    ],
  }
  expect(() => parseLayout(wrong)).toThrow(
    /rule money cannot make number.*unknown field nickname.*nothing fills diedOn/u,
  )
  expect(() => parseLayout({ ...wrong, colour: 'red' })).toThrow(/colour/u)
  const code = { header: '死亡时间', field: 'diedOn' }
  expect(() =>
    parseLayout({
      ...layoutOf('fund-accounts'),
      columns: [...layoutOf('fund-accounts').columns, { ...code, field: 'state', codes: { 甲: 'asleep' } }],
    }),
  ).toThrow(/state has no code asleep/u)
})

test('a new sender’s header gets a proposal that says where each column comes from and what is missing', () => {
  const draft = draftLayout(
    ['编号', '当事人姓名', '居民身份证号码', '死亡日期', '证明编号', '备注'],
    'deaths',
    allLayouts(),
  )
  expect(draft.columns.map((c) => [c.header, c.field, c.because])).toEqual([
    ['编号', undefined, undefined],
    ['当事人姓名', 'name', 'resembles'],
    ['居民身份证号码', 'number', 'resembles'],
    ['死亡日期', 'diedOn', 'known-header'],
    ['证明编号', 'certificate', 'resembles'],
    ['备注', undefined, undefined],
  ])
  expect(draft.missing).toEqual(['reversed'])
})
