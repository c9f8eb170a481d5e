import type { Engine } from '#lake/server'
import { matchedTable, quoteName } from '#lake/server'
import type { Firing } from './evaluate.server.ts'
import type { EvidenceRow } from './evidence.ts'

/** What is kept of a file beside its rows. */
export type FeedTitles = ReadonlyMap<string, Pick<EvidenceRow, 'fileName' | 'period' | 'receivedAt'>>

const mostRows = 12

interface Found {
  readonly subject: string
  readonly member: string | null
  readonly feed_id: string
  readonly row_no: number
}

const findRows = (
  engine: Engine,
  kind: string,
  subjectKind: 'household' | 'lead',
  ids: readonly string[],
): Promise<Found[]> => {
  const column = quoteName(`${subjectKind}_id`)
  const list = ids.map((id) => `'${id}'`).join(', ')
  return engine.rows<Found>(
    `select cast(${column} as varchar) as subject, cast(person_id as varchar) as member, feed_id, row_no
     from ${matchedTable(kind)} where cast(${column} as varchar) in (${list}) order by feed_order desc, row_no`,
  )
}

/**
 * The department rows behind each firing, newest file first, at most a dozen each: rows of the kinds that the rule
 * names, of the members that decide where the rule speaks of members.
 */
export const collectEvidence = async (
  engine: Engine,
  firings: readonly Firing[],
  titles: FeedTitles,
): Promise<Map<Firing, EvidenceRow[]>> => {
  const evidence = new Map<Firing, EvidenceRow[]>(firings.map((firing) => [firing, []]))
  const kinds = new Set(firings.flatMap(({ rule }) => rule.feeds))
  for (const kind of kinds) {
    for (const subjectKind of ['household', 'lead'] as const) {
      const wanted = firings.filter(
        (firing) => firing.subjectKind === subjectKind && firing.rule.feeds.includes(kind),
      )
      if (!wanted.length) continue
      const bySubject = new Map<string, Found[]>()
      for (const row of await findRows(engine, kind, subjectKind, [
        ...new Set(wanted.map(({ subjectId }) => subjectId)),
      ])) {
        bySubject.set(row.subject, [...(bySubject.get(row.subject) ?? []), row])
      }
      for (const firing of wanted)
        addRows(
          { into: evidence.get(firing) ?? [], kind, titles },
          firing,
          bySubject.get(firing.subjectId) ?? [],
        )
    }
  }
  return evidence
}

interface Target {
  readonly into: EvidenceRow[]
  readonly kind: string
  readonly titles: FeedTitles
}

const addRows = ({ into, kind, titles }: Target, { explanation }: Firing, rows: readonly Found[]): void => {
  const { members } = explanation
  const own = members.length ? rows.filter(({ member }) => member !== null && members.includes(member)) : rows
  for (const { feed_id, row_no, member } of (own.length ? own : rows).slice(0, mostRows - into.length)) {
    const title = titles.get(feed_id)
    if (title) into.push({ kind, feedId: feed_id, row: row_no, memberId: member, ...title })
  }
}
