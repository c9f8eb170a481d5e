import { test as check, fc } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { feedDefinition, feedKinds } from '../feeds.ts'
import type { MappingDraft } from './contract.ts'
import { draftLayout } from './draft.ts'
import { parseLayout } from './layout.ts'
import { loadLayouts } from './load.server.ts'
import {
  addUse,
  changeConstant,
  changeField,
  changeReading,
  definitionOf,
  learnCodes,
  missingIn,
  namesPeople,
  startMapping,
} from './mapping.ts'

const shipped = await loadLayouts()
const naming = { id: 'new-one', title: { zh: '新版式', en: 'new' } }

const draftOf = (headers: readonly string[], kind: (typeof feedKinds)[number]): MappingDraft => ({
  sheet: '',
  format: 'csv',
  encoding: 'utf-8',
  headers: [...headers],
  samples: [],
  columns: draftLayout(headers, kind, shipped).columns.map(({ header, field, because, column }) => ({
    header,
    field: field ?? null,
    because: because ?? null,
    column: column ? { ...column } : null,
  })),
  missing: [],
  fits: null,
  proposedId: 'new-one',
})

test('a sample of a known sender gives a layout that is complete without a touch', () => {
  const police = shipped.find(({ id }) => id === 'police-deaths')
  const mapping = startMapping('deaths', draftOf(police?.headers ?? [], 'deaths'))
  expect(missingIn(mapping)).toEqual([])
  const layout = parseLayout(definitionOf(mapping, naming))
  expect(layout.columns.map(({ field }) => field)).toEqual(expect.arrayContaining(['number', 'diedOn']))
})

test('what no column gives is missing until a constant stands for it, and a column takes it back', () => {
  const start = startMapping('deaths', draftOf(['姓名', '证件号码', '死亡日期', '标志'], 'deaths'))
  expect(missingIn(start)).toEqual(['reversed'])
  const constant = changeConstant(start, 'reversed', false)
  expect(missingIn(constant)).toEqual([])
  const column = addUse(constant, 3, 'reversed')
  expect(definitionOf(column, naming)).toMatchObject({ constants: {} })
  expect(missingIn(column)).toEqual([])
})

test('a column without person is told, and a field that is given up is free again', () => {
  const start = startMapping('deaths', draftOf(['姓名', '死亡日期'], 'deaths'))
  expect(namesPeople(start)).toBe(true)
  const [name] = start.uses.filter(({ field }) => field === 'name')
  expect(namesPeople(changeField(start, name?.id ?? -1, undefined))).toBe(false)
})

test('another field forgets how the column was read', () => {
  const start = startMapping('payroll', draftOf(['姓名', '证件号码', '类别'], 'payroll'))
  const use = { id: start.nextId }
  const read = changeReading(addUse(start, 2, 'class'), use.id, { codes: { 在编: 'staff' } })
  const changed = changeField(read, use.id, 'townshipName')
  expect(changed.uses.find(({ id }) => id === use.id)?.reading).toEqual({})
})

test('meanings learnt from a trial join the codes, and words the yes and no', () => {
  const start = startMapping('payroll', draftOf(['姓名', '类别'], 'payroll'))
  const coded = learnCodes(addUse(start, 1, 'class'), '类别', { 在编: 'staff' })
  expect(coded.uses.at(-1)?.reading.codes).toEqual({ 在编: 'staff' })
  const deaths = startMapping('deaths', draftOf(['姓名', '作废'], 'deaths'))
  const flagged = learnCodes(addUse(deaths, 1, 'reversed'), '作废', { 已作废: 'yes', 有效: 'no' })
  expect(flagged.uses.at(-1)?.reading).toMatchObject({ yes: ['已作废'], no: ['有效'] })
})

test('the second of two columns with one name is told apart', () => {
  const start = startMapping('deaths', draftOf(['姓名', '日期', '日期'], 'deaths'))
  const { columns } = definitionOf(addUse(start, 2, 'diedOn'), naming) as { columns: { header: string }[] }
  expect(columns.at(-1)?.header).toBe('日期#2')
})

test.for(shipped.map((layout) => [layout.id, layout] as const))(
  'changing nothing in %s keeps all it says',
  ([, layout]) => {
    const mapping = startMapping(layout.kind, draftOf(layout.headers, layout.kind), layout)
    const again = parseLayout(definitionOf(mapping, { id: layout.id, title: layout.title }))
    expect(again.columns.slice(0, layout.columns.length)).toEqual(layout.columns)
    expect({ ...again, columns: [], headers: [] }).toEqual({ ...layout, columns: [], headers: [] })
  },
)

check.prop([
  fc.constantFrom(...feedKinds),
  fc.uniqueArray(fc.stringMatching(/^[一-龟]{2,6}$/), { minLength: 2, maxLength: 12 }),
])('a mapping nothing is missing from is a layout', (kind, words) => {
  const fields = Object.values(feedDefinition(kind).fields)
  const headers = [...fields.map(({ zh }) => zh), ...words]
  const mapping = startMapping(kind, draftOf(headers, kind))
  if (missingIn(mapping).length === 0) expect(() => parseLayout(definitionOf(mapping, naming))).not.toThrow()
})
