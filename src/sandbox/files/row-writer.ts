/** Turns a row of the world into the cells of one sender's layout. */
import { assert } from '#base'
import {
  type FeedKind,
  type FieldDefinition,
  feedDefinition,
  type Layout,
  type LayoutColumn,
} from '#exchange'
import type { Random } from '../world/random.ts'
import type { WorldRow } from '../world/rows.ts'
import type { Person } from '../world/types.ts'
import {
  amountText,
  areaText,
  codeText,
  dateText,
  flagText,
  monthText,
  nameText,
  numberText,
  type Written,
} from './cell-text.ts'
import { fillers } from './fillers.ts'
import type { Look } from './looks.ts'
import { placedColumns, placeOfHeader } from './places-in-layout.ts'
import { spoiledText } from './spoiled-text.ts'

/** One row on its way into a file. */
export interface RowContext {
  readonly index: number
  readonly person: Person
  readonly second?: Person
  readonly row: WorldRow
  /** A co-owner written into the same row. */
  readonly partner?: WorldRow
  readonly random: Random
}

export interface RowWriter {
  readonly headers: readonly string[]
  readonly write: (c: RowContext) => Written[]
  /** The header whose cell is reported when this field is spoiled. */
  readonly headerOf: (field: string) => string
}

type Values = Readonly<Record<string, unknown>>
type CellWriter = (c: RowContext, values: Values) => Written

interface Sender {
  readonly kind: FeedKind
  readonly layout: Layout
  readonly look: Look
  readonly today: string
}

export const rowWriter = (kind: FeedKind, layout: Layout, look: Look, today: string): RowWriter => {
  const sender = { kind, layout, look, today }
  const added = (look.more ?? []).filter((h) => !layout.headers.includes(h))
  const whole: Layout = { ...layout, headers: [...layout.headers, ...added] }
  const columns = placedColumns(whole)
  const writers = whole.headers.map((header, place) =>
    cellWriter({ ...sender, layout: whole }, header, place, columns),
  )
  const silence = layout.noRecord[0]
  const silentPlace = silence ? placeOfHeader(whole, silence.header) : undefined
  const spoiledPlaces = new Map<string, number>()
  // Where a field has several columns the last word is the plainest one (a code beside a rank).
  for (const { column, place } of columns) {
    if (!spoiledPlaces.has(column.field) || kind === 'payroll') spoiledPlaces.set(column.field, place)
  }
  const placeOf = (field: string): number => {
    const place = spoiledPlaces.get(field)
    assert(place !== undefined, `${layout.id} cannot spoil ${field}`)
    return place
  }
  return {
    headers: whole.headers,
    headerOf: (field) => (field === '' ? '' : (whole.headers[placeOf(field)] as string)),
    write: (c) => {
      const values = c.row.values as unknown as Values
      const cells = writers.map((write) => write(c, values))
      const { defect } = c.row
      if (defect && defect.field !== '') {
        cells[placeOf(defect.field)] = spoiledText(defect.how, String(values[defect.field] ?? ''), c.random)
      }
      if (c.row.silent && silence && silentPlace !== undefined)
        cells[silentPlace] = c.random.pick(silence.values)
      return cells
    },
  }
}

type Placed = ReturnType<typeof placedColumns>

const cellWriter = (sender: Sender, header: string, place: number, columns: Placed): CellWriter => {
  const here = columns.filter((c) => c.place === place).map((c) => c.column)
  const filler: CellWriter = (c, values) => fillers[header]?.({ ...c, values, today: sender.today }) ?? ''
  const byTransform = transformWriter(sender.layout, header)
  if (byTransform) return byTransform
  const [column] = here
  if (!column) return filler
  if (here.some((c) => c.rule === 'certificate')) return certificateWriter(sender)
  if (column.rule === 'address') return addressWriter(here)
  if (column.part === 'from') return rangeWriter(here, sender.look)
  if (sender.kind === 'payroll' && column.field === 'class') return payrollClassWriter(column, filler)
  // A further column for a field only steps in where the first says nothing.
  const first = columns.find((c) => c.column.field === column.field && c.column.rule !== 'certificate')
  return first?.column === column ? fieldWriter(sender, column) : filler
}

