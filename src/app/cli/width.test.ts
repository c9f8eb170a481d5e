import { expect, test } from 'vitest'
import { asMove, asPrefecture, asWholeNumber, WrongUsage } from './values.ts'
import { cutTo, tableLines, widthOf } from './width.ts'

test('Han characters count twice, so that columns stand below each other', () => {
  expect(widthOf('大理a·𠮷')).toBe(8)
  expect(cutTo('大理白族自治州', 6)).toBe('大理白…')
  expect(
    tableLines(
      ['地区', 'n'],
      [
        ['大理市', 7],
        ['ab', 12],
      ],
    ),
  ).toEqual(['地区     n', '大理市   7', 'ab      12'])
})

test('wrong words are refused, right ones read', () => {
  expect(asWholeNumber(1, 10)('7')).toBe(7)
  expect(() => asWholeNumber(1, 10)('11')).toThrow(WrongUsage)
  expect(() => asWholeNumber(1, 10)('1e1')).toThrow(WrongUsage)
  expect(asPrefecture('532900000000')).toBe('5329')
  expect(() => asPrefecture('53')).toThrow(WrongUsage)
  expect(asMove('2026-07-01')('2026-06-15' as never)).toBe('2026-07-01')
  expect(asMove('+16d')('2026-06-15' as never)).toBe('2026-07-01')
  expect(() => asMove('2026-02-30')).toThrow(WrongUsage)
})
