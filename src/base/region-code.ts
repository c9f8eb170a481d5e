import { assert } from './assert.ts'

/** 统计用区划代码, 12 digits: 2 province, 2 city, 2 county, 3 township, 3 village; zeros below its own level. */
export type RegionCode = string & { readonly kind: 'region-code' }
/** The five levels; what a place calls them is told by the region tree. */
export type RegionLevel = 'province' | 'city' | 'county' | 'township' | 'village'
/** Half-open, to be compared in collation C (by bytes): `from <= code and code < until`. */
export type RegionRange = { readonly from: string; readonly until: string }

/** From province to village. */
export const regionLevels: readonly RegionLevel[] = ['province', 'city', 'county', 'township', 'village']

/** Takes exactly 12 digits; anything else gives `undefined`. */
export const parseRegionCode = (text: string): RegionCode | undefined =>
  /^[1-9]\d{11}$/u.test(text) ? (text as RegionCode) : undefined

/** As `parseRegionCode`, for codes of our own: anything else stops the work. */
export const regionCode = (text: string): RegionCode => {
  const code = parseRegionCode(text)
  assert(code, `not a region code of 12 digits: ${text}`)
  return code
}

/** The 12 digits of a code written short: 2, 4, 6, 9 or 12 digits. */
export const regionCodeOfShort = (short: string): RegionCode | undefined =>
  /^(?:\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/u.test(short) ? parseRegionCode(short.padEnd(12, '0')) : undefined

/** The level a code stands for, told by its zeros. */
export const levelOf = (code: RegionCode): RegionLevel => {
  const index = widths.findIndex((width) => /^0*$/u.test(code.slice(width)))
  return regionLevels[index] ?? 'village'
}

/** The significant digits: 2, 4, 6, 9 or 12 of them. */
export const prefixOf = (code: RegionCode): string =>
  code.slice(0, widths[regionLevels.indexOf(levelOf(code))])

/** All codes of the region and below it. */
export const rangeOf = (code: RegionCode): RegionRange => {
  const prefix = prefixOf(code)
  // Beyond 99… there is no code left; the letter a comes after every digit in collation C.
  const until = /^9+$/u.test(prefix) ? 'a' : String(Number(prefix) + 1).padEnd(12, '0')
  return { from: code, until }
}

/** Whether the region or anything that holds it is `scope`. */
export const contains = (scope: RegionCode, code: RegionCode): boolean => {
  const range = rangeOf(scope)
  return range.from <= code && code < range.until
}

/**
 * The region above, `undefined` above a province. A city without counties holds its townships directly: 442000001000
 * lies under 442000000000. A county directly under its province (429004) lies under 429000000000, which nobody governs.
 */
export const parentOf = (code: RegionCode): RegionCode | undefined => {
  const width = prefixOf(code).length
  const above = widths.filter((w) => w < width).at(-1)
  return above === undefined ? undefined : regionCode(code.slice(0, above).padEnd(12, '0'))
}

const widths = [2, 4, 6, 9, 12]
