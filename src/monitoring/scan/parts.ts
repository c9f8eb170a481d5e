import { contains, parseRegionCode, type RegionCode } from '#base'
import type { Pack } from '#policy'

const significant = (code: string): number => code.replace(/0+$/u, '').length

/** Regions in the order in which they are asked: the narrowest first. */
export const narrowerFirst = (regions: readonly RegionCode[]): readonly RegionCode[] =>
  regions.toSorted((a, b) => significant(b) - significant(a) || (a < b ? -1 : 1))

/**
 * The regions whose people are judged by versions of indicators or values of their own, the whole region first. What is
 * written for a wider region holds in all of them.
 */
export const partsOf = (pack: Pack, root: RegionCode): readonly RegionCode[] => {
  const written = [
    ...pack.rules.map(({ region }) => region),
    ...Object.values(pack.parameters).flatMap(({ values }) => values.map(({ region }) => region)),
  ]
  const own = written.flatMap((text) => {
    const code = text === undefined ? undefined : parseRegionCode(text)
    return code !== undefined && code !== root && contains(root, code) ? [code] : []
  })
  return [root, ...narrowerFirst([...new Set(own)])]
}
