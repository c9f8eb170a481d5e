import { parse } from 'yaml'
import { canonicalJson } from '#base'
import { type PackFiles, type PackRead, readPack } from '#policy'
import type { ReleasedValue } from './released-value.ts'
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
}

/** A released value that a file of a pack contradicts. */
export type PackContradiction = Contradiction & { readonly pack: string }

/** Content read and typed. */
export interface ContentRead {
  readonly read: PackRead
  readonly contradictions: readonly PackContradiction[]
}

/** The content of a pack with those of the released values that belong to it, in the order of their numbers. */
export const contentOf = (layers: readonly PackLayer[], released: readonly ReleasedValue[]): PackContent => ({
  layers,
  released: released
    .filter(({ pack }) => layers.some(({ id }) => id === pack))
    .toSorted((a, b) => a.number - b.number),
})

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

const mergedLayers = ({ layers, released }: PackContent) =>
  layers.map(({ id, files }) => {
    const rows = released.filter(({ pack }) => pack === id)
    if (rows.length === 0) return { files, contradictions: [] }
    const merged = withReleased(files, rows, regionIn(files))
    return {
      files: merged.files,
      contradictions: merged.contradictions.map((one) => ({ ...one, pack: id })),
    }
  })

/** The region that a pack's head names; empty where it cannot be read, which the checker tells. */
export const regionIn = (files: PackFiles): string => {
  try {
    return String(parse(files['pack.yaml'] ?? '')?.region ?? '')
  } catch {
    return ''
  }
}
