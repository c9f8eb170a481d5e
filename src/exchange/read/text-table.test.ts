import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { textTable } from './text-table.server.ts'

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '段金兰', '𠮷野', 'a'.repeat(90_000)),
)

test.prop([fc.array(texts, { maxLength: 60 })])('every text is found again by its number', (given) => {
  const table = textTable()
  for (const text of given) table.add(text)
  expect(given.map((_, index) => table.at(index))).toEqual(given)
  expect([table.at(given.length), table.at(-1), table.at(0.5), table.at(Number.NaN)]).toEqual([
    '',
    '',
    '',
    '',
  ])
})

test('many texts, and one that is longer than any block, are found again', () => {
  const table = textTable()
  const long = '长'.repeat(400_000)
  for (let n = 0; n < 200_000; n += 1) table.add(n === 70_000 ? long : `532901${n}`)
  expect(table.at(70_000) === long).toBe(true)
  for (const n of [0, 1, 4_095, 4_096, 69_999, 70_001, 199_999]) expect(table.at(n)).toBe(`532901${n}`)
})
