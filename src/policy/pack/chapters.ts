import type { z } from 'zod'
import { type Finding, found } from './finding.ts'
import type { PackFiles } from './pack.ts'
import { emptyFile, joinYaml, type Path, readYaml, type YamlFile } from './yaml-file.ts'

/** How chapters of one file are put together, and which of their entries may stand in one chapter only. */
export interface Joining<T> {
  readonly join: (a: T, b: T) => T
  readonly entriesOf: (data: T) => readonly Path[]
}

export const flat = <T extends Readonly<Record<string, unknown>>>(): Joining<T> => ({
  join: (a, b) => ({ ...a, ...b }),
  entriesOf: (data) => Object.keys(data).map((name) => [name]),
})

interface Wanted<T> {
  readonly name: string
  /** Of the file in the pack's own folder. */
  readonly schema: z.ZodType<T>
  /** Of the files in chapters; the same unless said. */
  readonly inChapters?: z.ZodType<T>
  readonly joining: Joining<T>
  /** What stands for the file where there is none; without it the file is missed. */
  readonly ifNone?: T
}

/**
 * Reads `rules.yaml` and the `rules.yaml` of every chapter, a folder of the pack other than `cases`, as one file. What is
 * written in two chapters is found.
 */
export const readChapters = <T>(
  files: PackFiles,
  { name, schema, inChapters = schema, joining, ifNone }: Wanted<T>,
  findings: Finding[],
): YamlFile<T> | undefined => {
  const read = (file: string, by: z.ZodType<T>): YamlFile<T> | undefined => {
    const result = readYaml(file, files[file] ?? '', by)
    findings.push(...result.findings)
    return result.found
  }
  const others = Object.keys(files)
    .filter((file) => file.endsWith(`/${name}`) && file.split('/').length === 2 && !file.startsWith('cases/'))
    .toSorted()
  const isThere = files[name] !== undefined
  if (!isThere && ifNone === undefined)
    findings.push({ code: 'file-missing', file: name, line: 1, details: {} })
  const own = isThere ? read(name, schema) : ifNone === undefined ? undefined : emptyFile(name, ifNone)
  const chapters = others.map((file) => read(file, inChapters))
  if (!own || chapters.some((chapter) => !chapter)) return undefined
  const whole = [own, ...chapters.filter((chapter) => chapter !== undefined)]
  findings.push(...writtenTwice(whole, joining))
  return joinYaml(own, whole.slice(1), joining.join)
}

const writtenTwice = <T>(files: readonly YamlFile<T>[], { entriesOf }: Joining<T>): Finding[] => {
  const first = new Map<string, YamlFile<T>>()
  return files.flatMap((file) =>
    entriesOf(file.data).flatMap((path) => {
      const key = path.join('.')
      const other = first.get(key)
      first.set(key, other ?? file)
      return other ? [found('written-twice', file, path, { name: key, other: other.file })] : []
    }),
  )
}
