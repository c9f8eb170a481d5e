import { assert } from '#base'
import type { FieldDefinition, FieldType } from '../feeds/types.ts'
import { type FeedKind, feedDefinition } from '../feeds.ts'
import type { MappingDraft } from './contract.ts'
import { headerKey } from './header-match.ts'
import { filledBy, headerNamesOf, type Layout, type LayoutColumn } from './layout.ts'

/** How a cell is read, beyond what the type of its field says. */
export type Reading = Omit<LayoutColumn, 'header' | 'field'>

/** One field taken from one column of the sample; a column may serve several fields. */
export interface Use {
  readonly id: number
  /** Place of the column in the sample. */
  readonly place: number
  readonly field: string
  /** Other names the column has in this layout; empty for a layout that is new. */
  readonly names: readonly string[]
  readonly reading: Reading
  /** Where it stands among the columns: of those for one field, the first that says something wins. */
  readonly order: number
}

interface Kept {
  readonly column: LayoutColumn
  readonly order: number
}

export type Constant = string | number | boolean

/** A layout in the making: what a person changes while mapping a sample. */
export interface Mapping {
  readonly kind: FeedKind
  readonly headers: readonly string[]
  readonly samples: readonly (readonly string[])[]
  readonly uses: readonly Use[]
  /** Columns of the layout being changed that the sample does not have. */
  readonly kept: readonly Kept[]
  /** Values every row gets where the file has no column for them. */
  readonly constants: Readonly<Record<string, Constant>>
  readonly carrier: Pick<MappingDraft, 'format' | 'encoding'>
  /** The layout being changed. */
  readonly base?: Layout
  readonly nextId: number
}

