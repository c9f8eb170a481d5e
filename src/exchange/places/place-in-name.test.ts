import { expect, test } from 'vitest'
import { placeInName } from './place-in-name.ts'

const places = [
  { code: '532901000000', name: '大理市' },
  { code: '532922000000', name: '漾濞彝族自治县' },
]

test('a file that names one county is about that county', () => {
  expect(placeInName('大理市自然资源局_不动产权利人_2026年6月.csv', places)).toBe('532901000000')
})

test('a file that names no county, a part of a name or two counties says nothing', () => {
  expect(placeInName('自然资源局_不动产权利人_2026年6月.csv', places)).toBeUndefined()
  expect(placeInName('大理白族自治州公安局_死亡注销人员.csv', places)).toBeUndefined()
  expect(placeInName('大理市和漾濞彝族自治县_合并.csv', places)).toBeUndefined()
})
