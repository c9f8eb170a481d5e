import { expect, test } from 'vitest'
import { nextSort, toggled } from './types.ts'

test('pressing a head again turns the order round, and a row is chosen or not', () => {
  const first = nextSort(undefined, 'name')
  expect(first.direction).toBe('ascending')
  expect(nextSort(first, 'name').direction).toBe('descending')
  expect(nextSort(first, 'due')).toEqual({ by: 'due', direction: 'ascending' })
  expect([...toggled(new Set(['a']), 'a')]).toEqual([])
})
