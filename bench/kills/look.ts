import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { State } from '#lake'
import { type Engine, keptRelation, matchedRelation, stateFiles } from '#lake/server'
import { checksumSql, judgingOf, yardstickForce } from '../pass/setting.ts'

/** What stands in the lake at a state, in short texts that two lives can be compared by. */
export type Digest = readonly string[]

const judging = judgingOf(yardstickForce())

const sumOf = async (engine: Engine, relation: string): Promise<string> => {
  // A row that is there twice must not cancel itself, so the hashes are added.
  const [row] = await engine.rows<{ sum: string }>(
    `select concat_ws(' ', count(*), sum(hash(r)::HUGEINT)) as sum from ${relation} r`,
  )
  return row?.sum ?? ''
}

/** Reads every row of a state; throws where a file is missing or broken. */
export const digestOf = async (engine: Engine, lakeDir: string, generation: number): Promise<Digest> => {
  if (generation === 0) return []
  const files = stateFiles(lakeDir)
  const state: State = files.read(generation)
  const lines: string[] = [`${generation} ${state.today} ${state.month}`]
  for (const table of Object.keys(state.files) as (keyof State['files'])[])
    lines.push(`${table} ${await sumOf(engine, keptRelation(state, table, files.path))}`)
  for (const kind of Object.keys(state.matched).toSorted())
    lines.push(`${kind} ${await sumOf(engine, matchedRelation(state, kind, files.path))}`)
  const [sum] = await engine.rows<{ sum: string }>(
    checksumSql(judging, keptRelation(state, 'outcome', files.path)),
  )
  return [...lines, `checksum ${sum?.sum}`]
}

/** Every file below a folder, drafts included. */
export const filesBelow = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .flatMap((entry) => (entry.isFile() ? [relative(folder, join(entry.parentPath, entry.name))] : []))
        .toSorted()
    : []

/** The lines that are in one list and not in the other. */
export const differences = (found: readonly string[], expected: readonly string[]): string[] => [
  ...found.filter((line) => !expected.includes(line)).map((line) => `is there: ${line}`),
  ...expected.filter((line) => !found.includes(line)).map((line) => `is missing: ${line}`),
]
