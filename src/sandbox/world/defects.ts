/** Chooses which rows the senders spoil, and how; a spoiled row is rejected, so no fact may rest on it. */
import { type FeedKind, feedDefinition } from '#exchange'
import type { Random } from './random.ts'
import type { Defect, DefectKind, WorldRow } from './rows.ts'

/** What a sender's file cannot spoil: the cell has a default, several columns, or any word will do. */
const impossible: ReadonlySet<string> = new Set([
  'marriages.number',
  'real-estate.use',
  'business.kind',
  'business.state',
  'moves.direction',
  'hospital-bills.refund',
  'insurance-payments.employer',
  'disasters.damage',
  'real-estate.row-repeated',
  'insurance-payments.amountFen.required-missing',
  'pensions.amountFen.required-missing',
  'hospital-bills.fundFen.required-missing',
  'hospital-bills.ownCashFen.required-missing',
  'disasters.paidFen.required-missing',
  'unemployment.registeredOn.date-impossible',
])

/** In a thousand rows; every kind gets at least one bad row where it has a hundred. */
const spoiledPermille = 7

const byType: Readonly<Record<string, readonly DefectKind[]>> = {
  number: [
    'number-mistyped',
    'number-mistyped',
    'number-masked',
    'number-scientific',
    'number-short',
    'number-letters',
    'number-of-no-day',
  ],
  date: ['date-impossible', 'date-words', 'required-missing'],
  month: ['month-words', 'required-missing'],
  fen: ['amount-words', 'required-missing'],
  code: ['code-unlisted'],
  flag: ['flag-unclear'],
}

/** Fields of a kind that a row cannot do without, with the ways to spoil them. */
const spoilable = (kind: FeedKind): readonly (readonly [string, readonly DefectKind[]])[] =>
  Object.entries(feedDefinition(kind).fields).flatMap(([id, field]) => {
    if ((id !== 'number' && !field.required) || field.open || impossible.has(`${kind}.${id}`)) return []
    const ways = (byType[field.type] ?? []).filter((how) => !impossible.has(`${kind}.${id}.${how}`))
    return ways.length > 0 ? [[id, ways] as const] : []
  })

export const spoil = <K extends FeedKind>(
  kind: K,
  rows: readonly WorldRow<K>[],
  random: Random,
): WorldRow<K>[] => {
  const fields = spoilable(kind)
  const repeats = !impossible.has(`${kind}.row-repeated`)
  const least = rows.length >= 100 ? random.int(rows.length) : -1
  return rows.flatMap((row, i) => {
    if (row.identified !== 'number' || row.silent) return [row]
    if (repeats && random.int(1200) === 0)
      return [row, { ...row, defect: { field: '', how: 'row-repeated' } }]
    if (!random.chance(spoiledPermille) && i !== least) return [row]
    const [field, ways] = random.chance(600) ? (fields[0] as (typeof fields)[number]) : random.pick(fields)
    const defect: Defect = { field, how: random.pick(ways) }
    return [{ ...row, defect }]
  })
}
