import { createHash } from 'node:crypto'
import { type Endpoint, namePlaces, serve } from '#access/server'
import { canonicalJson, newId, Refusal } from '#base'
import { recordEvent, type Tx } from '#store/server'
import { findKeptPack, keepPack } from '../packs/packs.queries.server.ts'
import { type CheckedPack, packFromContent } from '../packs/packs.server.ts'
import { explainSaved, listTrials, readTrial, saveTrial, type TrialRow } from './contract.ts'
import { entitiesOf, factsOf } from './dictionary.ts'
import type { Forces } from './forces.server.ts'
import { judge, outcomeBytes, type ReadyTrial } from './judge.ts'
import { type KeptOutcome, readOutcome } from './kept-outcome.ts'
import { placePack, readyFrom } from './place-pack.server.ts'
import { reasonsOf } from './reasons.ts'
import type { TrialServices } from './services.server.ts'
import type { TrialSubject, Unsaid } from './subject.ts'
import { findTrialRecord, insertTrial, listTrialRecords, type TrialRecord } from './trials.queries.server.ts'
import { callingsFor, resultsOf, viewOfPack } from './view.server.ts'

const pageSize = 30
const factsContext = 'trials.facts_cipher'
const noteContext = 'trials.note_cipher'

interface FrozenFacts {
  readonly household: TrialSubject
  readonly unsaid: Unsaid
}

const saveEndpoint = (services: TrialServices, forces: Forces): Endpoint =>
  serve(saveTrial, async ({ tx, clock, actor, body }) => {
    const { secrecy } = services
    const { householdId = null, note, household, unsaid, on, region } = body
    const checked = await placePack(services, tx)
    const ready = readyFrom(checked, forces, body)
    if (householdId && !(await services.households.find(tx, householdId, ready.force.on)))
      throw new Refusal('access.not-found')
    const { id: packId, version } = checked.pack.head
    const id = newId()
    await keepPack(tx, clock, checked)
    const frozen: FrozenFacts = { household, unsaid }
    await insertTrial(tx, {
      id,
      regionCode: region,
      householdId,
      on,
      pack: { id: packId, version, hash: checked.hash },
      facts: secrecy.encryptText(canonicalJson(frozen), factsContext),
      note: note ? secrecy.encryptText(note, noteContext) : null,
      outcome: Buffer.from(outcomeBytes(ready, checked.hash, judge(ready)), 'utf8'),
      savedBy: actor.accountId,
      savedAt: clock.now(),
    })
    await recordEvent(tx, clock, {
      kind: 'rulebook.trial-saved',
      regionCode: region,
      householdId: householdId ?? undefined,
      subjectId: id,
      actorId: actor.accountId,
      data: { pack: packId, version },
    })
    return { id }
  })

/** The rules of a saved trial, as they were; undefined where nobody kept them. */
const packOf = async (services: TrialServices, tx: Tx, hash: string): Promise<CheckedPack | undefined> => {
  const current = await placePack(services, tx)
  if (current.hash === hash) return current
  const content = await findKeptPack(tx, hash)
  return content === undefined ? undefined : packFromContent(content)
}

const noteOf = ({ secrecy }: TrialServices, { note_cipher }: TrialRecord): string | null =>
  note_cipher ? secrecy.decryptText(note_cipher, noteContext) : null

const frozenIn = ({ secrecy }: TrialServices, { facts_cipher }: TrialRecord): FrozenFacts =>
  JSON.parse(secrecy.decryptText(facts_cipher, factsContext)) as FrozenFacts

const rowOf = (
  services: TrialServices,
  record: TrialRecord,
  { programmes }: KeptOutcome,
  nameOf: (programme: string) => string,
  place: string,
): TrialRow => {
  const isEligible = (one: KeptOutcome['programmes'][number]) =>
    one.outcome.outcome === 'known' && one.outcome.value
  const unknown = programmes.filter(({ outcome }) => outcome.outcome === 'unknown')
  const eligible = programmes.filter(isEligible)
  return {
    id: record.id,
    place,
    on: record.on_date,
    pack: { id: record.pack_id, version: record.pack_version },
    note: noteOf(services, record),
    eligible: [...new Set(eligible.map(({ programme }) => nameOf(programme)))],
    counts: {
      eligible: eligible.length,
      notEligible: programmes.length - eligible.length - unknown.length,
      unknown: unknown.length,
    },
    savedBy: record.saver ?? '',
    savedAt: record.saved_at,
  }
}

