import { assert } from '#base'
import type { FieldDefinition, FieldType } from '../feeds/types.ts'
import { type FeedKind, feedDefinition } from '../feeds.ts'
import { type HeaderCell, type HeaderMatch, headerKey } from '../layouts/header-match.ts'
import { type Layout, type LayoutColumn, ruleOf } from '../layouts/layout.ts'
import type { CellContext, CellKind, CellResult, CellRule, CellValue } from './cells/cell.ts'
import { codeTable } from './cells/code.ts'
import { cellRules } from './cells/rules.ts'

/** One column of one table, ready to read cells. */
export type CompiledColumn = {
  readonly place: number
  readonly header: string
  readonly field: string
  readonly type: FieldType
  readonly column: LayoutColumn
  readonly read: (text: string, kind: CellKind) => CellResult
}

export type CompiledArm = {
  readonly columns: readonly CompiledColumn[]
  readonly constants: Readonly<Record<string, CellValue>>
  readonly when: string
}

/** A layout bound to the header of one table. */
export type CompiledTable = {
  readonly kind: FeedKind
  readonly layout: Layout
  readonly header: readonly string[]
  readonly width: number
  readonly columns: readonly CompiledColumn[]
  readonly lists: readonly CompiledColumn[]
  readonly arms: readonly CompiledArm[]
  readonly constants: Readonly<Record<string, CellValue>>
  /** By field, the value of an empty cell or a missing optional column. */
  readonly defaults: readonly (readonly [string, CellValue])[]
  readonly named: ReadonlyMap<string, number>
  readonly noRecord: readonly { readonly place: number; readonly values: ReadonlySet<string> }[]
  /** Places whose content makes a row a data row. */
  readonly mapped: readonly number[]
  readonly fillDown: readonly number[]
  /** A later column with the header of a mapped one: the two must not contradict each other. */
  readonly doubles: readonly { readonly place: number; readonly of: number }[]
  readonly required: readonly { readonly field: string; readonly header: string }[]
  readonly dates: readonly string[]
  readonly moneyOf: (header: string) => CellContext['unit']
}

export type TableFacts = { readonly date1904: boolean; readonly unit?: 'yuan' | 'wan' }

export const compileTable = (
  match: HeaderMatch,
  cells: readonly HeaderCell[],
  facts: TableFacts,
): CompiledTable => {
  const { layout, places } = match
  const header = headerTexts(cells)
  const compile = (columns: readonly LayoutColumn[]): CompiledColumn[] =>
    columns.flatMap((column) => {
      const place = places.get(column)
      return place === undefined ? [] : [compileColumn(layout, column, place, header[place] ?? '', facts)]
    })
  const all = compile(layout.columns)
  const arms = layout.unpivot.map((a) => ({
    columns: compile(a.columns),
    constants: a.constants,
    when: a.when,
  }))
  const mapped = [
    ...new Set([...[...all, ...arms.flatMap((a) => a.columns)].map((c) => c.place), ...match.named.values()]),
  ]
  const { fields } = feedDefinition(layout.kind)
  return {
    kind: layout.kind,
    layout,
    header,
    width: header.findLastIndex((name) => name !== '') + 1,
    columns: all.filter((c) => c.column.list === undefined),
    lists: all.filter((c) => c.column.list !== undefined),
    arms,
    constants: layout.constants,
    defaults: layout.columns.flatMap((c) => (c.default === undefined ? [] : [[c.field, c.default] as const])),
    named: match.named,
    noRecord: layout.noRecord.flatMap((r) => {
      const place = match.named.get(r.header)
      return place === undefined ? [] : [{ place, values: new Set(r.values) }]
    }),
    mapped,
    fillDown: all
      .filter((c) => c.column.fillDown)
      .map((c) => c.place)
      .sort((a, b) => a - b),
    doubles: doublesOf(cells, mapped),
    required: Object.entries(fields)
      .filter(([, field]) => field.required)
      .map(([field, { zh }]) => ({ field, header: all.find((c) => c.field === field)?.header ?? zh })),
    dates: Object.entries(fields)
      .filter(([id, field]) => field.type === 'date' && id !== 'birthDate')
      .map(([id]) => id),
    moneyOf: (name) => unitOf(name, undefined, layout, facts),
  }
}

const compileColumn = (
  layout: Layout,
  column: LayoutColumn,
  place: number,
  header: string,
  facts: TableFacts,
): CompiledColumn => {
  const field = feedDefinition(layout.kind).fields[column.field]
  const ruleName = ruleOf(layout.kind, column)
  assert(field && ruleName, `column ${column.field} passed the check of layout ${layout.id}`)
  const base = {
    column,
    unit: unitOf(header, column.unit, layout, facts),
    date1904: facts.date1904,
    codes: field.type === 'code' ? codeTable(field, column) : undefined,
  }
  const contexts: Readonly<Record<CellKind, CellContext>> = {
    text: { ...base, kind: 'text' },
    number: { ...base, kind: 'number' },
    date: { ...base, kind: 'date' },
    error: { ...base, kind: 'error' },
    merged: { ...base, kind: 'merged' },
  }
  const rule = cellRules[ruleName]
  const plain: CompiledColumn['read'] = (text, kind) => rule(text, contexts[kind])
  const read = repetitive(field) ? remembering(rule, plain, contexts.text) : plain
  return { place, header, field: column.field, type: field.type, column, read }
}

const repetitive = (field: FieldDefinition): boolean => ['code', 'month', 'flag', 'date'].includes(field.type)

const rememberedAtMost = 4096

// Codes, months and days repeat all through a file; their result depends on the text alone.
const remembering = (
  rule: CellRule,
  plain: CompiledColumn['read'],
  context: CellContext,
): CompiledColumn['read'] => {
  const memory = new Map<string, CellResult>()
  return (text, kind) => {
    if (kind !== 'text') return plain(text, kind)
    const known = memory.get(text)
    if (known) return known
    const result = rule(text, context)
    if (memory.size < rememberedAtMost) memory.set(text, result)
    return result
  }
}

/** What the file says about its unit goes before what the layout expects: header, column, unit row, layout. */
const unitOf = (
  header: string,
  ofColumn: 'yuan' | 'wan' | undefined,
  layout: Layout,
  facts: TableFacts,
): CellContext['unit'] => {
  const stated = /[(（]\s*(?:单位\s*[:：])?\s*(万元|元)(?:\/[^)）]*)?\s*[)）]/u.exec(header)?.[1]
  if (stated) return stated === '万元' ? 'wan' : 'yuan'
  return ofColumn ?? facts.unit ?? layout.unit
}

/** Names by which the columns are spoken of: the group is added only where a name alone would be ambiguous. */
const headerTexts = (cells: readonly HeaderCell[]): string[] =>
  cells.map(({ name, group }, i) =>
    group && cells.some((c, j) => j !== i && c.name === name && name !== '') ? `${group}>${name}` : name,
  )

const doublesOf = (cells: readonly HeaderCell[], mapped: readonly number[]) =>
  cells.flatMap((cell, place) => {
    if (mapped.includes(place) || cell.name === '') return []
    const of = mapped.find(
      (m) => headerKey(cells[m]?.name ?? '') === headerKey(cell.name) && cells[m]?.group === cell.group,
    )
    return of === undefined ? [] : [{ place, of }]
  })
