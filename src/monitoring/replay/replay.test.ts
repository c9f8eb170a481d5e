import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#base'
import { type CheckedPack, openPack } from '#rulebook/server'
import { everywhere } from '#store'
import { type Database, inScope, openDatabase, type Tx } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import type { Firing } from '../scan/evaluate.server.ts'
import { type Frozen, frozenHashOf, type Said } from '../scan/kept.server.ts'
import { explainAsBefore, findInCases, raiseFound } from '../testing/raised.server.ts'
import { type AlertReplay, replayAlerts } from './replay.server.ts'

let database: Database
let owner: Database
let earlier: CheckedPack
let later: CheckedPack
let firings: readonly Firing[]

const county = '532922000000'
const shipped = fileURLToPath(new URL('../../../policies/indicators/', import.meta.url))

/** The indicators with a later version of one of them, from files that are gone when alerts are replayed. */
const openLater = (): CheckedPack => {
  const folder = mkdtempSync(join(tmpdir(), 'doudi-later-'))
  try {
    cpSync(shipped, join(folder, 'indicators'), { recursive: true })
    const fileIn = (name: string) => join(folder, 'indicators', name)
    const text = readFileSync(fileIn('rules.yaml'), 'utf8')
    const [, entry = ''] = /^second-home:\n((?: .*\n)+)/mu.exec(text) ?? []
    const version = entry
      .replace('from: 2026-01-01', 'from: 2026-06-01')
      .replace('请核实家庭财产', '请按新规核实家庭财产')
    const key = 'second-home-later'
    writeFileSync(fileIn('rules.yaml'), `${text}\n${key}:\n  indicator: second-home\n${version}`)
    const cases = readFileSync(fileIn('cases/second-home.yaml'), 'utf8')
    writeFileSync(fileIn(`cases/${key}.yaml`), cases.replaceAll('rule: second-home', `rule: ${key}`))
    // In one county three homes are asked about, not two.
    const parameters = readFileSync(fileIn('parameters.yaml'), 'utf8')
    const [, value = ''] = /^secondHomeUnits:\n(?: .*\n)*? {2}values:\n((?: .*\n)+)/mu.exec(parameters) ?? []
    const ofCounty = value.replace('value: 2', `value: 3\n      region: "${county}"`)
    writeFileSync(fileIn('parameters.yaml'), parameters.replace(value, `${value}${ofCounty}`))
    return openPack('indicators', { policies: folder })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

beforeAll(async () => {
  const { appUrl, ownerUrl } = await cloneDatabase()
  database = openDatabase(appUrl, 2)
  owner = openDatabase(ownerUrl, 1)
  earlier = openPack('indicators')
  later = openLater()
  firings = await findInCases(earlier)
  await raiseFound(database, earlier, firings)
})
afterAll(async () => {
  await database.close()
  await owner.close()
})

const replayed = async (tx: Tx): Promise<ReadonlyMap<string, AlertReplay>> => {
  const results = new Map<string, AlertReplay>()
  for await (const { id, result } of replayAlerts(tx)) results.set(id, result)
  return results
}

/** What replay says after a change that is taken back again. */
const afterChange = async (change: (tx: Tx) => Promise<unknown>): Promise<readonly AlertReplay[]> => {
  const undo = new Error('undo')
  let results: readonly AlertReplay[] = []
  await inScope(owner, everywhere, async (tx) => {
    await change(tx)
    results = [...new Set((await replayed(tx)).values())]
    throw undo
  }).catch((error: unknown) => {
    if (error !== undo) throw error
  })
  return results
}

test('alerts of every indicator come out byte for byte from the facts and the pack that were kept', async () => {
  const results = await inScope(database, everywhere, replayed)
  expect(new Set(firings.map(({ rule }) => rule.id)).size).toBe(16)
  expect(results.size).toBe(firings.length)
  expect(new Set(results.values())).toEqual(new Set(['same']))
})

test('what is frozen are the facts that the indicator reads, and nobody is named', async () => {
  const { frozen, rule } = firings.find(({ rule: { id } }) => id === 'second-home') as Firing
  expect(rule.condition).toBeDefined()
  expect(Object.keys(frozen.facts)).toContain('homeUnits')
  const all = Object.keys(earlier.pack.facts.household ?? {})
  expect(Object.keys(frozen.facts).length).toBeLessThan(all.length)
  expect(frozen.region).toBe('532900000000')
})

/** Changes what an alert of one indicator keeps. */
const changed = (indicator: string, column: string, value: string) => (tx: Tx) =>
  sql`update alerts set ${sql.raw(column)} = ${sql.raw(value)} where indicator = ${indicator}`.execute(tx)

const at = (path: string, value: string) => `jsonb_set(explanation, '{${path}}', '${value}')`

const changes = [
  ['a frozen fact', 'second-home', 'explanation', at('frozen,facts,homeUnits', '3'), 'facts-broken'],
  ['the day', 'second-home', 'explanation', at('on', '"2026-06-16"'), 'facts-broken'],
  ['the region', 'second-home', 'explanation', at('frozen,region', '"532901000000"'), 'facts-broken'],
  ['the seal', 'second-home', 'explanation', at('frozenHash', '"0"'), 'facts-broken'],
  ['the frozen facts as a whole', 'second-home', 'explanation', `explanation - 'frozen'`, 'facts-lost'],
  ['the sentence', 'second-home', 'explanation', at('sentences,zh', '"x"'), 'differs'],
  ['what the desk shows', 'second-home', 'summary', `summary || '。'`, 'differs'],
  ['the fingerprint', 'second-home', 'fingerprint', `'0'`, 'differs'],
  ['the subject', 'second-home', 'household_id', 'gen_random_uuid()', 'differs'],
] as const

test.each(changes)('%s that was changed is noticed', async (_what, indicator, column, value, result) => {
  expect(await afterChange(changed(indicator, column, value))).toEqual(
    expect.arrayContaining(['same', result]),
  )
})

test.each([
  ...changes,
  ['what was found', 'second-home', 'explanation', at('trace,result', 'false'), 'differs'],
  ['a parameter', 'second-home', 'explanation', at('parameters,0,value', '1'), 'differs'],
] as const)(
  '%s that was changed is noticed in an alert that an earlier program explained',
  async (...given) => {
    const [_what, indicator, column, value, result] = given
    const results = await afterChange(async (tx) => {
      await explainAsBefore(tx, earlier, firings)
      await changed(indicator, column, value)(tx)
    })
    expect(results).toEqual(expect.arrayContaining(['same', result]))
  },
)

test('alerts that an earlier program explained come out byte for byte too', async () => {
  expect(await afterChange((tx) => explainAsBefore(tx, earlier, firings))).toEqual(['same'])
})

test('a fact whose seal was made anew is noticed all the same', async () => {
  const results = await afterChange(async (tx) => {
    const rows = await tx
      .selectFrom('alerts')
      .select(['id', 'explanation'])
      .where('indicator', '=', 'second-home')
      .execute()
    for (const { id, explanation } of rows) {
      const { frozen, frozenHash: _, ...said } = explanation as Said & { frozen: Frozen; frozenHash: string }
      const other = { ...frozen, facts: { ...frozen.facts, homeUnits: 7 } }
      const changedToo = { ...said, frozen: other, frozenHash: frozenHashOf(said, other) }
      await tx
        .updateTable('alerts')
        .set({ explanation: JSON.stringify(changedToo) })
        .where('id', '=', id)
        .execute()
    }
  })
  expect(results.toSorted()).toEqual(['differs', 'same'])
})

test('a byte of the kept pack that was changed, or a pack that is gone, is noticed', async () => {
  const pack = (tx: Tx) => tx.updateTable('pack_files').where('hash', '=', earlier.hash)
  const content = earlier.content.replace('请核实家庭财产', '请核实家庭财产 ')
  expect(await afterChange((tx) => pack(tx).set({ content }).execute())).toEqual(['pack-broken'])
  expect(
    await afterChange((tx) =>
      pack(tx)
        .set({ hash: '0'.repeat(64) })
        .execute(),
    ),
  ).toEqual(['pack-lost'])
})

/** The same finding of another subject. */
const ofAnother = (firing: Firing): Firing => {
  const subjectId = newId()
  return { ...firing, subjectId, explanation: { ...firing.explanation, subject: subjectId } }
}

test('an alert of a county with a value of its own is computed by that value', async () => {
  const found = (await findInCases(later, county)).filter(({ rule }) => rule.id === 'second-home')
  expect(found.length).toBeGreaterThan(0)
  for (const { frozen } of found) expect(frozen).toMatchObject({ region: county, facts: { homeUnits: 3 } })
  await raiseFound(database, later, found.map(ofAnother))
  expect(new Set((await inScope(database, everywhere, replayed)).values())).toEqual(new Set(['same']))
})

test('an alert of a former version of its indicator is computed by the pack that raised it', async () => {
  const found = (await findInCases(later)).filter(({ rule }) => rule.id === 'second-home')
  expect(new Set(found.map(({ rule }) => rule.key))).toEqual(new Set(['second-home-later']))
  await raiseFound(database, later, found.map(ofAnother))
  const sentences = await inScope(database, everywhere, async (tx) => {
    expect(new Set((await replayed(tx)).values())).toEqual(new Set(['same']))
    return tx.selectFrom('alerts').select('summary').where('indicator', '=', 'second-home').execute()
  })
  expect(new Set(sentences.map(({ summary }) => summary.includes('按新规')))).toEqual(new Set([true, false]))
  // Without the former pack only its alerts are lost.
  const gone = await afterChange((tx) =>
    tx
      .updateTable('pack_files')
      .set({ hash: '0'.repeat(64) })
      .where('hash', '=', earlier.hash)
      .execute(),
  )
  expect(gone.toSorted()).toEqual(['pack-lost', 'same'])
})
