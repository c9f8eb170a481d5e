/** A small good file of one kind, laid open so that it can be damaged in one place and expected to survive elsewhere. */
import { assert } from '#base'
import type { ExchangeRefusalCode, FeedKind, Layout, QuarantineCode, RejectReason } from '#exchange'
import type { FileMaker, FileSheet } from '../files/build-file.server.ts'
import type { Written } from '../files/cell-text.ts'
import { placedColumns } from '../files/places-in-layout.ts'
import { periodOf } from '../files/write-feed-files.server.ts'
import type { World } from '../world/make-world.ts'
import type { ValuesOf, WorldRow } from '../world/rows.ts'

/** What must become of a broken file. */
export type Expectation =
  | {
      readonly outcome: 'read'
      readonly accepted: number
      readonly rejected: Readonly<Partial<Record<RejectReason, number>>>
      /** Why the whole file must wait for a person, where it must. */
      readonly quarantine?: QuarantineCode
    }
  | { readonly outcome: 'refused'; readonly code: ExchangeRefusalCode }

export interface Broken {
  readonly bytes: Buffer
  /** Without it, the good file's. */
  readonly extension?: string
  readonly expect: Expectation
}

export type Cells = (Written | undefined)[]

export interface Sample {
  readonly kind: FeedKind
  readonly layout: Layout
  readonly isWorkbook: boolean
  readonly extension: string
  /** A copy of all rows: title, header, data, footer. */
  readonly grid: () => Cells[]
  /** Place of the (last) header row in the grid. */
  readonly header: number
  /** Place of the first data row, and how many there are. */
  readonly first: number
  readonly count: number
  /** Canonical values of the data rows. */
  readonly values: readonly Readonly<Record<string, unknown>>[]
  readonly placeOf: (field: string) => number
  readonly write: (grid: readonly Cells[]) => Buffer
  /** Several sheets of a workbook. */
  readonly writeSheets: (
    sheets: readonly { readonly name: string; readonly grid: readonly Cells[] }[],
  ) => Buffer
}

const rowsOfSample = 60

/** The months of the pensions sample and the direction of the moves sample are one, so that each file has one sheet. */
const fits = (world: World, kind: FeedKind, row: WorldRow): boolean => {
  if (row.defect || row.silent || row.identified !== 'number') return false
  if (kind === 'pensions') return (row.values as ValuesOf<'pensions'>).period === periodOf(world)
  if (kind === 'moves') return (row.values as ValuesOf<'moves'>).direction === 'in'
  if (kind === 'disability') return (row.values as ValuesOf<'disability'>).grade !== undefined
  return true
}

const isNew = (seen: Set<unknown>, value: unknown): boolean => seen.size < seen.add(value).size

export const sampleOf = (world: World, maker: FileMaker, kind: FeedKind, size = rowsOfSample): Sample => {
  const all: readonly WorldRow[] = world.feeds[kind]
  const units = new Set<unknown>()
  const rows = all
    .filter((row) => fits(world, kind, row))
    // Co-owners would share a row: one of them is enough.
    .filter((row) => kind !== 'real-estate' || isNew(units, (row.values as ValuesOf<'real-estate'>).unitKey))
    .slice(0, size)
  const file = maker.build(kind, rows, periodOf(world), '', true)
  const sheet = file.sheets[0] as FileSheet
  assert(file.sheets.length === 1, `the sample of ${kind} has several sheets`)
  const { layout, table, name } = sheet
  const first = (file.lines[0]?.line ?? 1) - 1
  const dataLines = new Set(file.lines.map((l) => l.line - 1))
  const columns = placedColumns(layout)
  const write = (sheets: readonly FileSheet[]): Buffer => maker.serialise(sheets)
  const sheetOf = (ofName: string, grid: readonly Cells[]): FileSheet => ({
    name: ofName,
    layout,
    table: { grid, merges: [], lines: [] },
  })
  return {
    kind,
    layout,
    isWorkbook: layout.carrier.format === 'xlsx',
    extension: file.fileName.slice(file.fileName.lastIndexOf('.') + 1),
    grid: () => table.grid.map((cells) => [...cells]),
    header: first - 1,
    first,
    count: dataLines.size,
    values: file.lines.map(
      (l) => (rows[l.rows[0] as number] as WorldRow).values as unknown as Record<string, unknown>,
    ),
    placeOf: (field) => {
      const found = columns.filter((c) => c.column.field === field)
      const place = (kind === 'payroll' ? found.at(-1) : found[0])?.place
      assert(place !== undefined, `${layout.id} has no column for ${field}`)
      return place
    },
    write: (grid) => write([sheetOf(name, grid)]),
    writeSheets: (sheets) => write(sheets.map((s) => sheetOf(s.name, s.grid))),
  }
}

/** `count` data rows spread over the sample, none twice. */
export const spread = (sample: Sample, count: number): number[] =>
  Array.from({ length: count }, (_, i) => sample.first + ((3 + i * 7) % sample.count))

/** Everything is read, but for the rows rejected for one reason. */
export const allBut = (
  sample: Sample,
  reason?: RejectReason,
  rejected = 0,
): Extract<Expectation, { outcome: 'read' }> => ({
  outcome: 'read',
  accepted: sample.count - rejected,
  rejected: reason && rejected > 0 ? { [reason]: rejected } : {},
})
