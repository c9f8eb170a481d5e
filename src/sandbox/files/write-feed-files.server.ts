import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type FeedKind, feedKinds } from '#exchange'
import { loadLayouts } from '#exchange/server'
import { plusMonth } from '../world/days.ts'
import type { World } from '../world/make-world.ts'
import { type FeedFile, fileMaker, type WrittenLine } from './build-file.server.ts'

/** A department file on disk with everything its upload has to say. */
export interface WrittenFile {
  readonly path: string
  readonly fileName: string
  readonly kind: FeedKind
  readonly layouts: readonly string[]
  /** 'YYYY-MM'. */
  readonly period: string
  /** 12-digit code of the region whose people it covers. */
  readonly covers: string
  readonly sha256: string
  readonly lines: readonly WrittenLine[]
}

/** The month of the files: the one before the business date's. */
export const periodOf = (world: World): string => plusMonth(world.input.businessDate.slice(0, 7), -1)

/** Writes the seventeen department files of a world into a folder; the same world gives the same bytes. */
export const writeFeedFiles = async (world: World, folder: string): Promise<WrittenFile[]> => {
  const maker = fileMaker(world, await loadLayouts())
  const written: WrittenFile[] = []
  for (const kind of feedKinds) {
    const file = maker.build(kind, world.feeds[kind], periodOf(world))
    written.push(await saveFile(world, file, folder, periodOf(world)))
  }
  return written
}

/** Writes one file into the folder, which is made where there is none. */
export const saveFile = async (
  world: World,
  file: FeedFile,
  folder: string,
  period: string,
): Promise<WrittenFile> => {
  const { kind, fileName, layouts, lines, bytes } = file
  await mkdir(folder, { recursive: true })
  const path = join(folder, fileName)
  await writeFile(path, bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { path, fileName, kind, layouts, period, covers: world.covers[kind], sha256, lines }
}