const fieldWriter = (sender: Sender, column: LayoutColumn): CellWriter => {
  const field = feedDefinition(sender.kind).fields[column.field] as FieldDefinition
  const { look, layout } = sender
  const amount = (fen: number): Written => {
    const unit = column.unit ?? (layout.carrier.unitRow?.includes('万元') ? 'wan' : layout.unit)
    const text = amountText(fen, unit, look.amount)
    return look.numericAmounts ? { number: text } : text
  }
  const text = (value: unknown, c: RowContext): Written => {
    if (value === undefined) return ''
    switch (field.type) {
      case 'number':
        return numberText(value as string, look.numbers, c.random)
      case 'name':
        return nameText(value as string, c.random)
      case 'date':
        return dateText(value as string, look.date)
      case 'month':
        return monthText(value as string, look.month)
      case 'fen':
        return amount(value as number)
      case 'code':
        return value === column.default ? '' : codeText(value as string, column, field)
      case 'flag':
        return flagCell(value as boolean, column, c.random)
      default:
        return column.rule === 'area' ? areaText(value as number) : String(value)
    }
  }
  if (column.list === undefined) return (c, values) => text(values[column.field], c)
  return (c, values) => {
    const own = text(values[column.field], c)
    const partner = c.partner?.values as Values | undefined
    return partner ? `${own},${String(text(partner[column.field], c))}` : own
  }
}

/** Words instead of yes and no: an empty cell where the sender means no, a name where only names are written. */
const flagCell = (flag: boolean, column: LayoutColumn, random: Random): string => {
  if (column.yes?.length === 0)
    return flag ? `某${random.pick(['建筑', '农业', '商贸'])}有限公司` : (column.no?.[0] ?? '')
  if (!flag && column.otherwise === 'no') return ''
  if (!flag && column.default === false && random.chance(300)) return ''
  return flagText(flag, column)
}

/** The certificate number says person, class and grade; people without one stand there with their own number. */
const certificateWriter = (sender: Sender): CellWriter => {
  return (c, values) => {
    const number = values.number as string | undefined
    if (number === undefined) return ''
    const held = c.person.disability
    const [ofClass, grade] =
      sender.kind === 'disability' ? [values.class, values.grade] : [held?.class, held?.grade]
    if (ofClass === undefined || grade === undefined) return numberText(number, sender.look.numbers, c.random)
    return `${number}${String(ofClass)}${String(grade)}${c.random.chance(60) ? 'B1' : ''}`
  }
}

const addressWriter =
  (columns: readonly LayoutColumn[]): CellWriter =>
  ({ person, random }) => {
    if (columns.length === 1 && columns[0]?.part === 'village') return person.place.villageName
    const { countyName, townshipName, villageName } = person.place
    return `${countyName}${townshipName}${villageName}${random.chance(300) ? `${random.between(1, 120)}号` : ''}`
  }

const rangeWriter =
  (columns: readonly LayoutColumn[], look: Look): CellWriter =>
  (_, values) => {
    const [from, until] = columns.map((column) => values[column.field] as string | undefined)
    return from && until ? `${monthText(from, look.month)}-${monthText(until, look.month)}` : ''
  }

/** Posts for people in need and village allowances are told by the post alone. */
const payrollClassWriter = (column: LayoutColumn, filler: CellWriter): CellWriter => {
  const byPost = Object.values(column.codes ?? {}).includes('public-post')
  const field = feedDefinition('payroll').fields.class as FieldDefinition
  return (c, values) => {
    const of = values.class as string
    const spoiled = c.row.defect?.field === 'class'
    const special = !spoiled && (of === 'public-post' || of === 'village-allowance')
    if (byPost) return special ? codeText(of, column, field) : filler(c, values)
    return special ? '编外' : codeText(of, column, field)
  }
}

const transformWriter = (layout: Layout, header: string): CellWriter | undefined => {
  for (const transform of layout.transforms) {
    if (transform.use === 'sum' && transform.headers.includes(header)) {
      const place = transform.headers.indexOf(header)
      return (_, values) => {
        const total = values[transform.into] as number | undefined
        if (total === undefined) return ''
        // A fifth each, the first column takes the rest.
        const part = Math.floor(total / 5)
        const fen = place === 0 ? total - part * (transform.headers.length - 1) : part
        return { number: amountText(fen, 'yuan', 'bare') }
      }
    }
    if (transform.use === 'worst-damage') {
      const damage = Object.entries(transform.headers).find(([, h]) => h === header)?.[0]
      if (damage) {
        return (_, values) => (values.damage === damage ? { number: String(values.rooms) } : '')
      }
    }
  }
  return undefined
}
