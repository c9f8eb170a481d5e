import { parse } from 'yaml'
import { z } from 'zod'
import { assert } from './assert.ts'
import { type BusinessDate, parseDate } from './dates.ts'
import { levelOf, parentOf, parseRegionCode, type RegionCode, type RegionLevel } from './region-code.ts'

/** A region as the statistics office lists it. */
export type Region = {
  readonly code: RegionCode
  readonly name: string
  readonly level: RegionLevel
  readonly parentCode: RegionCode | undefined
}

/** A code that ended on a day, and the codes its land and people went to: one, or several after a split. */
export type RegionChange = {
  readonly code: RegionCode
  readonly name: string
  readonly retiredOn: BusinessDate
  readonly successors: readonly RegionCode[]
  readonly source: string
}

/** A 管委会 that does the work of a county or township over regions of another area, `[from, until)`. */
export type Zone = {
  readonly code: RegionCode
  readonly name: string
  readonly actsAs: 'county' | 'township'
  readonly over: readonly RegionCode[]
  readonly from: BusinessDate
  readonly until: BusinessDate | undefined
  /** Made up for demo installations. */
  readonly demo: boolean
}

/** What the levels are called below a prefix of digits; a longer prefix goes before a shorter one. */
export type LevelNames = {
  readonly default: Readonly<Record<RegionLevel, LevelName>>
  readonly places: readonly ({ readonly prefix: string } & Readonly<
    Partial<Record<RegionLevel, LevelName>>
  >)[]
}
export type LevelName = { readonly 'zh-CN': string; readonly en: string }

export const readRegionTable = (text: string): Region[] => {
  const [header, ...lines] = text.replace(/^\uFEFF/u, '').split(/\r?\n/u)
  assert(header === 'code,name,level,parentCode', `not the head of a region table: ${header}`)
  return lines.filter((line) => line !== '').map(readRegion)
}

export const readLevelNames = (text: string): LevelNames => levelNamesShape.parse(parse(text))

export const readChanges = (text: string): RegionChange[] => changesShape.parse(parse(text)).changes

export const readZones = (text: string): Zone[] =>
  zonesShape
    .parse(parse(text))
    .zones.map((zone) => ({ ...zone, until: zone.until, demo: zone.demo ?? false }))

const readRegion = (line: string): Region => {
  const [codeText = '', name = '', level, parentText, ...more] = line.split(',')
  const code = parseRegionCode(codeText)
  assert(code && name !== '' && more.length === 0, `not a region: ${line}`)
  assert(level === levelOf(code), `${line}: the code is of another level`)
  const parentCode = parentOf(code)
  assert(parentText === (parentCode ?? ''), `${line}: the region above is ${parentCode ?? 'none'}`)
  return { code, name, level, parentCode }
}

const parsedBy = <T>(read: (text: string) => T | undefined, what: string) =>
  z.string().transform((text, context): T => {
    const value = read(text)
    if (value !== undefined) return value
    context.addIssue({ code: 'custom', message: `not ${what}: ${text}` })
    return z.NEVER
  })

const codeShape = parsedBy(parseRegionCode, 'a region code')
const dateShape = parsedBy(parseDate, 'a date')
const nameShape = z.strictObject({ 'zh-CN': z.string().min(1), en: z.string().min(1) })

const levelShapes = {
  province: nameShape,
  city: nameShape,
  county: nameShape,
  township: nameShape,
  village: nameShape,
}

const levelNamesShape = z.strictObject({
  default: z.strictObject(levelShapes),
  places: z.array(
    z
      .strictObject({ prefix: z.string().regex(/^\d{2,12}$/u), ...levelShapes })
      .partial()
      .required({ prefix: true }),
  ),
})

const changesShape = z.strictObject({
  changes: z.array(
    z.strictObject({
      code: codeShape,
      name: z.string().min(1),
      retiredOn: dateShape,
      successors: z.array(codeShape).min(1),
      source: z.string().min(1),
    }),
  ),
})

const zonesShape = z.strictObject({
  zones: z.array(
    z.strictObject({
      code: codeShape,
      name: z.string().min(1),
      actsAs: z.enum(['county', 'township']),
      over: z.array(codeShape).min(1),
      from: dateShape,
      until: dateShape.optional(),
      demo: z.boolean().optional(),
      source: z.string().optional(),
    }),
  ),
})
