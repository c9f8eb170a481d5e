import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openSecrecy, type Secrecy } from '#access/server'
import { businessDate, canonicalJson, fixedClock, newId } from '#base'
import { everywhere } from '#store'
import { type Database, inScope, openDatabase, type Tx } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import { keepPack } from '../packs/packs.queries.server.ts'
import { type CheckedPack, hashOf, openPack, packFromContent } from '../packs/packs.server.ts'
import { makeSmallPacks } from '../testing/small-packs.server.ts'
import { keepForces } from '../try/forces.server.ts'
import { judge, outcomeBytes } from '../try/judge.ts'
import { readyFrom } from '../try/place-pack.server.ts'
import type { TrialSubject } from '../try/subject.ts'
import { insertTrial } from '../try/trials.queries.server.ts'
import { type ReplayResult, replayDecisions } from './replay.server.ts'

vi.setConfig({ testTimeout: 60_000 })

const [changedFacts, changedOutcomes, changedPacks] = [450, 100, 450]
const place = '532900000000'
const clock = fixedClock(businessDate('2026-06-15'))
const household = {
  facts: {},
  lists: { members: [{ facts: { monthlyIncomeFen: 59_999 }, lists: {} }] },
} as unknown as TrialSubject

let folder = ''
let secrecy: Secrecy
let database: Database
let ownerUrl = ''
let checked: CheckedPack
let facts: Buffer
let outcome: Buffer

const decidedBy = (pack: CheckedPack): Buffer => {
  const day = { on: '2026-06-15', region: place, unsaid: 'unknown', household } as const
  const ready = readyFrom(pack, keepForces(), day)
  return Buffer.from(outcomeBytes(ready, pack.hash, judge(ready)), 'utf8')
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doudi-mutated-'))
  secrecy = openSecrecy(folder)
  const made = await cloneDatabase()
  ownerUrl = made.ownerUrl
  database = openDatabase(made.appUrl, 2)
  const packs = makeSmallPacks()
  checked = openPack('small-place', { policies: packs.folder })
  packs.remove()
  const frozen = canonicalJson({ household, unsaid: 'unknown' })
  facts = Buffer.from(secrecy.encryptText(frozen, 'trials.facts_cipher'))
  outcome = decidedBy(checked)
})
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Kept {
  readonly hash?: string
  readonly facts?: Buffer
  readonly outcome?: Buffer
}

const keep = async (tx: Tx, kept: Kept): Promise<string> => {
  const id = newId()
  const pack = { id: 'small-place', version: '1.0.0', hash: kept.hash ?? checked.hash }
  await insertTrial(tx, {
    ...{ id, regionCode: place, householdId: null, on: '2026-06-15', pack, note: null },
    ...{ facts: kept.facts ?? facts, outcome: kept.outcome ?? outcome },
    ...{ savedBy: newId(), savedAt: clock.now() },
  })
  return id
}

/** Another bit in another byte for every number, spread over the whole. */
const changed = (bytes: Buffer, at: number, of: number): Buffer => {
  const copy = Buffer.from(bytes)
  const byte = Math.floor((at * bytes.length) / of)
  copy[byte] = (copy[byte] ?? 0) ^ (1 << (at % 8))
  return copy
}

const replayed = async (): Promise<ReadonlyMap<string, ReplayResult>> =>
  inScope(database, everywhere, async (tx) => {
    const results = new Map<string, ReplayResult>()
    for await (const { id, result } of replayDecisions(tx, secrecy)) results.set(id, result)
    return results
  })

const countOf = (results: ReadonlyMap<string, ReplayResult>, ids: readonly string[]) =>
  Object.fromEntries(
    [...Map.groupBy(ids, (id) => results.get(id) ?? 'not seen')].map(([result, all]) => [result, all.length]),
  )

test('a thousand kept decisions, each with one bit of facts, outcome or pack changed, are all found', async () => {
  const [untouched, ofFacts, ofOutcomes, ofPacks]: [string[], string[], string[], string[]] = [[], [], [], []]
  const kept: string[] = []
  // A pack of its own for every decision, so that one changed byte touches one decision.
  const keepOwnPack = async (tx: Tx, decided: (pack: CheckedPack) => Buffer): Promise<void> => {
    const content = checked.content.replace('小州规则', `小州规则${kept.length}`)
    const pack = { ...checked, content, hash: hashOf(content) }
    await keepPack(tx, clock, pack)
    kept.push(pack.hash)
    ofPacks.push(await keep(tx, { hash: pack.hash, outcome: decided(pack) }))
  }
  await inScope(database, everywhere, async (tx) => {
    await keepPack(tx, clock, checked)
    untouched.push(await keep(tx, {}))
    await keepOwnPack(tx, ({ content }) => decidedBy(packFromContent(content)))
  })
  expect(countOf(await replayed(), [...untouched, ...ofPacks])).toEqual({ same: 2 })
  await inScope(database, everywhere, async (tx) => {
    for (let at = 0; at < changedFacts; at += 1)
      ofFacts.push(await keep(tx, { facts: changed(facts, at, changedFacts) }))
    for (let at = 0; at < changedOutcomes; at += 1)
      ofOutcomes.push(await keep(tx, { outcome: changed(outcome, at, changedOutcomes) }))
    while (kept.length < changedPacks) await keepOwnPack(tx, () => outcome)
  })

  // The application may not write a kept pack again, so the owner of the tables does.
  const owner = openDatabase(ownerUrl, 1)
  try {
    await owner.kysely.transaction().execute(async (tx) => {
      for (const [at, hash] of kept.entries()) {
        const row = await tx
          .selectFrom('pack_files')
          .select('content')
          .where('hash', '=', hash)
          .executeTakeFirstOrThrow()
        const place = Math.floor((at * row.content.length) / kept.length)
        const other = row.content[place] === 'x' ? 'y' : 'x'
        const content = `${row.content.slice(0, place)}${other}${row.content.slice(place + 1)}`
        await tx.updateTable('pack_files').set({ content }).where('hash', '=', hash).execute()
      }
    })
  } finally {
    await owner.close()
  }
  const results = await replayed()
  expect(countOf(results, ofFacts)).toEqual({ 'facts-broken': changedFacts })
  expect(countOf(results, ofOutcomes)).toEqual({ differs: changedOutcomes })
  expect(countOf(results, ofPacks)).toEqual({ 'pack-broken': changedPacks })
  expect(countOf(results, untouched)).toEqual({ same: 1 })
})
