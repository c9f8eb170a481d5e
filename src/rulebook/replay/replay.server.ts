import type { Secrecy } from '#access/server'
import type { Tx } from '#store/server'
import { findKeptPack } from '../packs/packs.queries.server.ts'
import { type CheckedPack, hashOf, packFromContent } from '../packs/packs.server.ts'
import { keepForces } from '../try/forces.server.ts'
import { judge, outcomeBytes } from '../try/judge.ts'
import { readyFrom } from '../try/place-pack.server.ts'
import type { TrialSubject, Unsaid } from '../try/subject.ts'
import { type KeptDecision, listKeptDecisions } from './replay.queries.server.ts'

/**
 * What came of computing a kept decision again: the same bytes; other bytes; the facts cannot be read; its pack was not kept;
 * the kept pack no longer has its hash.
 */
export type ReplayResult = 'same' | 'differs' | 'facts-broken' | 'pack-lost' | 'pack-broken'

export interface Replayed {
  readonly id: string
  readonly packHash: string
  readonly result: ReplayResult
}

const pageSize = 200

/**
 * Computes every kept decision again, from its frozen facts and the pack kept by its hash alone; the packs of today are not
 * read. Gives each as it is done; decisions outside the scope of the transaction are not seen.
 */
export async function* replayDecisions(
  tx: Tx,
  secrecy: Secrecy,
  { household }: { readonly household?: string | undefined } = {},
): AsyncGenerator<Replayed> {
  const packs = new Map<string, CheckedPack | 'pack-lost' | 'pack-broken'>()
  const forces = keepForces()
  let after: string | undefined
  for (;;) {
    const page = await listKeptDecisions(tx, { after, household }, pageSize)
    for (const decision of page) {
      const hash = decision.pack_hash
      const pack = packs.get(hash) ?? (await keptPack(tx, hash))
      packs.set(hash, pack)
      const result = typeof pack === 'string' ? pack : replayOne(decision, pack, secrecy, forces)
      yield { id: decision.id, packHash: hash, result }
    }
    if (page.length < pageSize) return
    after = page.at(-1)?.id
  }
}

const keptPack = async (tx: Tx, hash: string): Promise<CheckedPack | 'pack-lost' | 'pack-broken'> => {
  const content = await findKeptPack(tx, hash)
  if (content === undefined) return 'pack-lost'
  return hashOf(content) === hash ? packFromContent(content) : 'pack-broken'
}

const factsContext = 'trials.facts_cipher'

interface Frozen {
  readonly household: TrialSubject
  readonly unsaid: Unsaid
}

const frozenIn = ({ facts_cipher }: KeptDecision, secrecy: Secrecy): Frozen | undefined => {
  try {
    return JSON.parse(secrecy.decryptText(facts_cipher, factsContext)) as Frozen
  } catch {
    // Told as a result of its own: one broken row must not hide the others.
    return undefined
  }
}

const replayOne = (
  decision: KeptDecision,
  pack: CheckedPack,
  secrecy: Secrecy,
  forces: ReturnType<typeof keepForces>,
): ReplayResult => {
  const frozen = frozenIn(decision, secrecy)
  if (!frozen) return 'facts-broken'
  const ready = readyFrom(pack, forces, { ...frozen, on: decision.on_date, region: decision.region_code })
  const bytes = Buffer.from(outcomeBytes(ready, pack.hash, judge(ready)), 'utf8')
  return bytes.equals(decision.outcome) ? 'same' : 'differs'
}
