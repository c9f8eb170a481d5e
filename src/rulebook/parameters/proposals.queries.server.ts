import type { Instant } from '#base'
import type { Tx } from '#store/server'
import type { ReleasedValue } from '../packs/released-value.ts'

/** A proposal with what became of it. */
export type ProposalRow = NonNullable<Awaited<ReturnType<typeof findProposal>>>

const proposals = (tx: Tx) =>
  tx
    .selectFrom('parameter_proposals as p')
    .innerJoin('accounts as a', 'a.id', 'p.proposed_by')
    .leftJoin('parameter_decisions as d', 'd.proposal_id', 'p.id')
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

/** One proposal by its id. */
export const findProposal = (tx: Tx, id: string) => proposals(tx).where('p.id', '=', id).executeTakeFirst()

export interface ProposalFilter {
  readonly state?: 'open' | 'decided' | undefined
  readonly parameter?: string | undefined
  readonly cursor?: number | undefined
}

/** A page of proposals, the newest first, and one more where there are more. */
export const listProposalRows = (tx: Tx, { state, parameter, cursor }: ProposalFilter, limit: number) =>
  proposals(tx)
    .$if(state === 'open', (query) => query.where('d.outcome', 'is', null))
    .$if(state === 'decided', (query) => query.where('d.outcome', 'is not', null))
    .$if(parameter !== undefined, (query) => query.where('p.parameter', '=', parameter ?? ''))
    .$if(cursor !== undefined, (query) => query.where('p.number', '<', cursor ?? 0))
    .orderBy('p.number', 'desc')
    .limit(limit + 1)
    .execute()

/** Writes a proposal; gives its number. */
export const insertProposal = async (
  tx: Tx,
  row: Omit<ReleasedValue, 'number'>,
  by: string,
  at: Instant,
): Promise<number> => {
  const { number } = await tx
    .insertInto('parameter_proposals')
    .values({
      id: row.id,
      pack: row.pack,
      parameter: row.parameter,
      value: JSON.stringify(row.value),
      effective_from: row.from,
      effective_until: row.until,
      region: row.region,
      document: row.document,
      new_document: row.newDocument ? JSON.stringify(row.newDocument) : null,
      clause: row.clause,
      note: row.note,
      checked_on: row.checkedOn,
      proposed_by: by,
      proposed_at: at,
    })
    .returning('number')
    .executeTakeFirstOrThrow()
  return number
}
