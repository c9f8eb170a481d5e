import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import type { BusinessDate } from '#base'
import { packFilesIn } from '#policy/server'
import { makeSmallPacks } from '../testing/small-packs.server.ts'
import { openPack, packOn } from './packs.server.ts'
import type { ReleasedValue } from './released-value.ts'
import { withReleased } from './with-released.ts'

const place = '532900000000'
const row = (over: Partial<ReleasedValue> = {}): ReleasedValue => ({
  ...{ id: 'a', number: 1, pack: 'small-place', parameter: 'standardFen', value: 70_000 },
  ...{ from: '2026-07-01', until: null, region: place, document: 'doc-2020-1', newDocument: null },
  ...{ clause: '三', note: null, checkedOn: '2026-06-15' },
  ...over,
})

const filesOf = () => {
  const packs = makeSmallPacks()
  const files = packFilesIn(`${packs.folder}/small-place`)
  packs.remove()
  return files
}

test('a released value is written where an author would write it, and every comment stays', () => {
  const { files, changed } = withReleased(filesOf(), [row()], place)
  expect(changed).toEqual(['parameters.yaml'])
  const text = files['parameters.yaml'] ?? ''
  expect(text).toContain("# The place's own.")
  expect(text).toContain('60000 # since the first notice')
  expect(text).toMatch(/- value: 70000\n {6}from: 2026-07-01/u)
})

test('a parameter of a pack below, and a document nobody knew, get entries of their own', () => {
  const newDocument = { title: '新通知', number: '新〔2026〕1号', issuer: '州民政局', issuedOn: '2026-06-01' }
  const value = row({ parameter: 'mode', value: 'strict', document: 'released-1', newDocument })
  const { files, changed } = withReleased(filesOf(), [value], place)
  expect(changed).toEqual(['parameters.yaml', 'sources.yaml'])
  const changes = {
    'parameters.yaml': files['parameters.yaml'] ?? '',
    'sources.yaml': files['sources.yaml'] ?? '',
  }
  const packs = makeSmallPacks(changes)
  try {
    // What was exported passes the checker without the record, and says the same with it.
    const alone = openPack('small-place', { policies: packs.folder })
    const both = openPack('small-place', { policies: packs.folder, released: [value] })
    for (const { pack } of [alone, both]) {
      const force = packOn({ pack }, '2026-08-01' as BusinessDate, place)
      expect(force.parameters.get('mode')).toMatchObject({ value: 'strict', from: '2026-07-01' })
      expect(pack.sources['released-1']?.number).toBe('新〔2026〕1号')
    }
  } finally {
    packs.remove()
  }
})

const months = fc.integer({ min: 0, max: 60 })
test.prop([
  fc.uniqueArray(fc.record({ month: months, value: fc.integer({ min: 40_000, max: 90_000 }) }), {
    selector: ({ month }) => month,
    maxLength: 6,
  }),
])('values written back say the same without the record, whatever was released', (released) => {
  const rows = released.map(({ month, value }, index) =>
    row({
      id: String(index),
      number: index + 1,
      value,
      from: `${2023 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`,
    }),
  )
  const { files, contradictions } = withReleased(filesOf(), rows, place)
  expect(contradictions).toEqual([])
  // Writing them a second time changes nothing: they are there.
  expect(withReleased(files, rows, place).changed).toEqual([])
  const other = rows.map((one) => ({ ...one, value: Number(one.value) + 1 }))
  expect(withReleased(files, other, place).contradictions).toHaveLength(rows.length)
})
