import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openSecrecy } from '#access/server'
import { businessDate, canonicalJson, newId, systemClock } from '#base'
import { decideProgrammes, rootEntity, subjectReported } from '#policy'
import { keepPack, openPack, packOn } from '#rulebook/server'
import { everywhere } from '#store'
import { inScope, openDatabase, type Tx } from '#store/server'
import { emptyDatabase } from '#testing/postgres.ts'
import { killRest, runDoudi, startDoudi } from '../testing/child.server.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

// An installation on a database of its own, started once and stopped; the commands find it by themselves.
const home = mkdtempSync(join(tmpdir(), 'doudi-policy-record-'))
const dataDir = join(home, 'data')
let ownerUrl = ''

beforeAll(async () => {
  ownerUrl = (await emptyDatabase()).ownerUrl
  const up = startDoudi(['up', '--no-console'], { dataDir, env: { DATABASE_URL: ownerUrl } })
  await up.sees(/Doudi runs at/)
  up.process.kill('SIGTERM')
  await up.ended
})
afterAll(async () => {
  await killRest()
  rmSync(home, { recursive: true, force: true })
})

const policy = (...args: string[]) =>
  runDoudi(['policy', ...args], { dataDir, env: { DATABASE_URL: ownerUrl } })
const jsonOf = (...args: string[]) => policy(...args, '--json')

const written = async (work: (tx: Tx) => Promise<void>): Promise<void> => {
  const database = openDatabase(ownerUrl, 1)
  try {
    await inScope(database, everywhere, work)
  } finally {
    await database.close()
  }
}

const [on, region] = ['2024-06-15', '150202000000']

/** A decision as the console keeps it; `missing` leaves its pack out, `spoilt` changes what came out. */
const keepDecision = async (tx: Tx, { missing = false, spoilt = false } = {}): Promise<string> => {
  const checked = openPack('demo')
  const household = { facts: {}, lists: { members: [{ facts: { wageFen: 150_000 }, lists: {} }] } }
  const force = packOn(checked, businessDate(on), region)
  const entity = rootEntity(force.pack)
  const subject = subjectReported(force.pack, entity, '', { members: [{ wageFen: 150_000 }] }, 'usual')
  const { id: name, version } = force.pack.head
  const outcome = canonicalJson({
    format: 1,
    pack: { id: name, version, hash: checked.hash },
    on: spoilt ? '2024-06-16' : on,
    region,
    programmes: decideProgrammes(force, entity, subject),
  })
  if (!missing) await keepPack(tx, systemClock(), checked)
  const id = newId()
  const frozen = canonicalJson({ household, unsaid: 'usual' })
  await tx
    .insertInto('trials')
    .values({
      ...{ id, region_code: region, household_id: null, on_date: on, pack_id: name, pack_version: version },
      pack_hash: missing ? '0'.repeat(64) : checked.hash,
      facts_cipher: Buffer.from(openSecrecy(dataDir).encryptText(frozen, 'trials.facts_cipher')),
      note_cipher: null,
      outcome: Buffer.from(outcome, 'utf8'),
      ...{ saved_by: newId(), saved_at: '2026-06-15T02:00:00.000Z' },
    })
    .execute()
  return id
}

test('replay gives 0 where every decision comes out as it was kept, and 1 with the ones that do not', async () => {
  expect(await jsonOf('replay')).toMatchObject({ code: 0, json: { ok: true, decisions: 0, failed: [] } })
  await written(async (tx) => void (await keepDecision(tx)))
  const good = await jsonOf('replay')
  expect(good).toMatchObject({ code: 0, json: { ok: true, decisions: 1, counts: { same: 1 }, failed: [] } })
  let [spoilt, lost] = ['', '']
  await written(async (tx) => {
    spoilt = await keepDecision(tx, { spoilt: true })
    lost = await keepDecision(tx, { missing: true })
  })
  const bad = await jsonOf('replay')
  expect(bad).toMatchObject({ code: 1, json: { ok: false, decisions: 3, counts: { same: 1, differs: 1 } } })
  expect(bad.json.failed).toMatchObject([
    { id: spoilt, result: 'differs' },
    { id: lost, result: 'pack-lost', packHash: '0'.repeat(64) },
  ])
  const told = await policy('replay')
  expect(told.code).toBe(1)
  expect(told.out).toContain(spoilt)
  expect(told.out).toContain('3 decisions computed again, 2 not as they were kept')
})

const release = async (tx: Tx): Promise<void> => {
  const first = await tx.selectFrom('accounts').selectAll().executeTakeFirstOrThrow()
  const second = { ...first, id: newId(), login: 'second-person' }
  await tx.insertInto('accounts').values(second).execute()
  const id = newId()
  await tx
    .insertInto('parameter_proposals')
    .values({
      ...{ id, pack: 'demo', parameter: 'dibaoStandardUrbanFen', value: JSON.stringify(91_234) },
      ...{ effective_from: '2031-01-01', effective_until: null, region: '150200000000' },
      ...{ document: 'demo-values', new_document: null, clause: '第一条', note: null },
      ...{ checked_on: '2026-06-15', proposed_by: first.id, proposed_at: '2026-06-15T02:00:00.000Z' },
    })
    .execute()
  await tx
    .insertInto('parameter_decisions')
    .values({
      ...{ proposal_id: id, outcome: 'released', proposed_by: first.id, decided_by: second.id },
      ...{ decided_at: '2026-06-15T03:00:00.000Z', reason: null },
    })
    .execute()
}

test('export writes released values into the files of their pack, to the screen or into a folder', async () => {
  expect(await jsonOf('export')).toMatchObject({ code: 0, json: { ok: true, packs: [] } })
  expect((await policy('export')).out).toContain('no values were released in the console')
  await written(release)
  const shown = await policy('export')
  expect(shown).toMatchObject({ code: 0, out: expect.stringContaining('# policies/demo/parameters.yaml') })
  expect(shown.out).toContain('value: 91234')
  const out = join(home, 'exported')
  const saved = await jsonOf('export', '--out', out)
  expect(saved).toMatchObject({ code: 0, json: { ok: true, packs: [{ pack: 'demo', released: 1 }] } })
  expect(readFileSync(join(out, 'demo', 'parameters.yaml'), 'utf8')).toContain('value: 91234')
  expect(await jsonOf('export', '--pack', 'cn-national')).toMatchObject({ code: 0, json: { packs: [] } })
})

test('without an installation both refuse with code 1 and one sentence', async () => {
  for (const command of ['export', 'replay']) {
    const ended = await runDoudi(['policy', command, '--json'], { dataDir: join(home, 'none') })
    expect(ended).toMatchObject({ code: 1, json: { ok: false, error: { code: 'app.not-made-yet' } } })
  }
})
