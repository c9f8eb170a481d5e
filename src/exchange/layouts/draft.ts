import type { FieldType } from '../feeds/types.ts'
import { type FeedKind, feedDefinition } from '../feeds.ts'
import { headerKey } from './header-match.ts'
import { columnsOf, headerNamesOf, type Layout, type LayoutColumn } from './layout.ts'

export type DraftColumn = {
  readonly header: string
  /** The field proposed; missing where nothing fits or the field went to a better column. */
  readonly field?: string
  /** How sure: the header is known from a layout, is the field's own name, or merely resembles it. */
  readonly because?: 'known-header' | 'field-name' | 'resembles'
  /** Everything the known layout says about the column (codes, rule), to start from. */
  readonly column?: LayoutColumn
}

export type DraftLayout = {
  readonly kind: FeedKind
  readonly columns: readonly DraftColumn[]
  /** Required fields (and the person's number) that no column was proposed for. */
  readonly missing: readonly string[]
}

/** A proposal for mapping a new sender's header row to a kind: a starting point for a person, never used unseen. */
export const draftLayout = (
  headers: readonly string[],
  kind: FeedKind,
  layouts: readonly Layout[],
): DraftLayout => {
  const candidates = headers.flatMap((header, place) => proposals(header, place, kind, layouts))
  candidates.sort((a, b) => b.weight - a.weight)
  const chosen = new Map<number, Candidate>()
  const taken = new Set<string>()
  for (const candidate of candidates) {
    if (chosen.has(candidate.place) || taken.has(candidate.field)) continue
    chosen.set(candidate.place, candidate)
    taken.add(candidate.field)
  }
  const { fields } = feedDefinition(kind)
  return {
    kind,
    columns: headers.map((header, place) => {
      const found = chosen.get(place)
      return found ? { header, field: found.field, because: found.because, column: found.column } : { header }
    }),
    missing: Object.entries(fields)
      .filter(([id, field]) => (field.required || id === 'number') && !taken.has(id))
      .map(([id]) => id),
  }
}

type Candidate = {
  readonly place: number
  readonly field: string
  readonly because: NonNullable<DraftColumn['because']>
  readonly weight: number
  readonly column?: LayoutColumn
}

const proposals = (
  header: string,
  place: number,
  kind: FeedKind,
  layouts: readonly Layout[],
): Candidate[] => {
  const key = headerKey(header)
  if (key === '') return []
  const { fields } = feedDefinition(kind)
  const found: Candidate[] = []
  for (const layout of layouts) {
    for (const column of columnsOf(layout)) {
      if (!fields[column.field] || !headerNamesOf(column).some((name) => headerKey(name) === key)) continue
      // The same header means the same thing in a layout of the kind; elsewhere only what it says of the person.
      const weight = layout.kind === kind ? 100 : personal.has(column.field) ? 60 : 0
      if (weight > 0) found.push({ place, field: column.field, because: 'known-header', weight, column })
    }
  }
  for (const [field, { zh, type }] of Object.entries(fields)) {
    const name = headerKey(zh)
    if (name === key) found.push({ place, field, because: 'field-name', weight: 90 })
    else if (resembles(key, name, type)) found.push({ place, field, because: 'resembles', weight: 20 })
  }
  return found
}

const personal = new Set(['number', 'name', 'birthDate', 'countyName', 'townshipName', 'villageName'])

const wordsOfType: Readonly<Partial<Record<FieldType, RegExp>>> = {
  number: /身份证|证件号|公民身份|身份号|社会保障号/u,
  name: /姓名|名字/u,
  date: /日期|时间/u,
  month: /年月|月份|所属期|时间/u,
  fen: /金额|余额|费用|支付|工资|基数|收入/u,
}

/** Half of the field's own characters in the header, and a word that goes with its type. */
const resembles = (key: string, name: string, type: FieldType): boolean => {
  const words = wordsOfType[type]
  if (words && !words.test(key)) return false
  if (type === 'number') return true
  const letters = [...new Set(name)]
  const shared = letters.filter((letter) => key.includes(letter)).length
  return shared >= 2 && shared * 2 >= letters.length
}
