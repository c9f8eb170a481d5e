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
import { fingerprintOf } from './fingerprint.ts'
import { type Frozen, frozenHashOf, hashOf, type Said, saidOf } from './kept.server.ts'

/**
 * What came of computing an alert's explanation again: the same bytes; other bytes; no frozen facts were kept; the frozen
 * facts are not those that were kept; its pack was not kept; the kept pack no longer has its hash.
 */
export type AlertReplay = 'same' | 'differs' | 'facts-lost' | 'facts-broken' | 'pack-lost' | 'pack-broken'

/** What an alert says of itself beside what it keeps of its reasoning. */
export interface Told {
  readonly summary: string
  readonly fingerprint: string
  readonly indicator: string
  readonly subject: string | null
}

/**
 * What an alert keeps: from the scan on the facts under their seal and the sentences; alerts of earlier programs keep the
 * whole reasoning besides.
 */
type Kept = Pick<Said, 'rule' | 'version' | 'packHash' | 'on' | 'subject'> & {
  readonly frozen: Frozen
  readonly frozenHash: string
  readonly evidence?: unknown
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isSealed = (explanation: unknown): explanation is Kept =>
  isRecord(explanation) && isRecord(explanation.frozen) && 'frozenHash' in explanation

/** What an alert says apart from the rows behind it: those are pointers to files, and no pack computes them. */
const bytesOf = (said: object, { summary, fingerprint, indicator, subject }: Told): string =>
  canonicalJson({ said, summary, fingerprint, indicator, subject })

export type PackByHash = (tx: Tx, hash: string) => Promise<CheckedPack | 'pack-lost' | 'pack-broken'>

/** Reads kept packs by their hash. Reading one takes a good part of a second: the last few are kept. */
export const keptPacks = (mostKept = 8): PackByHash => {
  const packs = new Map<string, CheckedPack>()
  return async (tx, hash) => {
    const known = packs.get(hash)
    if (known) return known
    const content = await findKeptPack(tx, hash)
    if (content === undefined) return 'pack-lost'
    if (packHashOf(content) !== hash) return 'pack-broken'
    const pack = packFromContent(content)
    if (packs.size >= mostKept) packs.clear()
    packs.set(hash, pack)
    return pack
  }
}

/** What an alert's explanation is, computed again, and whether it is what was kept. */
export interface Again {
  readonly result: AlertReplay
  /** Trace, values and sentences as the kept pack says them of the kept facts; undefined where it cannot be asked. */
  readonly said?: Said
}

/**
 * Computes the explanations of alerts from their frozen facts and the pack kept by its hash alone; the indicators of today
 * are not read.
 */
export const explainAgain = (packOf: PackByHash) => {
  const forces = keepForces()
  return async (tx: Tx, explanation: unknown, told: Told): Promise<Again> => {
    if (!isSealed(explanation)) return { result: 'facts-lost' }
    const { frozen, frozenHash, evidence: _, ...kept } = explanation
    if (frozenHashOf(kept, frozen) !== frozenHash) return { result: 'facts-broken' }
    const pack = await packOf(tx, kept.packHash)
    if (typeof pack === 'string') return { result: pack }
    const said = saidAgain(pack, forces, kept, frozen)
    if (!said) return { result: 'differs' }
    const computed = {
      summary: said.sentences.zh,
      fingerprint: hashOf(fingerprintOf(said)),
      indicator: said.rule,
      subject: said.subject,
    }
    const isSame = bytesOf(sameParts(said, kept), computed) === bytesOf(kept, told) && holds(said)
    return { result: isSame ? 'same' : 'differs', said }
  }
}

/** Of an alert that keeps no trace, what it does keep; anything else it holds has no like, and differs. */
const sameParts = (said: Said, kept: object): object => {
  if ('trace' in kept) return said
  const { rule, version, packHash, on, subject, sentences } = said
  return { rule, version, packHash, on, subject, sentences }
}

const holds = ({ outcome }: Said): boolean => outcome.outcome === 'known' && outcome.value

/** What the kept pack says of the frozen facts; undefined where it has no such version of the indicator. */
const saidAgain = (
  pack: CheckedPack,
  forces: ReturnType<typeof keepForces>,
  { rule: id, version, subject, on }: Kept | Omit<Kept, 'frozen' | 'frozenHash'>,
  { region, labels, ...facts }: Frozen,
): Said | undefined => {
  const force = forces(pack, on, region)
  const rule = force.rules.find((one) => one.id === id && one.key === version)
  if (!rule) return undefined
  return saidOf(pack, rule, explain(force, rule, { id: subject, ...facts }), labels)
}
