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

/** What a firing rests on. */
export interface Evidence {
  /** Rows to show, a dozen of a kind at most, newest file first. */
  readonly rows: EvidenceRow[]
  /** Every file with a row of it, those that are not shown included: when one is taken back, it counts. */
  readonly feedIds: Set<string>
}

/**
 * The department rows behind each firing: rows of the kinds that the rule names, of the members that decide where the
 * rule speaks of members.
 */
export const collectEvidence = async (
  engine: Engine,
  firings: readonly Firing[],
  titles: FeedTitles,
): Promise<Map<Firing, Evidence>> => {
  const evidence = new Map<Firing, Evidence>(
    firings.map((firing) => [firing, { rows: [], feedIds: new Set() }]),
  )
  const kinds = new Set(firings.flatMap(({ rule }) => rule.feeds))
  for (const kind of kinds) {
    for (const subjectKind of ['household', 'lead'] as const) {
      const wanted = firings.filter(
        (firing) => firing.subjectKind === subjectKind && firing.rule.feeds.includes(kind),
      )
      if (!wanted.length) continue
      const ids = [...new Set(wanted.map(({ subjectId }) => subjectId))]
      const bySubject = groupBySubject(await findRows(engine, kind, subjectKind, ids))
      for (const firing of wanted) {
        const into = evidence.get(firing)
        if (into) addRows({ into, kind, titles }, firing, bySubject.get(firing.subjectId) ?? [])
      }
    }
  }
  return evidence
}

const groupBySubject = (rows: readonly Found[]): Map<string, Found[]> => {
  const groups = new Map<string, Found[]>()
  for (const row of rows) {
    const group = groups.get(row.subject)
    if (group) group.push(row)
    else groups.set(row.subject, [row])
  }
  return groups
}

interface Target {
  readonly into: Evidence
  readonly kind: string
  readonly titles: FeedTitles
}

const addRows = ({ into, kind, titles }: Target, { explanation }: Firing, rows: readonly Found[]): void => {
  const { members } = explanation
  const own = members.length ? rows.filter(({ member }) => member !== null && members.includes(member)) : rows
  for (const { feed_id } of own) into.feedIds.add(feed_id)
  for (const { feed_id, row_no, member } of own.slice(0, mostRows)) {
    const title = titles.get(feed_id)
    if (title) into.rows.push({ kind, feedId: feed_id, row: row_no, memberId: member, ...title })
  }
}
