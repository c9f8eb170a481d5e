import { expect, test } from 'vitest'
import { everyNth, movedApart, widthOf } from './scale.ts'

test('ticks are left out until the texts fit', () => {
  expect(everyNth(12, 50, 600)).toBe(1)
  expect(everyNth(12, 50, 599)).toBe(2)
  expect(everyNth(12, 50, 200)).toBe(3)
})

test('a Chinese character takes more room than a figure', () => {
  expect(widthOf('元')).toBe(14)
  expect(widthOf('1')).toBeLessThan(10)
})

test('labels of lines that end at one height stand under each other, in their order', () => {
  expect(movedApart([100, 100], 18)).toEqual([100, 118])
  expect(movedApart([104, 100], 18)).toEqual([118, 100])
  expect(movedApart([20, 90], 18)).toEqual([20, 90])
})
