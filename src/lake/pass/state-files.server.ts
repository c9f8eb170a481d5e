import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { assert } from '#base'
import { draftPath, makePrivateDirectory, publishDraft, removeDrafts, sync } from '../engine/files.server.ts'
import { type FileList, filesOf, type State } from './state.ts'

// `state/000012.json` lists the files of state 12; `state/files/` holds those of all states.

/** The name of a file of a state. */
export const fileOf = (generation: number, table: string, at: number | string): string =>
  `${String(generation).padStart(9, '0')}-${table}-${at}.parquet`

const listName = (generation: number): string => `${String(generation).padStart(9, '0')}.json`

type AnyList = FileList<string>

/** The places of a lake's states, or of another sort of lists with a folder of its own. */
export const stateFiles = <List extends AnyList = State>(lakeDir: string, folder = 'state') => {
  const directory = join(lakeDir, folder)
  const filesDir = join(directory, 'files')
  makePrivateDirectory(filesDir)
  const generations = (): number[] =>
    readdirSync(directory)
      .flatMap((name) => (/^\d{9}\.json$/.test(name) ? [Number(name.slice(0, 9))] : []))
      .toSorted((a, b) => a - b)
  return {
    /** Where a file of a state lies. */
    path: (file: string): string => join(filesDir, file),
    generations,
    read: (generation: number): List =>
      JSON.parse(readFileSync(join(directory, listName(generation)), 'utf8')) as List,
    /** The state of which something is true, if its list and all of its files are there. */
    find: (is: (state: List) => boolean): List | undefined =>
      generations()
        .map((generation) => JSON.parse(readFileSync(join(directory, listName(generation)), 'utf8')) as List)
        .find((state) => is(state) && [...filesOf(state)].every((file) => existsSync(join(filesDir, file)))),
    /**
     * Makes a state known, once all of its files are written: they are on disk before its list is. What makes it the
     * state in force is somebody else's record of its number, in the transaction that keeps what it found.
     */
    publish: (state: List): void => {
      for (const file of filesOf(state))
        assert(existsSync(join(filesDir, file)), `a state without its file ${file}`)
      sync(filesDir)
      const path = join(directory, listName(state.generation))
      const draft = draftPath(path)
      writeFileSync(draft, JSON.stringify(state), { mode: 0o600 })
      publishDraft(draft, path)
    },
    /** Removes every state but these, their files, and what a crash left half written; gives how many files. */
    sweep: (keep: readonly number[]): number => {
      const kept = keep.map((generation) =>
        JSON.parse(readFileSync(join(directory, listName(generation)), 'utf8')),
      )
      const named = new Set(kept.flatMap((state: List) => [...filesOf(state)]))
      const dropped = generations().filter((generation) => !keep.includes(generation))
      for (const generation of dropped) rmSync(join(directory, listName(generation)))
      const stray = readdirSync(filesDir).filter((name) => !name.startsWith('.') && !named.has(name))
      for (const name of stray) rmSync(join(filesDir, name))
      return stray.length + removeDrafts(filesDir) + removeDrafts(directory)
    },
  }
}

export type StateFiles<List extends AnyList = State> = ReturnType<typeof stateFiles<List>>
