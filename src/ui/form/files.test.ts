import { expect, test } from 'vitest'
import { siftFiles, sizeText } from './files.ts'

test('a file is refused by its ending before its size', () => {
  const files = [
    { name: 'A.CSV', size: 10 },
    { name: 'b.exe', size: 99 },
    { name: 'c.csv', size: 11 },
  ]
  const { taken, faults } = siftFiles(files, { endings: ['.csv'], maxBytes: 10 })
  expect(taken.map(({ name }) => name)).toEqual(['A.CSV'])
  expect(faults.map(({ kind, name }) => [kind, name])).toEqual([
    ['wrongType', 'b.exe'],
    ['tooBig', 'c.csv'],
  ])
  expect([512, 2048, 1572864].map(sizeText)).toEqual(['512 B', '2 KB', '1.5 MB'])
})
