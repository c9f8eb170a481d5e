import type { Secrecy } from '#access/server'
import { type Clock, newId } from '#base'
import type { Tx } from '#store/server'
import {
  insertCase,
  listCasesByKeys,
  listVerdicts,
  reopenWith,
  withdrawOthers,
} from './adjudication.queries.server.ts'
import type { Candidate, RowIdentity } from './candidate.ts'

/** What a case's encrypted identity is bound to. */
export const identityContext = 'adjudications.identity_cipher'

/** A row that may be somebody in the registry, with those it may be. */
export interface AdjudicationDraft {
  /** As the lake makes it: keyed values only. */
  readonly rowKey: string
  readonly feedId: string
  readonly rowNo: number
  /** Which person of the row: self, spouse, head. */
  readonly role: string
  readonly feedKind: string
  /** Where the person in doubt is registered (the best candidate's village): who sees the case. */
  readonly regionCode: string
  readonly identity: RowIdentity
  readonly candidates: readonly Candidate[]
}

export interface AdjudicationFigures {
  readonly opened: number
  readonly reopened: number
  readonly withdrawn: number
}

/** A decision that matching goes by. */
export interface MatchDecision {
  readonly rowKey: string
  readonly personId: string
  readonly same: boolean
}

/**
 * Brings the queue up to the rows in doubt now, which `drafts` names all of: new ones are opened, one case a person
 * however often the row comes; open ones that no row asks any more are withdrawn; a case decided as "none of them" is
 * open again when somebody else has become a candidate. What is decided stays decided. Repeating it changes nothing.
 */
export const recordAdjudications = async (
  tx: Tx,
  { secrecy, clock }: { readonly secrecy: Secrecy; readonly clock: Clock },
  drafts: readonly AdjudicationDraft[],
): Promise<AdjudicationFigures> => {
  const byKey = new Map(drafts.map((draft) => [draft.rowKey, draft]))
  const keys = [...byKey.keys()].map((key) => Buffer.from(key, 'utf8'))
  const known = await listCasesByKeys(tx, keys)
  let reopened = 0
  for (const one of known) {
    const key = one.row_key.toString('utf8')
    const draft = byKey.get(key)
    byKey.delete(key)
    if (!draft || !asksAnew(one, draft.candidates)) continue
    await reopenWith(tx, one.id, draft.candidates)
    if (one.status !== 'open') reopened += 1
  }
  for (const draft of byKey.values()) {
    await insertCase(tx, {
      id: newId(),
      rowKey: Buffer.from(draft.rowKey, 'utf8'),
      feedId: draft.feedId,
      rowNo: draft.rowNo,
      role: draft.role,
      feedKind: draft.feedKind,
      regionCode: draft.regionCode,
      identityCipher: Buffer.from(secrecy.encryptText(JSON.stringify(draft.identity), identityContext)),
      candidates: draft.candidates,
      createdAt: clock.now(),
    })
  }
  return { opened: byKey.size, reopened, withdrawn: await withdrawOthers(tx, keys) }
}

const idsOf = (candidates: readonly Candidate[]): string[] =>
  candidates.map(({ personId }) => personId).toSorted()

const asksAnew = (
  one: { readonly status: string; readonly candidates: readonly Candidate[] },
  now: readonly Candidate[],
): boolean => {
  const before = idsOf(one.candidates)
  if (one.status === 'open') return idsOf(now).join() !== before.join() || one.candidates.some(hasNoWeights)
  return one.status === 'none' && idsOf(now).some((id) => !before.includes(id))
}

// As kept before evidence was weighed; the officer shall see today's.
const hasNoWeights = ({ reasons }: Candidate): boolean => reasons.some((reason) => !('weight' in reason))

/** What persons decided about rows, "not the same" included; decisions that were undone are not among them. */
export const listDecisions = async (tx: Tx): Promise<MatchDecision[]> =>
  (await listVerdicts(tx)).map(({ row_key, person_id, verdict }) => ({
    rowKey: row_key.toString('utf8'),
    personId: person_id,
    same: verdict === 'same',
  }))
