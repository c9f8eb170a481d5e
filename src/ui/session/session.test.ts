import { expect, test } from 'vitest'
import { isPermitted } from './session.ts'

test('any one of several permissions is enough, and none needed is free', () => {
  expect(isPermitted(['a'], undefined)).toBe(true)
  expect(isPermitted(['a'], ['b', 'a'])).toBe(true)
  expect(isPermitted(['a'], 'b')).toBe(false)
  expect(isPermitted([], [])).toBe(false)
})
