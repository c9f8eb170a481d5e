import { parse } from 'yaml'
import { canonicalJson, type WorkCalendar } from '#base'
import { type PackFiles, type PackRead, readPack } from '#policy'
import type { ReleasedValue } from './released-value.ts'
import { chapterOf, type ReleasedVersion, withVersion } from './released-version.ts'
import { type Contradiction, withReleased } from './with-released.ts'

/** One pack of a chain with its files as they stand. */
export interface PackLayer {
  readonly id: string
  readonly files: PackFiles
}

/** All that a pack in force consists of: its files, those of the packs below it, and the values released for them. */
export interface PackContent {
  /** The lowest first. */
  readonly layers: readonly PackLayer[]
  readonly released: readonly ReleasedValue[]
  /** Versions of indicators released for the pack of indicators; left out where there are none. */
  readonly versions?: readonly ReleasedVersion[]
  /** The working-day calendar as entered by then; where nobody entered a year, those among the files hold. */
  readonly calendar?: WorkCalendar
}

/** What two persons released by now, values of parameters and versions of indicators; and the calendar as entered by now. */
export interface Released {
  readonly values: readonly ReleasedValue[]
  readonly versions: readonly ReleasedVersion[]
  readonly calendar?: WorkCalendar | undefined
}

export const nothingReleased: Released = { values: [], versions: [] }

/** The pack of the warning indicators. */
export const indicatorsId = 'indicators'

/** A released value that a file of a pack contradicts. */
export type PackContradiction = Contradiction & { readonly pack: string }

/** Content read and typed. */
export interface ContentRead {
  readonly read: PackRead
  readonly contradictions: readonly PackContradiction[]
}

/** The content of a pack with what was released for it, in the order of the numbers. */
export const contentOf = (
  layers: readonly PackLayer[],
  { values, versions, calendar }: Released,
): PackContent => {
  const isIn = (pack: string) => layers.some(({ id }) => id === pack)
  const released = values.filter(({ pack }) => isIn(pack)).toSorted((a, b) => a.number - b.number)
  const entered = calendar && calendar.years.length > 0 ? { calendar } : {}
  if (versions.length === 0 || !isIn(indicatorsId)) return { layers, released, ...entered }
  return { layers, released, versions: versions.toSorted((a, b) => a.number - b.number), ...entered }
}

/** One text for one content; its hash names the pack in force. */
export const contentText = (content: PackContent): string => canonicalJson(content)

/** Reads what `contentText` wrote. */
export const contentFrom = (text: string): PackContent => JSON.parse(text) as PackContent

/** Reads a pack from its content: each layer over the one below it, released values written into their own layer. */
export const readContent = (content: PackContent): ContentRead => {
  const merged = mergedLayers(content)
  const read = merged.reduce<PackRead | undefined>((below, { files }) => readPack(files, below), undefined)
  return {
    read: read ?? { findings: [] },
    contradictions: merged.flatMap(({ contradictions }) => contradictions),
  }
}

/** Where files contradict released values; nothing else is looked at. */
export const contradictionsIn = (content: PackContent): readonly PackContradiction[] =>
  mergedLayers(content).flatMap(({ contradictions }) => contradictions)

const mergedLayers = ({ layers, released, versions = [] }: PackContent) =>
  layers.map(({ id, files }) => {
    const rows = released.filter(({ pack }) => pack === id)
    const merged =
      rows.length === 0 ? { files, contradictions: [] } : withReleased(files, rows, regionIn(files))
    const whole = withVersions(merged.files, id === indicatorsId ? versions : [])
    return {
      files: whole.files,
      contradictions: [...merged.contradictions, ...whole.contradictions].map((one) => ({
        ...one,
        pack: id,
      })),
    }
  })

/** The files of the pack of indicators with the released versions, each a chapter. */
const withVersions = (files: PackFiles, versions: readonly ReleasedVersion[]) => {
  let whole = files
  const contradictions: Contradiction[] = []
  for (const version of versions) {
    const { id, number, indicator: parameter, entry } = version
    const next = withVersion(whole, version)
    whole = next.files
    const row = { id, number, parameter, from: entry.effective.from }
    if (next.contradicts !== undefined) contradictions.push({ row, file: next.contradicts, line: 1 })
  }
  return { files: whole, contradictions }
}

/** The chapters that released versions are written as, with their files, for an export. */
export const chaptersOf = (files: PackFiles, versions: readonly ReleasedVersion[]): PackFiles => {
  const whole = withVersions(files, versions).files
  const isOne = (path: string) => versions.some((one) => path.startsWith(`${chapterOf(one)}/`))
  return Object.fromEntries(
    Object.entries(whole).filter(([path]) => isOne(path) && files[path] === undefined),
  )
}

/** The region that a pack's head names; empty where it cannot be read, which the checker tells. */
export const regionIn = (files: PackFiles): string => {
  try {
    return String(parse(files['pack.yaml'] ?? '')?.region ?? '')
  } catch {
    return ''
  }
}
