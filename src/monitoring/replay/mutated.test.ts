import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { canonicalJson, newId } from '#base'
import { type CheckedPack, openPack } from '#rulebook/server'
import { everywhere } from '#store'
import { type Database, inScope, openDatabase, type Tx } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import { findInCases, raiseFound } from '../testing/raised.server.ts'
import { type AlertReplay, replayAlerts } from './replay.server.ts'

vi.setConfig({ testTimeout: 60_000 })

const [changedFacts, changedSayings, changedPacks] = [400, 300, 300]

let app: Database
let owner: Database
let pack: CheckedPack

beforeAll(async () => {
  const { appUrl, ownerUrl } = await cloneDatabase()
  app = openDatabase(appUrl, 1)
  owner = openDatabase(ownerUrl, 1)
  pack = openPack('indicators')
  await raiseFound(app, pack, await findInCases(pack))
})
afterAll(async () => {
  await app.close()
  await owner.close()
})

const replayed = async (tx: Tx): Promise<ReadonlyMap<string, AlertReplay>> => {
  const results = new Map<string, AlertReplay>()
  for await (const { id, result } of replayAlerts(tx)) results.set(id, result)
  return results
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // No longer a record that a database would hold: the next bit is tried.
    return undefined
  }
}

/** The text with one bit of one byte changed so that it still is a record, and another one; from a place on. */
const oneBitOther = (text: string, from: number): object => {
  const bytes = Buffer.from(text, 'utf8')
  for (let step = 0; step < bytes.length * 7; step += 1) {
    const copy = Buffer.from(bytes)
    const byte = (from + Math.floor(step / 7)) % bytes.length
    copy[byte] = (copy[byte] ?? 0) ^ (1 << (step % 7))
    const value = parsed(copy.toString('utf8'))
    const isOther = typeof value === 'object' && value !== null && canonicalJson(value) !== text
    // A database holds neither of these.
    if (isOther && !canonicalJson(value).match(/\\u0000|\ufffd/u)) return value
  }
  throw new Error('no bit can be changed')
}

const keptAlerts = (tx: Tx) => tx.selectFrom('alerts').selectAll().orderBy('id').execute()
type Alert = Awaited<ReturnType<typeof keptAlerts>>[number]

/** The alert once more, with another explanation; disposed of, for only one may be open. */
const keepCopy = async (tx: Tx, { number: _, ...alert }: Alert, explanation: object): Promise<string> => {
  const id = newId()
  const row = { ...alert, id, explanation: JSON.stringify(explanation), status: 'disposed' }
  await tx.insertInto('alerts').values(row).execute()
  return id
}

const countOf = (results: ReadonlyMap<string, AlertReplay>, ids: readonly string[]) =>
  Object.fromEntries(
    [...Map.groupBy(ids, (id) => results.get(id) ?? 'not seen')].map(([key, all]) => [key, all.length]),
  )

test('a thousand alerts, each with one bit of facts, reasoning or pack changed, are all found', async () => {
  const [untouched, ofFacts, ofSayings]: [string[], string[], string[]] = [[], [], []]
  await inScope(app, everywhere, async (tx) => {
    const alerts = await keptAlerts(tx)
    const alertAt = (at: number) => alerts[at % alerts.length] as Alert
    const spread = (text: string, at: number, of: number) => Math.floor((at * text.length) / of)
    untouched.push(...alerts.map(({ id }) => id))
    for (let at = 0; at < changedFacts; at += 1) {
      const alert = alertAt(at)
      const { frozen, ...rest } = alert.explanation as { frozen: object }
      const text = canonicalJson(frozen)
      ofFacts.push(
        await keepCopy(tx, alert, { ...rest, frozen: oneBitOther(text, spread(text, at, changedFacts)) }),
      )
    }
    for (let at = 0; at < changedSayings; at += 1) {
      const alert = alertAt(at)
      const { frozen, frozenHash, evidence, ...said } = alert.explanation as Record<string, unknown>
      const text = canonicalJson(said)
      const other = oneBitOther(text, spread(text, at, changedSayings))
      ofSayings.push(await keepCopy(tx, alert, { ...other, frozen, frozenHash, evidence }))
    }
  })
  const results = await inScope(app, everywhere, replayed)
  expect(countOf(results, untouched)).toEqual({ same: untouched.length })
  expect(countOf(results, ofFacts)).toEqual({ 'facts-broken': changedFacts })
  const found = countOf(results, ofSayings)
  expect(found.same).toBeUndefined()
  expect((found.differs ?? 0) + (found['facts-broken'] ?? 0)).toBe(changedSayings)

  // The application may not write a kept pack again, so the owner of the tables does.
  const [one] = untouched
  const ofPacks: AlertReplay[] = []
  await inScope(owner, everywhere, async (tx) => {
    // Of the alerts one is left to the scan.
    await tx
      .updateTable('alerts')
      .set({ origin: 'visit' })
      .where('id', '<>', one ?? '')
      .execute()
    for (let at = 0; at < changedPacks; at += 1) {
      const place = Math.floor((at * pack.content.length) / changedPacks)
      const other = pack.content[place] === 'x' ? 'y' : 'x'
      const content = `${pack.content.slice(0, place)}${other}${pack.content.slice(place + 1)}`
      await tx.updateTable('pack_files').set({ content }).where('hash', '=', pack.hash).execute()
      ofPacks.push(...(await replayed(tx)).values())
    }
  })
  expect(ofPacks).toEqual(Array.from({ length: changedPacks }, () => 'pack-broken'))
})