const nameIn = (reference: string): string => {
  const last = reference.slice(reference.indexOf('/') + 1)
  return headerKey(/^(.*)#\d$/u.exec(last)?.[1] ?? last)
}

const readingOf = ({ header: _, field: __, ...reading }: LayoutColumn): Reading => reading

/** Starts from what the server proposes, or from the layout to be changed as far as the sample has its columns. */
export const startMapping = (kind: FeedKind, draft: MappingDraft, base?: Layout): Mapping => {
  const uses: Use[] = []
  const kept: Kept[] = []
  const add = (use: Omit<Use, 'id'>) => uses.push({ ...use, id: uses.length })
  const old = base?.columns ?? []
  for (const [order, column] of old.entries()) {
    const names = headerNamesOf(column)
    const place = draft.headers.findIndex((header) =>
      names.some((name) => nameIn(name) === headerKey(header)),
    )
    if (place < 0) kept.push({ column, order })
    else add({ place, field: column.field, names, reading: readingOf(column), order })
  }
  const known = new Set([...uses.map(({ field }) => field), ...kept.map(({ column }) => column.field)])
  draft.columns.forEach(({ field, column }, place) => {
    if (!field || known.has(field) || uses.some((use) => use.place === place)) return
    known.add(field)
    const reading = column ? readingOf(column as LayoutColumn) : {}
    add({ place, field, names: [], reading, order: old.length + place })
  })
  return {
    kind,
    headers: draft.headers,
    samples: draft.samples,
    uses,
    kept,
    constants: base?.constants ?? {},
    carrier: { format: draft.format, encoding: draft.encoding },
    base,
    nextId: uses.length,
  }
}

/** Takes a further field from a column. */
export const addUse = (mapping: Mapping, place: number, field: string): Mapping => ({
  ...mapping,
  uses: [
    ...mapping.uses,
    {
      id: mapping.nextId,
      place,
      field,
      names: [],
      reading: {},
      order: (mapping.base?.columns.length ?? 0) + place,
    },
  ],
  constants: without(mapping.constants, field),
  nextId: mapping.nextId + 1,
})

/** Takes another field from the column, read the ordinary way; undefined takes none. */
export const changeField = (mapping: Mapping, id: number, field: string | undefined): Mapping => {
  if (field === undefined) return { ...mapping, uses: mapping.uses.filter((use) => use.id !== id) }
  return {
    ...mapping,
    uses: mapping.uses.map((use) => (use.id === id ? { ...use, field, reading: {} } : use)),
    constants: without(mapping.constants, field),
  }
}

/** Changes how a column is read; what is undefined goes back to the ordinary way. */
export const changeReading = (mapping: Mapping, id: number, changes: Partial<Reading>): Mapping => ({
  ...mapping,
  uses: mapping.uses.map((use) =>
    use.id === id ? { ...use, reading: definedOf({ ...use.reading, ...changes }) } : use,
  ),
})

/** Gives a field the same value in every row; undefined takes that back. */
export const changeConstant = (mapping: Mapping, field: string, value: Constant | undefined): Mapping => ({
  ...mapping,
  constants:
    value === undefined ? without(mapping.constants, field) : { ...mapping.constants, [field]: value },
})

/** Gives meanings to texts the layout did not know: codes, or yes and no for a flag. */
export const learnCodes = (
  mapping: Mapping,
  column: string,
  meanings: Readonly<Record<string, string>>,
): Mapping => ({
  ...mapping,
  uses: mapping.uses.map((use) => {
    if (nameIn(mapping.headers[use.place] ?? '') !== nameIn(column)) return use
    const type = fieldOf(mapping.kind, use.field)?.type
    if (type === 'code')
      return { ...use, reading: { ...use.reading, codes: { ...use.reading.codes, ...meanings } } }
    return type === 'flag' ? { ...use, reading: learnWords(use.reading, meanings) } : use
  }),
})

const learnWords = (reading: Reading, meanings: Readonly<Record<string, string>>): Reading => {
  const wordsOf = (meaning: string) =>
    Object.entries(meanings).flatMap(([text, is]) => (is === meaning ? [text] : []))
  return {
    ...reading,
    yes: [...(reading.yes ?? []), ...wordsOf('yes')],
    no: [...(reading.no ?? []), ...wordsOf('no')],
  }
}

export const fieldOf = (kind: FeedKind, field: string): FieldDefinition | undefined =>
  feedDefinition(kind).fields[field]

/** Fields that get a value from a column, a constant, or a part of the layout this page does not show. */
const filledIn = (mapping: Mapping): ReadonlySet<string> => {
  const { base } = mapping
  return new Set([
    ...mapping.uses.map(({ field }) => field),
    ...mapping.kept.map(({ column }) => column.field),
    ...Object.keys(mapping.constants),
    ...(base?.transforms.flatMap(filledBy) ?? []),
    ...(base?.unpivot.flatMap((arm) => [
      ...arm.columns.map(({ field }) => field),
      ...Object.keys(arm.constants),
    ]) ?? []),
  ])
}

/** Required fields nothing fills yet, in the order of the kind. */
export const missingIn = (mapping: Mapping): string[] => {
  const filled = filledIn(mapping)
  return Object.entries(feedDefinition(mapping.kind).fields).flatMap(([id, { required }]) =>
    required && !filled.has(id) ? [id] : [],
  )
}

/** Whether the file says whom a row is about; without number and name every row would be rejected. */
export const namesPeople = (mapping: Mapping): boolean => {
  const filled = filledIn(mapping)
  return filled.has('number') || filled.has('name')
}

/** Required fields that may hold one value for all rows of a file: never what tells people or days apart. */
export const mayBeConstant = (type: FieldType): boolean =>
  type === 'code' || type === 'flag' || type === 'count' || type === 'text'

/** The name of a column as a layout writes it: the second of two equal names is `name#2`. */
const referenceTo = (headers: readonly string[], place: number): string => {
  const name = headers[place] ?? ''
  const nth = headers.slice(0, place + 1).filter((other) => headerKey(other) === headerKey(name)).length
  return nth === 1 ? name : `${name}#${nth}`
}

const columnOf = (mapping: Mapping, { place, field, names, reading }: Use): LayoutColumn => {
  const reference = referenceTo(mapping.headers, place)
  const header = names.length > 1 ? [...names] : (names[0] ?? reference)
  return { header, field, ...reading }
}

export interface Naming {
  readonly id: string
  readonly title: { readonly zh: string; readonly en: string }
}

/** The layout that was made, as data; `parseLayout` and the server check it. */
export const definitionOf = (mapping: Mapping, { id, title }: Naming): Record<string, unknown> => {
  const { kind, headers, kept, uses, constants, carrier, base } = mapping
  assert(!base || base.kind === kind, 'a layout keeps its kind')
  const columns = [...uses.map((use) => ({ column: columnOf(mapping, use), order: use.order })), ...kept]
  return {
    ...base,
    id,
    sender: base?.sender ?? feedDefinition(kind).sender,
    kind,
    title,
    carrier: base?.carrier ?? carrier,
    headers: headers.filter((name) => name !== ''),
    columns: columns.sort((a, b) => a.order - b.order).map(({ column }) => column),
    constants,
  }
}

const without = (
  constants: Readonly<Record<string, Constant>>,
  field: string,
): Readonly<Record<string, Constant>> =>
  Object.fromEntries(Object.entries(constants).filter(([id]) => id !== field))

const definedOf = (reading: Partial<Reading>): Reading =>
  Object.fromEntries(Object.entries(reading).filter(([, value]) => value !== undefined)) as Reading
