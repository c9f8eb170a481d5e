import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type YAMLMap,
  type Node as YamlNode,
} from 'yaml'
import { canonicalJson } from '#base'
import type { PackFiles } from '#policy'
import type { NewDocument, ReleasedValue } from './released-value.ts'

/** A released value that the files contradict: both places. */
export interface Contradiction {
  /** What was released: a value of a parameter, or a version of an indicator. */
  readonly row: Pick<ReleasedValue, 'id' | 'number' | 'parameter' | 'from'>
  readonly file: string
  readonly line: number
}

export interface Merged {
  readonly files: PackFiles
  /** The paths of the files that differ from those given. */
  readonly changed: readonly string[]
  readonly contradictions: readonly Contradiction[]
}

interface OpenFile {
  readonly path: string
  readonly document: Document
  readonly lines: LineCounter
}

const wholeCountry = '000000000000'

/**
 * The files of a pack with released values written into them as an author would: into the parameter's own list, comments and
 * order kept. A value that the files hold already is left alone; one that they hold differently is a contradiction.
 * `region` is the pack's own region, that of values which name none.
 */
export const withReleased = (files: PackFiles, rows: readonly ReleasedValue[], region: string): Merged => {
  const opened = new Map<string, OpenFile>()
  const changed = new Set<string>()
  const contradictions: Contradiction[] = []
  const open = (path: string): OpenFile => {
    const lines = new LineCounter()
    const text = files[path] ?? ''
    const file = opened.get(path) ?? { path, lines, document: parseDocument(text, { lineCounter: lines }) }
    opened.set(path, file)
    return file
  }
  for (const row of rows) {
    const file = open(fileHolding(files, 'parameters.yaml', row.parameter))
    const found = addValue(file, row, region)
    if (found === 'there') continue
    if (found !== 'added') {
      contradictions.push({ row, file: file.path, line: found })
      continue
    }
    changed.add(file.path)
    if (row.newDocument && addDocument(open(fileHolding(files, 'sources.yaml', row.document)), row))
      changed.add(fileHolding(files, 'sources.yaml', row.document))
  }
  const texts = [...changed].map((path) => [path, opened.get(path)?.document.toString(written) ?? ''])
  return {
    files: { ...files, ...Object.fromEntries(texts) },
    changed: [...changed].toSorted(),
    contradictions,
  }
}

const written = { lineWidth: 0, flowCollectionPadding: true }

/** Where an entry stands: the pack's own file, or that of a chapter. */
const fileHolding = (files: PackFiles, name: string, entry: string): string => {
  const chapters = Object.keys(files).filter((path) => path.split('/').at(-1) === name)
  const holding = chapters.find((path) => new RegExp(`^["']?${entry}["']?:`, 'mu').test(files[path] ?? ''))
  return holding ?? name
}

const addValue = (file: OpenFile, row: ReleasedValue, region: string): 'added' | 'there' | number => {
  const { document, lines } = file
  const values = document.getIn([row.parameter, 'values'], true)
  const items = isSeq(values) ? values.items : []
  for (const item of items) {
    if (!isMap(item)) continue
    const other = plainOf(item, document)
    if (other.from !== row.from || (other.region ?? region) !== row.region) continue
    const isSame =
      canonicalJson(other.value ?? null) === canonicalJson(row.value) && (other.until ?? null) === row.until
    return isSame ? 'there' : lines.linePos(item.range?.[0] ?? 0).line
  }
  // Values of one region are compared with each other by the way their region is written.
  const isUnnamed = items.some((item) => isMap(item) && !item.has('region'))
  const node = document.createNode(entryOf(row, row.region === region && isUnnamed))
  if (isSeq(values)) values.add(node)
  else document.setIn([row.parameter], document.createNode({ values: [entryOf(row, row.region === region)] }))
  return 'added'
}

interface PlainValue {
  readonly value?: ReleasedValue['value']
  readonly from?: string
  readonly until?: string
  readonly region?: string
}

const plainOf = (item: YAMLMap, document: Document): PlainValue => {
  const plain: Record<string, unknown> = {}
  for (const { key, value } of item.items)
    if (isScalar(key)) plain[String(key.value)] = (value as YamlNode | null)?.toJS(document)
  return plain
}

const entryOf = (row: ReleasedValue, isOwnRegion: boolean) => ({
  value: row.value,
  from: row.from,
  ...(row.until ? { until: row.until } : {}),
  ...(isOwnRegion || row.region === wholeCountry ? {} : { region: row.region }),
  source: { document: row.document, clause: row.clause },
  checkedOn: row.checkedOn,
  ...(row.note ? { note: { zh: row.note, en: row.note } } : {}),
})

const addDocument = ({ document }: OpenFile, { document: name, newDocument }: ReleasedValue): boolean => {
  if (!newDocument || document.has(name)) return false
  document.setIn([name], document.createNode(documentEntry(newDocument)))
  return true
}

/** A document nobody knew, as an author would enter it. */
export const documentEntry = ({ title, number, issuer, issuedOn }: NewDocument) => ({
  title: { zh: title, en: title },
  ...(number ? { number } : {}),
  issuer: { zh: issuer, en: issuer },
  ...(issuedOn ? { issuedOn } : {}),
  status: 'in-force',
})
