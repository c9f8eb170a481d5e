import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { canonicalJson } from '#base'
import { loadLayouts, parseInChild } from '#exchange/server'
import { fateOf } from './fate.server.ts'
import type { BrokenFile } from './make-broken-files.server.ts'

/** What reading broken files as the intake does has cost at most, and which did not end as declared. */
export interface Measured {
  readonly wrong: readonly unknown[]
  /** The longest of one file. */
  readonly seconds: number
  /** The most the reading process grew beyond what it was before the first file. */
  readonly parentGrewMiB: number
  /** Files whose good rows were kept. */
  readonly kept: number
}

const entry = fileURLToPath(import.meta.url)
const everyMs = 10

/**
 * Reads the files one after the other, each in a child, in a process that has done nothing else: one that made the files
 * has memory to spare, in which growth would not show.
 */
export const readInChild = async (files: readonly BrokenFile[]): Promise<Measured> => {
  const reader = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  reader.stdin.end(JSON.stringify(files))
  return JSON.parse(await text(reader.stdout)) as Measured
}

const measure = async (files: readonly BrokenFile[]): Promise<Measured> => {
  const layouts = await loadLayouts()
  const wrong: unknown[] = []
  let [seconds, kept] = [0, 0]
  const before = process.memoryUsage.rss()
  let most = before
  const look = (): void => {
    most = Math.max(most, process.memoryUsage.rss())
  }
  const watch = setInterval(look, everyMs)
  for (const file of files) {
    const startedMs = performance.now()
    const found = await fateOf(file, layouts, (input) =>
      parseInChild({ ...input, onRow: look, onReject: look }),
    )
    seconds = Math.max(seconds, (performance.now() - startedMs) / 1000)
    if (found.outcome === 'read' && found.accepted > 0) kept += 1
    if (canonicalJson(found) !== canonicalJson(file.expect)) wrong.push([file.fileName, file.expect, found])
  }
  clearInterval(watch)
  look()
  return { wrong, seconds, parentGrewMiB: (most - before) / 2 ** 20, kept }
}

if (process.argv[1] === entry) {
  const files = JSON.parse(await text(process.stdin)) as BrokenFile[]
  process.stdout.write(JSON.stringify(await measure(files)))
}
