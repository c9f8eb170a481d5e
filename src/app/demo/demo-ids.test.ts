import { expect, test } from 'vitest'
import { parseId } from '#base'
import { demoIds } from './demo-ids.server.ts'
import { usualDemo } from './make-demo.server.ts'

const some = (input = usualDemo): string[] => Array.from({ length: 3000 }, demoIds(input))

test('the same seed gives the same ids; they are valid, all different, and sort as they were made', () => {
  const ids = some()
  expect(some()).toEqual(ids)
  expect(ids.every((id) => parseId(id) === id)).toBe(true)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.toSorted()).toEqual(ids)
})

test('another seed, size or place gives other ids', () => {
  const ids = new Set(some())
  for (const other of [{ seed: 8 }, { persons: 6000 }, { region: '1502' }])
    expect(some({ ...usualDemo, ...other }).some((id) => ids.has(id))).toBe(false)
})
