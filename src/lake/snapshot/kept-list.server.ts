import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { assert, type BusinessDate } from '#base'
import { draftPath, makePrivateDirectory, publishDraft, removeDrafts, sync } from '../engine/files.server.ts'

/** A copy of the registry in the lake: which files it is made of, and of which instant and day. Its files never change. */
export interface KeptList {
  readonly id: string
  /** What the selects looked like that it was copied by; a copy by other ones is not used. */
  readonly shape: string
  /** The transactions it has, and the database whose transactions they are. */
  readonly visible: string
  readonly place: string
  /** The day whose registry it is. */
  readonly on: BusinessDate
  /** Rows of households, persons and leads in the whole files. */
  readonly subjects: number
  /** The files of each table, from when everything was copied. */
  readonly whole: Readonly<Record<string, readonly string[]>>
  /** What changed since: new rows of each table, and of whom no row of the whole files counts any more. */
  readonly changed?: { readonly rows: Readonly<Record<string, string>>; readonly subjects: string }
}

const filesOf = ({ whole, changed }: KeptList): string[] => [
  ...Object.values(whole).flat(),
  ...(changed ? [...Object.values(changed.rows), changed.subjects] : []),
]

/** The places of the copies of a lake: `registry/<id>.json` lists the files of one, `registry/files/` holds those of all. */
export const keptLists = (lakeDir: string) => {
  const directory = join(lakeDir, 'registry')
  const filesDir = join(directory, 'files')
  makePrivateDirectory(filesDir)
  const listPath = (id: string): string => {
    assert(/^[0-9a-f-]{36}$/.test(id), 'not the id of a copy')
    return join(directory, `${id}.json`)
  }
  const read = (id: string): KeptList | undefined =>
    existsSync(listPath(id)) ? (JSON.parse(readFileSync(listPath(id), 'utf8')) as KeptList) : undefined
  const isWhole = (list: KeptList): boolean => filesOf(list).every((file) => existsSync(join(filesDir, file)))
  return {
    /** Where a file of a copy lies. */
    path: (file: string): string => join(filesDir, file),
    /** The copy of this id, if its list and all of its files are there. */
    find: (id: string): KeptList | undefined => {
      const list = read(id)
      return list && isWhole(list) ? list : undefined
    },
    /** Makes a copy known, once its files are on disk. Which one is in force is for PostgreSQL to say. */
    publish: (list: KeptList): void => {
      assert(isWhole(list), 'a copy of the registry lacks a file')
      sync(filesDir)
      const draft = draftPath(listPath(list.id))
      writeFileSync(draft, JSON.stringify(list), { mode: 0o600 })
      publishDraft(draft, listPath(list.id))
    },
    /** Removes every copy but this one, with what a crash left half written; gives how many files. */
    sweep: (keep: KeptList): number => {
      const named = new Set(filesOf(keep))
      const lists = readdirSync(directory).filter(
        (name) => name.endsWith('.json') && name !== `${keep.id}.json`,
      )
      for (const name of lists) rmSync(join(directory, name))
      const stray = readdirSync(filesDir).filter((name) => !name.startsWith('.') && !named.has(name))
      for (const name of stray) rmSync(join(filesDir, name))
      return lists.length + stray.length + removeDrafts(filesDir) + removeDrafts(directory)
    },
  }
}

export type KeptLists = ReturnType<typeof keptLists>
