import type { Instant } from '#base'
import type { Tx } from '#store/server'
import type { ReleasedVersion } from '../packs/released-version.ts'

/** A proposed version with what became of it. */
export type VersionRow = NonNullable<Awaited<ReturnType<typeof findVersionProposal>>>

const proposals = (tx: Tx) =>
  tx
    .selectFrom('indicator_proposals as p')
    .innerJoin('accounts as a', 'a.id', 'p.proposed_by')
    .leftJoin('indicator_decisions as d', 'd.proposal_id', 'p.id')
    .leftJoin('accounts as b', 'b.id', 'd.decided_by')
    .leftJoin('regions as r', 'r.code', 'p.region')
    .selectAll('p')
    .select([
      'a.display_name as proposer',
      'b.display_name as decider',
      'd.outcome',
      'd.decided_by',
      'd.decided_at',
      'd.reason',
      'r.name as place',
    ])

/** One proposed version by its id. */
export const findVersionProposal = (tx: Tx, id: string) =>
  proposals(tx).where('p.id', '=', id).executeTakeFirst()

interface ProposalFilter {
  readonly state?: 'open' | 'decided' | undefined
  readonly cursor?: number | undefined
}

/** A page of proposed versions, the newest first, and one more where there are more. */
export const listVersionProposals = (tx: Tx, { state, cursor }: ProposalFilter, limit: number) =>
  proposals(tx)
    .$if(state === 'open', (query) => query.where('d.outcome', 'is', null))
    .$if(state === 'decided', (query) => query.where('d.outcome', 'is not', null))
    .$if(cursor !== undefined, (query) => query.where('p.number', '<', cursor ?? 0))
    .orderBy('p.number', 'desc')
    .limit(limit + 1)
    .execute()

/** How many versions of each indicator wait for a second person. */
export const countOpenVersions = async (tx: Tx): Promise<ReadonlyMap<string, number>> => {
  const rows = await tx
    .selectFrom('indicator_proposals as p')
    .leftJoin('indicator_decisions as d', 'd.proposal_id', 'p.id')
    .where('d.outcome', 'is', null)
    .groupBy('p.indicator')
    .select((select) => ['p.indicator', select.fn.countAll<number>().as('count')])
    .execute()
  return new Map(rows.map(({ indicator, count }) => [indicator, Number(count)]))
}

interface Proposed {
  readonly version: ReleasedVersion
  readonly basedOn: string
  readonly region: string
  readonly note: string | null
  readonly by: string
  readonly at: Instant
}

/** Writes a proposed version; gives its number. */
export const insertVersionProposal = async (
  tx: Tx,
  { version, basedOn, region, note, by, at }: Proposed,
): Promise<number> => {
  const { id, indicator, entry, cases, document, newDocument } = version
  const { number } = await tx
    .insertInto('indicator_proposals')
    .values({
      ...{ id, indicator, based_on: basedOn, region, document, note },
      entry: JSON.stringify(entry),
      cases: JSON.stringify(cases),
      effective_from: entry.effective.from,
      effective_until: entry.effective.until ?? null,
      new_document: newDocument ? JSON.stringify(newDocument) : null,
      proposed_by: by,
      proposed_at: at,
    })
    .returning('number')
    .executeTakeFirstOrThrow()
  return number
}
