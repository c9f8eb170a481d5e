import { assert } from './assert.ts'
import type { BusinessDate } from './dates.ts'
import { contains, levelOf, type RegionCode, type RegionLevel } from './region-code.ts'
import {
  type LevelNames,
  type Region,
  type RegionChange,
  readChanges,
  readLevelNames,
  readRegionTable,
  readZones,
  type Zone,
} from './region-files.ts'

/** The texts of the files in `regions/`: all tables, and the three YAML files. */
export type RegionTexts = {
  readonly tables: readonly string[]
  readonly levelNames: string
  readonly changes: string
  readonly zones: string
}

/** The administrative divisions of an installation, read once and never changed. */
export type RegionTree = {
  /** Every region, in the order of codes. */
  readonly all: readonly Region[]
  /** Regions without a region above them: the provinces. */
  readonly roots: readonly Region[]
  readonly byCode: (code: RegionCode) => Region | undefined
  /** In the order of codes; empty for villages and for codes that are not listed. */
  readonly childrenOf: (code: RegionCode) => readonly Region[]
  /** From the province down to the region itself; empty when the code is not listed. */
  readonly pathOf: (code: RegionCode) => readonly Region[]
  /** Names from the province down, put together; for a retired code its last name; `undefined` when never listed. */
  readonly nameOf: (code: RegionCode) => string | undefined
  /** What the level of this code is called at that place: 州, 旗, 苏木乡镇 … */
  readonly levelNameOf: (code: RegionCode, language: 'zh-CN' | 'en') => string
  /** What a level is called in `scope`, for the head of a column. */
  readonly levelNameIn: (scope: RegionCode, level: RegionLevel, language: 'zh-CN' | 'en') => string
  /** The codes in force on a day for what the code once meant; the code itself while nothing has retired it. */
  readonly successorsOf: (code: RegionCode, on: BusinessDate) => readonly RegionCode[]
  /** Zones whose administration does the work at this place on that day. */
  readonly zonesOver: (code: RegionCode, on: BusinessDate) => readonly Zone[]
  readonly zones: readonly Zone[]
  readonly changes: readonly RegionChange[]
}

/**
 * Reads the region files. A region may stand in several tables (a province does) but only with one name; a missing
 * region above, a wrong level or a change that leads in a circle stops the work.
 */
export const regionTree = (texts: RegionTexts): RegionTree => {
  const byCode = indexByCode(texts.tables.flatMap(readRegionTable))
  const all = [...byCode.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1))
  const children = childrenByParent(all)
  const names = readLevelNames(texts.levelNames)
  const changes = readChanges(texts.changes)
  const zones = readZones(texts.zones)
  for (const change of changes) successors(changes, change.code, '9999-12-31' as BusinessDate)
  const pathOf = (code: RegionCode): Region[] => {
    const region = byCode.get(code)
    if (!region) return []
    return region.parentCode ? [...pathOf(region.parentCode), region] : [region]
  }
  return {
    all,
    roots: all.filter((region) => region.parentCode === undefined),
    byCode: (code) => byCode.get(code),
    childrenOf: (code) => children.get(code) ?? [],
    pathOf,
    nameOf: (code) => {
      const path = pathOf(code)
      if (path.length > 0) return path.map((region) => region.name).join('')
      return changes.find((change) => change.code === code)?.name
    },
    levelNameOf: (code, language) => levelName(names, code, levelOf(code), language),
    levelNameIn: (scope, level, language) => levelName(names, scope, level, language),
    successorsOf: (code, on) => successors(changes, code, on),
    zonesOver: (code, on) =>
      zones.filter((zone) => inForce(zone, on) && zone.over.some((o) => contains(o, code))),
    zones,
    changes,
  }
}

const indexByCode = (regions: readonly Region[]): Map<RegionCode, Region> => {
  const byCode = new Map<RegionCode, Region>()
  for (const region of regions) {
    const known = byCode.get(region.code)
    assert(
      !known || known.name === region.name,
      `${region.code} has two names: ${known?.name}, ${region.name}`,
    )
    byCode.set(region.code, region)
  }
  for (const { code, parentCode } of byCode.values()) {
    assert(!parentCode || byCode.has(parentCode), `${code}: the region above is not listed: ${parentCode}`)
  }
  return byCode
}

const childrenByParent = (all: readonly Region[]): Map<RegionCode, Region[]> => {
  const children = new Map<RegionCode, Region[]>()
  for (const region of all) {
    if (!region.parentCode) continue
    const siblings = children.get(region.parentCode)
    if (siblings) siblings.push(region)
    else children.set(region.parentCode, [region])
  }
  return children
}

const levelName = (
  names: LevelNames,
  code: RegionCode,
  level: RegionLevel,
  language: 'zh-CN' | 'en',
): string => {
  let [best, length] = [names.default[level], 0]
  for (const place of names.places) {
    const local = place[level]
    if (local && place.prefix.length > length && code.startsWith(place.prefix))
      [best, length] = [local, place.prefix.length]
  }
  return best[language]
}

const successors = (
  changes: readonly RegionChange[],
  code: RegionCode,
  on: BusinessDate,
  passed: readonly RegionCode[] = [],
): RegionCode[] => {
  assert(!passed.includes(code), `changes of ${code} lead in a circle`)
  const change = changes.find((c) => c.code === code && c.retiredOn <= on)
  if (!change) return [code]
  const after = change.successors.flatMap((next) => successors(changes, next, on, [...passed, code]))
  return [...new Set(after)]
}

const inForce = (zone: Zone, on: BusinessDate): boolean =>
  zone.from <= on && (zone.until === undefined || on < zone.until)
