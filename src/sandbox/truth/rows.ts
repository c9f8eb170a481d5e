/** Whose every row is, or why it must be rejected. */
import type { FeedKind, RejectReason } from '#exchange'
import type { World } from '../world/make-world.ts'
import type { DefectKind, WorldRow } from '../world/rows.ts'

export type RowTruth =
  /** The number is in the registry. */
  | { readonly outcome: 'member'; readonly person: string }
  /** A good number that the registry does not have. */
  | { readonly outcome: 'outsider'; readonly number: string }
  /** No number; name, birth date and township fit one member and nobody else. */
  | { readonly outcome: 'scored'; readonly person: string }
  /** No number; several members fit, so only an official may decide. */
  | { readonly outcome: 'adjudicate'; readonly candidates: readonly string[] }
  /** No number and nobody in the registry fits. */
  | { readonly outcome: 'nobody' }
  /** Accepted, but it says nothing of its kind. */
  | { readonly outcome: 'no-record' }
  /** The row is rejected for this field's cell; the field is '' where the row as a whole is meant. */
  | { readonly outcome: 'rejected'; readonly field: string; readonly reason: RejectReason }

const reasons: Readonly<Record<DefectKind, RejectReason>> = {
  'number-mistyped': 'number-checksum',
  'number-masked': 'number-masked',
  'number-scientific': 'number-scientific',
  'number-short': 'number-length',
  'number-letters': 'number-characters',
  'number-of-no-day': 'number-date',
  'date-impossible': 'date-unreadable',
  'date-words': 'date-unreadable',
  'month-words': 'month-unreadable',
  'amount-words': 'money-unreadable',
  'code-unlisted': 'code-unknown',
  'flag-unclear': 'flag-unknown',
  'required-missing': 'required-missing',
  'row-repeated': 'duplicate-row',
}

/** Tells the truth about single rows of a world. */
export const rowTeller = (world: World): ((row: WorldRow) => RowTruth) => {
  const members = new Map(world.registry.persons.map((p) => [p.key, p]))
  const alike = new Map<string, string[]>()
  const likeness = (p: { name: string; birthDate: string; place: { township: string } }): string =>
    `${p.name}|${p.birthDate}|${p.place.township}`
  for (const p of world.registry.persons) {
    const id = likeness(p)
    alike.set(id, [...(alike.get(id) ?? []), p.key])
  }
  return (row) => {
    if (row.defect) return { outcome: 'rejected', field: row.defect.field, reason: reasons[row.defect.how] }
    if (row.silent) return { outcome: 'no-record' }
    const member = members.get(row.about)
    if (row.identified === 'number') {
      if (member) return { outcome: 'member', person: member.key }
      return { outcome: 'outsider', number: (row.values as { readonly number?: string }).number ?? '' }
    }
    if (!member) return { outcome: 'nobody' }
    const candidates = alike.get(likeness(member)) ?? []
    return candidates.length > 1
      ? { outcome: 'adjudicate', candidates }
      : { outcome: 'scored', person: member.key }
  }
}

/** The truth about all rows of one kind, in the order of the rows. */
export const rowTruthsOf = (world: World, kind: FeedKind): RowTruth[] => {
  const tell = rowTeller(world)
  return (world.feeds[kind] as readonly WorldRow[]).map(tell)
}
