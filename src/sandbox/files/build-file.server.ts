/** One department file: its bytes, and for every line whose row it is. */
import { assert, csvStart, delimitedLine } from '#base'
import type { FeedKind, Layout } from '#exchange'
import { encodeText, workbook } from '#exchange/server'
import { plusDays } from '../world/days.ts'
import type { World } from '../world/make-world.ts'
import { type Random, randomFrom } from '../world/random.ts'
import type { ValuesOf, WorldRow } from '../world/rows.ts'
import type { Person } from '../world/types.ts'
import type { Written } from './cell-text.ts'
import { type Look, looks } from './looks.ts'
import { type RowWriter, rowWriter } from './row-writer.ts'
import { layOut, type Table, type TableRow } from './table.ts'

/** Where one row of a file came from. */
export interface WrittenLine {
  /** Worksheet; '' in a text file. */
  readonly sheet: string
  /** Line of the text file or row of the worksheet, from 1. */
  readonly line: number
  /** Places in the kind's rows that the line speaks of; two where co-owners share it. */
  readonly rows: readonly number[]
  /** Header of the spoiled cell; '' where the whole row is meant. Absent in good rows. */
  readonly spoiled?: string
}

export interface FeedFile {
  readonly kind: FeedKind
  readonly fileName: string
  readonly layouts: readonly string[]
  readonly bytes: Buffer
  readonly lines: readonly WrittenLine[]
  /** What the bytes were made of, for whoever wants to damage it. */
  readonly sheets: readonly FileSheet[]
}

export interface FileSheet {
  /** '' in a text file. */
  readonly name: string
  readonly layout: Layout
  readonly table: Table
}

/** Turns sheets into bytes by the carrier of their layout. */
export type Serialise = (sheets: readonly FileSheet[]) => Buffer

/** What all files of one world share. */
export interface FileMaker {
  readonly serialise: Serialise
  /**
   * The file of a kind with these rows; `period` is 'YYYY-MM', the name may carry a remark. A plain file keeps the
   * order of the rows and repeats the names of places.
   */
  build(kind: FeedKind, rows: readonly WorldRow[], period: string, remark?: string, plain?: boolean): FeedFile
}

/** `strangers` are people the rows speak of that the world does not hold. */
export const fileMaker = (
  world: World,
  layouts: readonly Layout[],
  strangers: readonly Person[] = [],
): FileMaker => {
  const people = new Map<string, Person>()
  for (const p of [...world.registry.persons, ...world.outsiders, ...strangers]) people.set(p.key, p)
  return {
    serialise,
    build: (kind, rows, period, remark = '', isPlain = false) => {
      const { byPlace, ...plainLook } = looks[kind]
      const look: Look = isPlain || !byPlace ? plainLook : { ...plainLook, byPlace }
      const own = look.layouts.map((id) => layouts.find((l) => l.id === id) ?? fail(id))
      const random = randomFrom(world.input.seed).fork(`file:${kind}:${period}:${remark}`)
      const making: Making = { world, kind, look, rows, people, random, period }
      const made = own.flatMap((layout) => {
        const writer = rowWriter(kind, layout, look, world.input.businessDate)
        const mine = rowsOfLayout(layout, own, rows)
        // A sheet without rows stays away unless the whole file would be empty.
        const parts = sheetParts(kind, layout, look, mine, rows).filter((p) => p.places.length > 0)
        return parts.map((part) => makeSheet(making, layout, writer, part))
      })
      const sheets = made.map((m) => m.sheet)
      const { format } = (own[0] as Layout).carrier
      const extension = format === 'xlsx' ? 'xlsx' : format === 'csv' ? 'csv' : 'txt'
      return {
        kind,
        fileName: `${coveredName(world, kind)}${look.name}_${chinesePeriod(period)}${remark}.${extension}`,
        layouts: look.layouts,
        bytes: serialise(sheets),
        lines: made.flatMap((m) => m.lines),
        sheets,
      }
    },
  }
}

/** A sender that covers one county says so in the file's name; one that covers the whole prefecture does not. */
const coveredName = ({ input, covers, regionNames }: World, kind: FeedKind): string =>
  covers[kind].startsWith(`${input.region}00`) ? '' : (regionNames.get(covers[kind]) ?? '')

const serialise: Serialise = (sheets) => {
  const first = sheets[0]
  assert(first !== undefined, 'a file without sheets')
  const { format, encoding } = first.layout.carrier
  if (format === 'xlsx')
    return workbook(sheets.map(({ name, table }) => ({ name, rows: table.grid, merges: table.merges })))
  const text = delimited(first.table, format)
  return encodeText(encoding === 'utf-8-bom' ? csvStart + text : text, encoding)
}

interface Making {
  readonly world: World
  readonly kind: FeedKind
  readonly look: Look
  readonly rows: readonly WorldRow[]
  readonly people: ReadonlyMap<string, Person>
  readonly random: Random
  readonly period: string
}

