import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
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
import { replayDecisions } from './replay.server.ts'

const place = '532900000000'
const clock = fixedClock(businessDate('2026-06-15'))
let folder = ''
let secrecy: Secrecy
let database: Database
let ownerUrl = ''
let checked: CheckedPack

const household: TrialSubject = {
  facts: {},
  lists: { members: [{ facts: { monthlyIncomeFen: 59_999 }, lists: {} }] },
} as unknown as TrialSubject

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doudi-replay-'))
  secrecy = openSecrecy(folder)
  const made = await cloneDatabase()
  ownerUrl = made.ownerUrl
  database = openDatabase(made.appUrl, 2)
  const packs = makeSmallPacks()
  checked = openPack('small-place', { policies: packs.folder })
  // From here on there are no files: a decision is computed again from what was kept.
  packs.remove()
})
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

const decided = (pack: CheckedPack, facts: TrialSubject) => {
  const ready = readyFrom(pack, keepForces(), {
    on: '2026-06-15',
    region: place,
    unsaid: 'unknown',
    household: facts,
  })
  return Buffer.from(outcomeBytes(ready, pack.hash, judge(ready)), 'utf8')
}

interface Kept {
  readonly id: string
  readonly hash?: string
  readonly facts?: Buffer
  readonly outcome?: Buffer
}

const keep = (tx: Tx, { id, hash = checked.hash, facts, outcome }: Kept) =>
  insertTrial(tx, {
    id,
    regionCode: place,
    householdId: null,
    on: '2026-06-15',
    pack: { id: 'small-place', version: '1.0.0', hash },
    facts: facts ?? encrypted(household),
    note: null,
    outcome: outcome ?? decided(checked, household),
    savedBy: newId(),
    savedAt: clock.now(),
  })

const encrypted = (subject: TrialSubject): Buffer =>
  Buffer.from(
    secrecy.encryptText(canonicalJson({ household: subject, unsaid: 'unknown' }), 'trials.facts_cipher'),
  )

const replayed = async (ids: readonly string[]): Promise<unknown[]> =>
  inScope(database, everywhere, async (tx) => {
    const results = new Map<string, string>()
    for await (const { id, result } of replayDecisions(tx, secrecy)) results.set(id, result)
    return ids.map((id) => results.get(id))
  })

test('a decision comes out byte for byte from the facts and the pack that were kept', async () => {
  const id = newId()
  await inScope(database, everywhere, async (tx) => {
    await keepPack(tx, clock, checked)
    await keep(tx, { id })
  })
  expect(await replayed([id])).toEqual(['same'])
})

test('a byte of the facts, of the outcome or of the pack that was changed is noticed', async () => {
  const [flipped, other, wrong, lost] = [newId(), newId(), newId(), newId()]
  const broken = encrypted(household)
  for (const at of [0, Math.floor(broken.length / 2), broken.length - 1]) {
    const bytes = Buffer.from(broken)
    bytes[at] = (bytes[at] ?? 0) ^ 1
    const id = at === 0 ? flipped : newId()
    await inScope(database, everywhere, (tx) => keep(tx, { id, facts: bytes }))
    expect(await replayed([id]), `byte ${at}`).toEqual(['facts-broken'])
  }
  const richer = {
    ...household,
    lists: { members: [{ facts: { monthlyIncomeFen: 60_000 }, lists: {} }] },
  } as unknown as TrialSubject
  const outcome = decided(checked, household)
  outcome[outcome.length - 2] = (outcome[outcome.length - 2] ?? 0) ^ 1
  await inScope(database, everywhere, async (tx) => {
    await keep(tx, { id: other, facts: encrypted(richer) })
    await keep(tx, { id: wrong, outcome })
    await keep(tx, { id: lost, hash: '0'.repeat(64) })
  })
  expect(await replayed([other, wrong, lost])).toEqual(['differs', 'differs', 'pack-lost'])

  // Another standard in the kept files: the application may not write it, so the owner does.
  const changed = checked.content.replace('value: 60000', 'value: 60001')
  expect(decided(packFromContent(changed), household)).not.toEqual(decided(checked, household))
  expect(hashOf(changed)).not.toBe(checked.hash)
  const owner = openDatabase(ownerUrl, 1)
  try {
    await owner.kysely
      .transaction()
      .execute((tx) =>
        tx.updateTable('pack_files').set({ content: changed }).where('hash', '=', checked.hash).execute(),
      )
  } finally {
    await owner.close()
  }
  expect(await replayed([wrong])).toEqual(['pack-broken'])
})
