import { canonicalJson } from '#base'
import { explain } from '#policy'
import {
  type CheckedPack,
  findKeptPack,
  keepForces,
  packFromContent,
  hashOf as packHashOf,
} from '#rulebook/server'
import type { Tx } from '#store/server'
import { fingerprintOf } from '../scan/fingerprint.ts'
import { type Frozen, frozenHashOf, hashOf, type Said, saidOf } from '../scan/kept.server.ts'
import { type KeptAlert, listKeptAlerts } from './replay.queries.server.ts'

/**
 * What came of computing an alert's explanation again: the same bytes; other bytes; no frozen facts were kept; the frozen
 * facts are not those that were kept; its pack was not kept; the kept pack no longer has its hash.
 */
export type AlertReplay = 'same' | 'differs' | 'facts-lost' | 'facts-broken' | 'pack-lost' | 'pack-broken'

const pageSize = 200

/**
 * Computes the explanation of every alert that a scan raised again, from its frozen facts and the pack kept by its hash
 * alone; the indicators of today are not read. Gives each as it is done; alerts outside the scope are not seen.
 */
export async function* replayAlerts(
  tx: Tx,
): AsyncGenerator<{ readonly id: string; readonly packHash: string; readonly result: AlertReplay }> {
  const replay = replayer(tx)
  let after: string | undefined
  for (;;) {
    const page = await listKeptAlerts(tx, after, pageSize)
    for (const alert of page) yield { id: alert.id, packHash: packHashIn(alert), result: await replay(alert) }
    if (page.length < pageSize) return
    after = page.at(-1)?.id
  }
}

type Kept = Said & { readonly frozen: Frozen; readonly frozenHash: string; readonly evidence?: unknown }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const packHashIn = ({ explanation }: KeptAlert): string =>
  isRecord(explanation) && typeof explanation.packHash === 'string' ? explanation.packHash : ''

const isSealed = (explanation: unknown): explanation is Kept =>
  isRecord(explanation) && isRecord(explanation.frozen) && 'frozenHash' in explanation

/** What an alert says apart from the rows behind it: those are pointers to files, and no pack computes them. */
const bytesOf = (said: Said, { summary, fingerprint, indicator, subject }: Told): string =>
  canonicalJson({ said, summary, fingerprint, indicator, subject })

interface Told {
  readonly summary: string
  readonly fingerprint: string
  readonly indicator: string
  readonly subject: string | null
}

const replayer = (tx: Tx) => {
  const packs = new Map<string, CheckedPack | 'pack-lost' | 'pack-broken'>()
  const forces = keepForces()
  const packOf = async (hash: string) => {
    const pack = packs.get(hash) ?? (await keptPack(tx, hash))
    packs.set(hash, pack)
    return pack
  }
  return async (alert: KeptAlert): Promise<AlertReplay> => {
    const { explanation } = alert
    if (!isSealed(explanation)) return 'facts-lost'
    const { frozen, frozenHash, evidence: _, ...said } = explanation
    if (frozenHashOf(said, frozen) !== frozenHash) return 'facts-broken'
    const pack = await packOf(said.packHash)
    if (typeof pack === 'string') return pack
    const { summary, fingerprint, indicator, household_id, lead_id } = alert
    const kept = bytesOf(said, { summary, fingerprint, indicator, subject: household_id ?? lead_id })
    return again(pack, forces, said, frozen) === kept ? 'same' : 'differs'
  }
}

const keptPack = async (tx: Tx, hash: string): Promise<CheckedPack | 'pack-lost' | 'pack-broken'> => {
  const content = await findKeptPack(tx, hash)
  if (content === undefined) return 'pack-lost'
  return packHashOf(content) === hash ? packFromContent(content) : 'pack-broken'
}

/** What the kept pack says of the frozen facts; undefined where it has no such version of the indicator. */
const again = (
  pack: CheckedPack,
  forces: ReturnType<typeof keepForces>,
  { rule: id, version, subject, on }: Said,
  { region, labels, ...facts }: Frozen,
): string | undefined => {
  const force = forces(pack, on, region)
  const rule = force.rules.find((one) => one.id === id && one.key === version)
  if (!rule) return undefined
  const said = saidOf(pack, rule, explain(force, rule, { id: subject, ...facts }), labels)
  return bytesOf(said, {
    summary: said.sentences.zh,
    fingerprint: hashOf(fingerprintOf(said)),
    indicator: rule.id,
    subject,
  })
}