const fail = (id: string): never => {
  assert(false, `no layout ${id}`)
  throw new Error(id)
}

/** '2026-05' → '2026年5月'. */
export const chinesePeriod = (period: string): string =>
  `${period.slice(0, 4)}年${String(Number(period.slice(5, 7)))}月`

/** Places of the rows that belong into a layout: the first one whose constants the row agrees with. */
const rowsOfLayout = (layout: Layout, all: readonly Layout[], rows: readonly WorldRow[]): number[] => {
  const fits = (l: Layout, row: WorldRow): boolean =>
    Object.entries(l.constants).every(
      ([field, value]) => (row.values as unknown as Record<string, unknown>)[field] === value,
    )
  return rows.flatMap((row, i) => (all.find((l) => fits(l, row)) === layout ? [i] : []))
}

interface SheetPart {
  readonly name: string
  readonly places: readonly number[]
  readonly period?: string
}

const sheetParts = (
  kind: FeedKind,
  layout: Layout,
  look: Look,
  places: readonly number[],
  rows: readonly WorldRow[],
): SheetPart[] => {
  const sheet = layout.carrier.sheet ?? ''
  if (look.sheetBy !== 'period')
    return [{ name: layout.carrier.format === 'xlsx' ? sheet || 'Sheet1' : '', places }]
  assert(kind === 'pensions', `${kind} has no sheet for each month`)
  const byMonth = new Map<string, number[]>()
  for (const place of places) {
    const { period } = (rows[place] as WorldRow<'pensions'>).values
    byMonth.set(period, [...(byMonth.get(period) ?? []), place])
  }
  return [...byMonth.keys()]
    .sort()
    .map((period) => ({ name: chinesePeriod(period), places: byMonth.get(period) ?? [], period }))
}

const makeSheet = (
  { world, kind, look, rows, people, random, period }: Making,
  layout: Layout,
  writer: RowWriter,
  part: SheetPart,
): { sheet: FileSheet; lines: WrittenLine[] } => {
  const village = (place: number): string => people.get(rows[place]?.about ?? '')?.place.village ?? ''
  const ordered = look.byPlace
    ? [...part.places].sort((a, b) => (village(a) === village(b) ? a - b : village(a) < village(b) ? -1 : 1))
    : part.places
  const together = pairs(kind, ordered, rows)
  const tableRows = together.map((places, index): TableRow => {
    const row = rows[places[0] as number] as WorldRow
    const second = row.second === undefined ? undefined : people.get(row.second)
    const cells = writer.write({
      index: index + 1,
      person: people.get(row.about) as Person,
      ...(second ? { second } : {}),
      row,
      ...(places.length > 1 ? { partner: rows[places[1] as number] as WorldRow } : {}),
      random,
    })
    return { cells, rows: places }
  })
  const covered = world.regionNames.get(world.covers[kind]) ?? ''
  const table = layOut(layout, writer.headers, tableRows, look, {
    county: covered,
    period: chinesePeriod(part.period ?? period),
    asOf: plusDays(`${world.input.businessDate.slice(0, 7)}-01`, -1),
  })
  const lines = together.map((places, i): WrittenLine => {
    const { defect } = rows[places[0] as number] as WorldRow
    return {
      sheet: part.name,
      line: table.lines[i] as number,
      rows: places,
      ...(defect ? { spoiled: writer.headerOf(defect.field) } : {}),
    }
  })
  return { sheet: { name: part.name, layout, table }, lines }
}

/** Co-owners of one unit who follow each other share a row, unless one of the two is spoiled. */
const pairs = (kind: FeedKind, places: readonly number[], rows: readonly WorldRow[]): number[][] => {
  if (kind !== 'real-estate') return places.map((place) => [place])
  const found: number[][] = []
  for (let i = 0; i < places.length; i++) {
    const [place, next] = [places[i] as number, places[i + 1] as number]
    const [row, other] = [rows[place], rows[next]]
    const unit = (r: WorldRow | undefined): unknown =>
      (r?.values as ValuesOf<'real-estate'> | undefined)?.unitKey
    if (row && other && unit(row) === unit(other) && !row.defect && !other.defect) {
      found.push([place, next])
      i += 1
    } else found.push([place])
  }
  return found
}

const separators = { csv: ',', tsv: '\t', pipe: '|' } as const

const delimited = (table: Table, format: 'csv' | 'tsv' | 'pipe'): string => {
  const style = { separator: separators[format], guardFormulas: false } as const
  const lines = table.grid.map((row) => delimitedLine(row.map(plain), style))
  // What Unix programs export ends its lines as they do.
  return format === 'csv' ? lines.join('') : lines.map((line) => `${line.slice(0, -2)}\n`).join('')
}

const plain = (cell: Written | undefined): string => {
  if (cell === undefined) return ''
  if (typeof cell === 'string') return cell
  if ('number' in cell) return cell.number
  return 'serial' in cell ? cell.serial : cell.error
}
