import type { Tx } from '#store/server'

/** Who proposed and who released each of these values. */
export const listReleases = async (tx: Tx, ids: readonly string[]) => {
  if (ids.length === 0) return []
  const rows = await tx
    .selectFrom('parameter_proposals as p')
    .innerJoin('parameter_decisions as d', 'd.proposal_id', 'p.id')
    .innerJoin('accounts as a', 'a.id', 'p.proposed_by')
    .innerJoin('accounts as b', 'b.id', 'd.decided_by')
    .where('p.id', 'in', [...ids])
    .where('d.outcome', '=', 'released')
    .select(['p.id', 'p.number', 'a.display_name as proposer', 'b.display_name as releaser', 'd.decided_at'])
    .execute()
  return rows.map(({ id, number, proposer, releaser, decided_at }) => ({
    id,
    number,
    proposedBy: proposer,
    releasedBy: releaser,
    releasedAt: decided_at,
  }))
}

/** How many changes of a parameter wait for a second person. */
export const countOpenProposals = async (tx: Tx, parameter: string): Promise<number> => {
  const { count } = await tx
    .selectFrom('parameter_proposals as p')
    .leftJoin('parameter_decisions as d', 'd.proposal_id', 'p.id')
    .where('d.outcome', 'is', null)
    .where('p.parameter', '=', parameter)
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}
