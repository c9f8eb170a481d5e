import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Scalar, type Node as YamlNode } from 'yaml'
import { z } from 'zod'
import type { Finding } from './finding.ts'

export type Path = readonly (string | number)[]

/** A YAML file that still knows on which line everything stands. */
export interface YamlFile<T> {
  readonly file: string
  readonly data: T
  /** The file in which this path stands: another one where a pack is written in chapters. */
  fileOf(path: Path): string
  /** How many steps of the path exist. */
  depthOf(path: Path): number
  lineOf(path: Path): number
  /** The line of a character inside the text at this path. */
  lineInside(path: Path, offset: number): number
}

type Read<T> =
  | { readonly found: YamlFile<T>; readonly findings: [] }
  | { readonly found?: undefined; readonly findings: Finding[] }

const { zhCN, en } = z.locales

/** Parses and validates one file; what is wrong comes back as findings with lines. */
export const readYaml = <T>(file: string, text: string, schema: z.ZodType<T>): Read<T> => {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter })
  const [broken] = document.errors
  if (broken) {
    const line = counter.linePos(broken.pos[0]).line
    return {
      findings: [{ code: 'not-yaml', file, line, details: { reason: broken.message.split('\n')[0] ?? '' } }],
    }
  }
  const lineOf = (path: Path): number => counter.linePos(offsetOf(document.contents, path)).line
  const parsed = schema.safeParse(document.toJS())
  if (!parsed.success) return { findings: schemaFindings(file, parsed.error, lineOf) }
  const lineInside = (path: Path, offset: number): number => {
    const scalar = nodeAt(document.contents, path)
    const line = scalar?.range ? counter.linePos(scalar.range[0]).line : lineOf(path)
    if (!isScalar(scalar) || scalar.type !== 'BLOCK_LITERAL') return line
    return (
      line +
      String((scalar as Scalar).value)
        .slice(0, offset)
        .split('\n').length
    )
  }
  const depthOf = (path: Path): number =>
    path.findLastIndex((_, at) => nodeAt(document.contents, path.slice(0, at + 1)) !== undefined) + 1
  return {
    found: { file, data: parsed.data, fileOf: () => file, depthOf, lineOf, lineInside },
    findings: [],
  }
}

/**
 * Chapters of one file as one: `rules.yaml` and `tekun/rules.yaml`. `join` puts their data together; lines and files are
 * those of the chapter that holds most of a path.
 */
export const joinYaml = <T>(
  first: YamlFile<T>,
  more: readonly YamlFile<T>[],
  join: (a: T, b: T) => T,
): YamlFile<T> => {
  if (more.length === 0) return first
  const chapters = [first, ...more]
  const holding = (path: Path): YamlFile<T> =>
    chapters.reduce((best, chapter) => (chapter.depthOf(path) > best.depthOf(path) ? chapter : best))
  return {
    file: first.file,
    data: more.reduce((data, chapter) => join(data, chapter.data), first.data),
    fileOf: (path) => holding(path).file,
    depthOf: (path) => holding(path).depthOf(path),
    lineOf: (path) => holding(path).lineOf(path),
    lineInside: (path, offset) => holding(path).lineInside(path, offset),
  }
}

/** A file that need not be there. */
export const emptyFile = <T>(file: string, data: T): YamlFile<T> => ({
  file,
  data,
  fileOf: () => file,
  depthOf: () => 0,
  lineOf: () => 1,
  lineInside: () => 1,
})

const schemaFindings = (file: string, error: z.ZodError, lineOf: (path: Path) => number): Finding[] =>
  error.issues.map((issue) => {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)))
    const raw = issue as Parameters<ReturnType<typeof en>['localeError']>[0]
    const text = (message: string | { message: string } | null | undefined): string =>
      typeof message === 'string' ? message : (message?.message ?? issue.message)
    return {
      code: 'schema' as const,
      file,
      line: lineOf(path),
      details: {
        path: path.join('.'),
        'reason.zh-CN': issue.code === 'custom' ? issue.message : text(zhCN().localeError(raw)),
        'reason.en': issue.code === 'custom' ? issue.message : text(en().localeError(raw)),
      },
    }
  })

const nodeAt = (node: unknown, path: Path): YamlNode | undefined => {
  let current: unknown = node
  for (const part of path) {
    if (isMap(current)) current = current.get(part, true)
    else if (isSeq(current)) current = current.get(Number(part), true)
    else return undefined
  }
  return (current ?? undefined) as YamlNode | undefined
}

/** Where the key or item at the path stands, or the deepest part of the path that exists. */
const offsetOf = (root: unknown, path: Path): number => {
  let current = root
  let offset = 0
  for (const part of path) {
    if (isMap(current)) {
      const pair = current.items.find(({ key }) => isScalar(key) && String(key.value) === String(part))
      if (!pair) return offset
      offset = (pair.key as YamlNode).range?.[0] ?? offset
      current = pair.value
    } else if (isSeq(current)) {
      const item = current.items[Number(part)] as YamlNode | undefined
      if (!item) return offset
      offset = item.range?.[0] ?? offset
      current = item
    } else return offset
  }
  return offset
}
