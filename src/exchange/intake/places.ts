import { prefixOf, type Region, type RegionCode, type RegionTree } from '#base'

/** Names of places as a department writes them, without the level's ending: 大理, 凤仪, 石龙. */
const short = (name: string): string =>
  name
    .trim()
    .replace(
      /(白族自治州|彝族自治县|回族自治县|彝族回族自治县|自治县|街道办事处|街道|社区居民委员会|社区居委会|居委会|村民委员会|村委会|社区|镇|乡|县|市|区|村)$/u,
      '',
    )

interface PlaceNames {
  readonly countyName?: unknown
  readonly townshipName?: unknown
  readonly villageName?: unknown
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

const indexByName = (regions: readonly Region[]): Map<string, Region[]> => {
  const index = new Map<string, Region[]>()
  for (const region of regions) {
    for (const name of new Set([region.name, short(region.name)]))
      index.set(name, [...(index.get(name) ?? []), region])
  }
  return index
}

/**
 * Finds the region of a row from the place names in it, below the region the file is about: as deep as the names are
 * clear. A name that fits several places, or none, is not guessed: the place above it counts.
 */
export const placeFinder = (
  tree: RegionTree,
  feedRegion: RegionCode,
): ((names: PlaceNames) => RegionCode) => {
  const prefix = prefixOf(feedRegion)
  const inside = tree.all.filter(({ code }) => code.startsWith(prefix))
  const byLevel = {
    county: indexByName(inside.filter(({ level }) => level === 'county')),
    township: indexByName(inside.filter(({ level }) => level === 'township')),
    village: indexByName(inside.filter(({ level }) => level === 'village')),
  }
  const step = (level: keyof typeof byLevel, name: string, above: RegionCode): RegionCode => {
    if (!name) return above
    const index = byLevel[level]
    const start = prefixOf(above)
    const found = (index.get(name) ?? index.get(short(name)) ?? []).filter(({ code }) =>
      code.startsWith(start),
    )
    return found.length === 1 && found[0] ? found[0].code : above
  }
  const cache = new Map<string, RegionCode>()
  return ({ countyName, townshipName, villageName }) => {
    const names = [
      textOf(countyName),
      textOf(townshipName),
      textOf(villageName).replace(/\d+组$/u, ''),
    ] as const
    const key = names.join('|')
    const known = cache.get(key)
    if (known) return known
    const code = step('village', names[2], step('township', names[1], step('county', names[0], feedRegion)))
    cache.set(key, code)
    return code
  }
}
