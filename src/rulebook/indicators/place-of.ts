import { isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument, type Node as YamlNode } from 'yaml'
import type { Finding, PackFiles } from '#policy'
import type { VersionFinding } from './contract.ts'

type Place = Pick<VersionFinding, 'field' | 'at' | 'line' | 'case'>

const nowhere: Place = { field: null, at: null, line: null, case: null }

/** Where in the editor a finding of the checker stands, by its line in the files that the version was written as. */
export const placeOf = ({ file, line }: Finding, files: PackFiles): Place => {
  const text = files[file]
  if (text === undefined) return nowhere
  if (file.endsWith('/sources.yaml')) return { ...nowhere, field: 'source' }
  const lines = new LineCounter()
  const { contents } = parseDocument(text, { lineCounter: lines })
  const lineOf = (node: unknown): number =>
    lines.linePos((node as YamlNode | undefined)?.range?.[0] ?? 0).line
  if (isSeq(contents)) {
    const at = contents.items.findLastIndex((item) => lineOf(item) <= line)
    return { ...nowhere, field: 'cases', case: Math.max(0, at) }
  }
  const entry = isMap(contents) ? contents.items[0]?.value : undefined
  const pair = isMap(entry) ? lastUpTo(entry.items, line, lineOf) : undefined
  if (!pair) return nowhere
  const name = nameOf(pair)
  if (name === 'values' && isMap(pair.value)) {
    const value = lastUpTo(pair.value.items, line, lineOf)
    if (value) return { ...nowhere, field: 'values', at: nameOf(value), line: line - lineOf(value.key) }
  }
  if (name === 'when') return { ...nowhere, field: 'when', line: Math.max(1, line - lineOf(pair.key)) }
  return { ...nowhere, field: fields[name] ?? null }
}

const lastUpTo = (items: readonly Pair[], line: number, lineOf: (node: unknown) => number) =>
  items.findLast(({ key }) => lineOf(key) <= line)

const nameOf = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : '')

const fields: Readonly<Record<string, Place['field']>> = {
  region: 'region',
  name: 'name',
  grade: 'grade',
  owner: 'owner',
  effective: 'from',
  sentence: 'sentence',
  sources: 'source',
}
