/** The rows that count, by the person they speak of: accepted, and joined by number alone. */
import type { FeedKind } from '#exchange'
import type { World } from '../world/make-world.ts'
import type { ValuesOf, WorldFeeds, WorldRow } from '../world/rows.ts'

export interface Evidence {
  /** All counted rows of a kind about one person. */
  of<K extends FeedKind>(kind: K, person: string): readonly ValuesOf<K>[]
  /** Rows about one person that are rejected for the number alone, of a kind whose files say the birth date: set aside by that. */
  setAside(kind: 'return-poverty', person: string): readonly ValuesOf<'return-poverty'>[]
  /** Moves in under this person as head. */
  movesUnder(person: string): readonly ValuesOf<'moves'>[]
  /** Certificates that a row revokes. */
  readonly revoked: ReadonlySet<string>
  /** Keys of the people any row of the kind is about. */
  peopleOf(kind: FeedKind): Iterable<string>
}

/** True when the row enters the lake joined to its person by the number. */
export const counts = (row: WorldRow): boolean =>
  row.defect === undefined && row.identified === 'number' && !row.silent

type Index = Map<string, object[]>

const put = (index: Index, key: string, values: object): void => {
  const list = index.get(key)
  if (list) list.push(values)
  else index.set(key, [values])
}

export const evidenceOf = (world: World, extra: Partial<WorldFeeds> = {}): Evidence => {
  const indexes = new Map<FeedKind, Index>()
  const heads: Index = new Map()
  const revoked = new Set<string>()
  for (const kind of Object.keys(world.feeds) as FeedKind[]) {
    const index: Index = new Map()
    indexes.set(kind, index)
    const rows: readonly WorldRow[] = [...world.feeds[kind], ...(extra[kind] ?? [])]
    for (const row of rows) {
      if (!counts(row)) continue
      put(index, row.about, row.values)
      if (kind === 'marriages') {
        const values = row.values as ValuesOf<'marriages'>
        if (row.second && values.spouseNumber) put(index, row.second, values)
        if (values.event === 'revoked') revoked.add(values.certificate)
      }
      if (kind === 'moves' && row.second && (row.values as ValuesOf<'moves'>).headNumber) {
        put(heads, row.second, row.values)
      }
    }
  }
  const aside: Index = new Map()
  for (const row of [...world.feeds['return-poverty'], ...(extra['return-poverty'] ?? [])])
    if (row.defect?.field === 'number') put(aside, row.about, row.values)
  return {
    setAside: (_, person) => (aside.get(person) ?? []) as readonly ValuesOf<'return-poverty'>[],
    of: <K extends FeedKind>(kind: K, person: string) =>
      (indexes.get(kind)?.get(person) ?? []) as readonly ValuesOf<K>[],
    movesUnder: (person) => (heads.get(person) ?? []) as readonly ValuesOf<'moves'>[],
    revoked,
    peopleOf: (kind) => (indexes.get(kind) ?? new Map<string, object[]>()).keys(),
  }
}
