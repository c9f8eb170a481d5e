import { expect, test } from 'vitest'
import { passwordFaults } from './rules.ts'

const keysOf = (current: string, next: string, repeat = next) =>
  passwordFaults({ current, next, repeat }).map(({ key }) => key)

test('a password of ten characters is long enough, of nine it is not', () => {
  expect(keysOf('old', '1234567890')).toEqual([])
  expect(keysOf('old', '123456789')).toEqual(['nextShort'])
})

test('characters are counted as people count them', () => {
  expect(keysOf('old', '𠮷𠮷𠮷𠮷𠮷')).toEqual(['nextShort'])
})

test('the same password again, a slip in the second and an empty first are told apart', () => {
  expect(keysOf('1234567890', '1234567890')).toEqual(['nextSame'])
  expect(keysOf('', '1234567890', '1234567891')).toEqual(['currentMissing', 'repeatDiffers'])
})