const listEndpoint = (services: TrialServices): Endpoint =>
  serve(listTrials, async ({ tx, query, language }) => {
    const records = await listTrialRecords(tx, query.cursor, pageSize + 1)
    const shown = records.slice(0, pageSize)
    const { pack } = await placePack(services, tx)
    const key = language === 'en' ? 'en' : 'zh'
    const nameOf = (programme: string): string => pack.programmes[programme]?.name[key] ?? programme
    const placeOf = await namePlaces(
      tx,
      shown.map(({ region_code }) => region_code),
    )
    return {
      items: shown.map((record) =>
        rowOf(services, record, readOutcome(record.outcome), nameOf, placeOf(record.region_code).name),
      ),
      next: records.length > pageSize ? (shown.at(-1)?.id ?? null) : null,
    }
  })

interface Reopened {
  readonly record: TrialRecord
  readonly frozen: FrozenFacts
  /** The rules of that day, or today's where they were not kept. */
  readonly checked: CheckedPack
  readonly isKept: boolean
  readonly ready: ReadyTrial
}

const reopen = async (services: TrialServices, forces: Forces, tx: Tx, id: string): Promise<Reopened> => {
  const record = await findTrialRecord(tx, id)
  if (!record) throw new Refusal('access.not-found')
  const frozen = frozenIn(services, record)
  const kept = await packOf(services, tx, record.pack_hash)
  const checked = kept ?? (await placePack(services, tx))
  const ready = readyFrom(checked, forces, { ...frozen, on: record.on_date, region: record.region_code })
  return { record, frozen, checked, isKept: kept !== undefined, ready }
}

const openEndpoint = (services: TrialServices, forces: Forces): Endpoint =>
  serve(readTrial, async ({ tx, params, language }) => {
    const { record, frozen, checked, isKept, ready } = await reopen(services, forces, tx, params.id)
    const bytes = record.outcome.toString('utf8')
    const isSame = outcomeBytes(ready, checked.hash, judge(ready)) === bytes
    const replayed = isSame ? ('same' as const) : ('differs' as const)
    const placeOf = await namePlaces(tx, [record.region_code])
    return {
      id: record.id,
      on: record.on_date,
      place: placeOf(record.region_code),
      pack: {
        ...viewOfPack(checked),
        id: record.pack_id,
        version: record.pack_version,
        hash: record.pack_hash,
      },
      ...frozen,
      householdId: record.household_id,
      note: noteOf(services, record),
      savedBy: record.saver ?? '',
      savedAt: record.saved_at,
      outcomeHash: createHash('sha256').update(bytes).digest('hex'),
      // What was kept is shown, not what comes out now.
      results: resultsOf(ready, readOutcome(record.outcome).programmes, language),
      replay: isKept ? replayed : ('rules-lost' as const),
      rulesChanged: (await placePack(services, tx)).hash !== record.pack_hash,
      entities: entitiesOf(checked.pack),
      facts: factsOf(checked.pack),
    }
  })

const reasonsEndpoint = (services: TrialServices, forces: Forces): Endpoint =>
  serve(explainSaved, async ({ tx, params, query, language }) => {
    const { ready, isKept } = await reopen(services, forces, tx, params.id)
    if (!isKept) throw new Refusal('rulebook.rules-not-kept')
    const callings = await callingsFor(tx, ready, language)
    const found = reasonsOf(ready, language, callings, query.programme).find(
      ({ place }) => place === query.place,
    )
    if (!found) throw new Refusal('access.not-found')
    return { reasons: found }
  })

/** Saved trials: kept once, listed, opened and judged again. */
export const savedEndpoints = (services: TrialServices, forces: Forces): readonly Endpoint[] => [
  saveEndpoint(services, forces),
  listEndpoint(services),
  openEndpoint(services, forces),
  reasonsEndpoint(services, forces),
]
