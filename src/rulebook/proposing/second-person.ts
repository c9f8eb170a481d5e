import type { Actor } from '#access'
import { Refusal } from '#base'

/** Whether somebody may speak for a region. */
export const speaksFor = ({ scope }: Actor, region: string): boolean =>
  (scope.from <= region && region < scope.until) || scope.extra.includes(region)

interface Proposed {
  readonly number: number
  readonly proposed_by: string
  readonly effective_from: string
  readonly region: string
  readonly outcome: string | null
}

/** Refuses with `rulebook.own-proposal` whoever proposed it. */
export const requireSecondPerson = (actor: Actor, { proposed_by }: Proposed): void => {
  if (proposed_by === actor.accountId) throw new Refusal('rulebook.own-proposal')
}

/** The row, where it waits for a decision. Refuses with `access.not-found` and `rulebook.proposal-decided`. */
export const openOne = <Row extends Proposed>(row: Row | undefined): Row => {
  if (!row) throw new Refusal('access.not-found')
  if (row.outcome !== null) throw new Refusal('rulebook.proposal-decided', { number: row.number })
  return row
}

/** Open; released for a later day or in force; declined; withdrawn. */
const stateOf = ({ outcome, effective_from }: Proposed, today: string) => {
  if (outcome === null) return 'open' as const
  if (outcome === 'released') return effective_from > today ? ('scheduled' as const) : ('released' as const)
  return outcome === 'declined' ? ('declined' as const) : ('withdrawn' as const)
}

/** What somebody may do with a proposal that is or is not sound now. */
export const mayWith = (actor: Actor, row: Proposed, isSound: boolean) => {
  const [isOpen, isOwn] = [row.outcome === null, row.proposed_by === actor.accountId]
  const decline = isOpen && !isOwn && actor.permissions.has('policy.release') && speaksFor(actor, row.region)
  return {
    may: {
      release: decline && isSound,
      decline,
      withdraw: isOpen && isOwn && actor.permissions.has('policy.propose'),
    },
    isOwn,
  }
}

interface Course extends Proposed {
  readonly effective_until: string | null
  readonly place: string | null
  readonly proposer: string
  readonly proposed_at: string
  readonly decider: string | null
  readonly decided_by: string | null
  readonly decided_at: string | null
  readonly reason: string | null
}

/** When and where something proposed holds, where it stands, and who did what with it. */
export const courseOf = (row: Course, today: string) => ({
  number: row.number,
  from: row.effective_from,
  until: row.effective_until,
  region: { code: row.region, name: row.place ?? row.region },
  state: stateOf(row, today),
  proposedBy: { id: row.proposed_by, name: row.proposer },
  proposedAt: row.proposed_at,
  decidedBy: row.decided_by ? { id: row.decided_by, name: row.decider ?? '' } : null,
  decidedAt: row.decided_at,
  reason: row.reason,
})
