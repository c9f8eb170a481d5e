import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import {
  type BusinessDate,
  contains,
  parseRegionCode,
  Refusal,
  type RegionCode,
  regionCode,
  type WorkCalendar,
} from '#base'
import { checkRead, findingText, type Pack, type PackInForce, type PackRead, packInForce } from '#policy'
import { packFilesIn } from '#policy/server'
import {
  contentFrom,
  contentOf,
  contentText,
  contradictionsIn,
  type PackContent,
  type PackContradiction,
  type PackLayer,
  readContent,
} from './content.ts'
import type { ReleasedValue } from './released-value.ts'
import type { ReleasedVersion } from './released-version.ts'

/** A pack that passed the checker, with the hash of its canonical form: files of all layers and released values. */
export interface CheckedPack {
  readonly pack: Pack
  readonly hash: string
  /** What the hash is of; the pack can be read again from it alone. */
  readonly content: string
}

/** Where packs are read from, and which values were released for them. */
export interface OpenOptions {
  readonly released?: readonly ReleasedValue[] | undefined
  /** The versions of indicators released by then. */
  readonly versions?: readonly ReleasedVersion[] | undefined
  /** The working-day calendar as entered; without it the years that come with the program hold. */
  readonly calendar?: WorkCalendar | undefined
  /** The folder of the packs, as it comes with the program. */
  readonly policies?: string | undefined
}

/** The packs that come with the program. */
export const shippedPolicies = fileURLToPath(new URL('../../../policies/', import.meta.url))

/** The SHA-256 of a text, in hexadecimal digits. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The pack and those it lies over, the lowest first, as their files stand. Throws where a folder cannot be read. */
export const readLayers = (name: string, policies = shippedPolicies): readonly PackLayer[] => {
  const layers: PackLayer[] = []
  let next: string | undefined = name
  // A pack that lies over itself is found by the checker: it then has no pack below it.
  while (next !== undefined && !layers.some(({ id }) => id === next) && existsSync(join(policies, next))) {
    const files = packFilesIn(join(policies, next))
    layers.unshift({ id: next, files })
    next = headIn(files['pack.yaml']).over
  }
  return layers
}

interface Head {
  readonly id?: string
  readonly title?: { readonly zh: string; readonly en: string }
  readonly version?: string
  readonly region?: string
  readonly over?: string
  readonly status?: string
}

/** What a pack's head says, as far as it can be read. */
export const headIn = (text: string | undefined): Head => {
  try {
    const head: unknown = parse(text ?? '')
    return typeof head === 'object' && head !== null ? (head as Head) : {}
  } catch {
    // What is wrong with the file is told when it is read.
    return {}
  }
}

/**
 * Loads a pack of `policies/` by name, with the values released for it. Refuses with `rulebook.pack-broken`, naming file and
 * line, where the checker objects, and with `rulebook.contradicts-release` where a file says other than a released value.
 */
export const openPack = (
  name: string,
  { released = [], versions = [], calendar, policies }: OpenOptions = {},
): CheckedPack => {
  const content = contentOf(readLayers(name, policies), { values: released, versions, calendar })
  const read = readSound(name, content)
  const [finding] = checkRead(read)
  if (!read.pack || finding) throw brokenPack(name, finding)
  const text = contentText(content)
  return { pack: byCalendar(read.pack, content), hash: hashOf(text), content: text }
}

/** Reads a pack again from the canonical form that was kept, without running its cases once more. */
export const packFromContent = (text: string): CheckedPack => {
  const content = contentFrom(text)
  const name = content.layers.at(-1)?.id ?? ''
  const { pack, findings } = readSound(name, content)
  if (!pack) throw brokenPack(name, findings[0])
  return { pack: byCalendar(pack, content), hash: hashOf(text), content: text }
}

/** Cases are counted by the calendar that comes with the program, decisions by the one that was entered. */
const byCalendar = (pack: Pack, { calendar = pack.calendar }: PackContent): Pack => ({ ...pack, calendar })

const brokenPack = (pack: string, finding: PackRead['findings'][number] | undefined): Refusal =>
  new Refusal('rulebook.pack-broken', { pack, finding: finding ? findingText(finding, 'zh-CN') : '' })

const readSound = (name: string, content: PackContent): PackRead => {
  const { read, contradictions } = readContent(content)
  refuseContradiction(name, contradictions[0])
  return read
}

/** What a pack in force consists of, and its hash, without reading its rules. Refuses a file that contradicts a release. */
export const contentInForce = (
  name: string,
  { released = [], versions = [], calendar, policies }: OpenOptions,
): { readonly content: string; readonly hash: string; readonly version: string } => {
  const content = contentOf(readLayers(name, policies), { values: released, versions, calendar })
  refuseContradiction(name, contradictionsIn(content)[0])
  const text = contentText(content)
  const { version = '' } = headIn(content.layers.at(-1)?.files['pack.yaml'])
  return { content: text, hash: hashOf(text), version: String(version) }
}

/** Both places are named: the line of the file, and the number of the change. */
export const refuseContradiction = (name: string, first: PackContradiction | undefined): void => {
  if (first) {
    throw new Refusal('rulebook.contradicts-release', {
      file: `policies/${first.pack}/${first.file}:${first.line}`,
      parameter: first.row.parameter,
      number: first.row.number,
      from: first.row.from,
      pack: name,
    })
  }
}

/** The pack as it holds on a day in a region. */
export const packOn = ({ pack }: Pick<CheckedPack, 'pack'>, on: BusinessDate, region: string): PackInForce =>
  packInForce(pack, { on, region: regionCode(region) })

const wholeCountry = /^0{12}$/u

/** Whether a region lies inside another; the whole country holds all. */
export const holdsRegion = (outer: string, inner: string): boolean => {
  if (wholeCountry.test(outer)) return true
  const [a, b] = [parseRegionCode(outer), parseRegionCode(inner)]
  return a !== undefined && b !== undefined && contains(a as RegionCode, b)
}
