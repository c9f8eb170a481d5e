import { canonicalJson } from '#base'
import type { Layout } from '#exchange'
import { parseInChild } from '#exchange/server'
import { fateOf } from './fate.server.ts'
import type { BrokenFile } from './make-broken-files.server.ts'

/** What reading broken files as the intake does has cost at most, and which did not end as declared. */
export interface Measured {
  readonly wrong: readonly unknown[]
  /** The longest of one file. */
  readonly seconds: number
  /** The most this process grew while one file was read. */
  readonly parentGrewMiB: number
  /** Files whose good rows were kept. */
  readonly kept: number
}

const everyMs = 20

/** Reads the files one after the other, each in a child, and measures time and the memory of this process. */
export const readInChild = async (
  files: readonly BrokenFile[],
  layouts: readonly Layout[],
): Promise<Measured> => {
  const wrong: unknown[] = []
  let [seconds, parentGrewMiB, kept] = [0, 0, 0]
  for (const file of files) {
    const before = process.memoryUsage.rss()
    const startedMs = performance.now()
    let most = before
    const look = (): void => {
      most = Math.max(most, process.memoryUsage.rss())
    }
    const watch = setInterval(look, everyMs)
    const found = await fateOf(file, layouts, (input) =>
      parseInChild({ ...input, onRow: look, onReject: look }),
    ).finally(() => clearInterval(watch))
    look()
    seconds = Math.max(seconds, (performance.now() - startedMs) / 1000)
    parentGrewMiB = Math.max(parentGrewMiB, (most - before) / 2 ** 20)
    if (found.outcome === 'read' && found.accepted > 0) kept += 1
    if (canonicalJson(found) !== canonicalJson(file.expect)) wrong.push([file.fileName, file.expect, found])
  }
  return { wrong, seconds, parentGrewMiB, kept }
}
