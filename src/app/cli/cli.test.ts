import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { findCluster, purgeCluster } from '#store/server'
import { findRunning } from '../lock.server.ts'
import { type Child, killRest, runDoudi, startDoudi } from './testing/child.server.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

// One installation is followed from its first start to its end, so the tests of this file build on each other.
const home = mkdtempSync(join(tmpdir(), 'doudi-cli-'))
const dataDir = join(home, 'data')
const otherDir = join(home, 'other')
const seedDir = join(home, 'seed')
const backup = join(home, 'doudi.backup')
const world = ['--persons', '600', '--seed', '7']
const env = { DOUDI_BACKUP_PASSPHRASE: 'a passphrase for tests' }
const here = { dataDir, env }
const up = ['up', '--no-console', ...world]

let running: Child
let url = ''

const isReady = async (child: Child): Promise<string> => {
  const [, address = ''] = await child.sees(/Doudi runs at (http:\S+)/)
  return address
}

const json = async (args: readonly string[]) => {
  const ended = await runDoudi([...args, '--json'], here)
  if (ended.code !== 0) throw new Error(`${args.join(' ')}: ${ended.code}\n${ended.err}`)
  return ended.json
}

beforeAll(async () => {
  const seeding = runDoudi(['seed', ...world, '--out', seedDir, '--changes', '6', '--upload-sample'], here)
  const killed = startDoudi(up, here)
  await killed.sees(/✓ write department files/)
  killed.process.kill('SIGKILL')
  await killed.ended
  expect(findCluster(dataDir)?.pid).toBeDefined()
  running = startDoudi(up, here)
  url = await isReady(running)
  expect((await seeding).code).toBe(0)
})

afterAll(async () => {
  await killRest()
  for (const folder of [dataDir, otherDir]) await purgeCluster(folder, { keepPrograms: true })
  rmSync(home, { recursive: true, force: true })
})

test('after a kill in the middle of the first start the next one makes the whole demo and shows its accounts once', async () => {
  expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ready' })
  const file = join(dataDir, 'demo-accounts.json')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const accounts = JSON.parse(readFileSync(file, 'utf8')) as { login: string; password: string }[]
  for (const { login, password } of accounts) await running.sees(new RegExp(`^${login} +${password} `, 'm'))
  const { feeds } = await json(['feed', 'list'])
  expect(feeds).toHaveLength(17)
})

test('the same seed gives the same bytes', async () => {
  const again = join(home, 'again')
  await runDoudi(['seed', ...world, '--out', again, '--changes', '6', '--upload-sample'], here)
  const names = readdirSync(seedDir, { recursive: true, encoding: 'utf8' }).sort()
  expect(readdirSync(again, { recursive: true, encoding: 'utf8' }).sort()).toEqual(names)
  const files = names.filter((name) => statSync(join(seedDir, name)).isFile())
  expect(files.length).toBeGreaterThan(20)
  for (const name of files)
    expect(readFileSync(join(again, name)).equals(readFileSync(join(seedDir, name))), name).toBe(true)
})

test('a second start, a taken port and a place where nothing is are refused', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const [second, taken, nothing] = await Promise.all([
    runDoudi(up, here),
    runDoudi(up, { dataDir: join(home, 'third'), env: { PORT: String(port) } }),
    runDoudi(['scan'], { dataDir: join(home, 'third') }),
  ])
  server.close()
  for (const { code, out, err } of [second, taken, nothing])
    expect({ code, out, lines: err.trimEnd().split('\n').length }).toEqual({ code: 1, out: '', lines: 1 })
  expect(second.err).toContain(`(process ${running.process.pid})`)
  expect(taken.err).toContain(`Port ${port} is taken`)
  expect(existsSync(join(home, 'third', 'postgres'))).toBe(false)
  expect(nothing.err).toContain('npm start')
})

test('commands work on the running installation and show nobody’s number or name', async () => {
  const [scan, alerts, clock, doctor] = await Promise.all([
    json(['scan']),
    runDoudi(['alerts', '--grade', 'red', '--limit', '4'], here),
    json(['clock']),
    json(['doctor']),
  ])
  const names = [
    'persons',
    'households',
    'leads',
    'feedRows',
    'matched',
    'rejected',
    'adjudicated',
    'outcomes',
  ]
  for (const name of names) expect(scan[name], name).toEqual(expect.any(Number))
  expect(scan).toMatchObject({
    ok: true,
    persons: 600,
    raised: 0,
    merged: 0,
    alerts: { red: expect.any(Number), orange: expect.any(Number), yellow: expect.any(Number) },
    seconds: { match: expect.any(Number), raise: expect.any(Number) },
    checksum: expect.stringMatching(/^\d+$/),
  })
  expect(clock).toMatchObject({ businessDate: '2026-06-15', demo: true })
  expect(doctor.checks).not.toContainEqual(expect.objectContaining({ state: 'bad' }))
  // The making of the demo is in the chain, and every log-in and command after it.
  const entries = async () => {
    const { checks } = (await json(['doctor'])) as { checks: { id: string; text: string }[] }
    return Number(/\((\d+) entr/.exec(checks.find(({ id }) => id === 'audit')?.text ?? '')?.[1])
  }
  const before = await entries()
  expect(before).toBeGreaterThanOrEqual(2)
  const [account] = JSON.parse(readFileSync(join(dataDir, 'demo-accounts.json'), 'utf8'))
  const logIn = await fetch(`${url}/api/v1/access/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: account.login, password: account.password }),
  })
  expect(logIn.status).toBe(200)
  expect(await entries()).toBe(before + 1)
  const nobody = await fetch(`${url}/api/v1/access/session`)
  expect(await nobody.json()).toMatchObject({ status: 401, demo: true })
  expect(alerts.code).toBe(0)
  expect(alerts.out).not.toMatch(/\d{15}/)
  const listed = (await json(['alerts', '--limit', '200'])).alerts as {
    subjectKind: string
    subject: string
  }[]
  const household = listed.find(({ subjectKind }) => subjectKind === 'household')?.subject ?? ''
  const chain = await runDoudi(['chain', household, '--lang', 'zh'], here)
  expect(chain.out).toMatch(new RegExp(`^户编号 ${household}[^]*登记入库[^]*产生.*预警`))
})

test('a file with bad rows is read, its rejects written out, known when it comes again, and taken back', async () => {
  const folder = join(seedDir, 'upload')
  const name = readdirSync(folder).find((one) => /\.csv$/.test(one)) ?? ''
  const first = await json(['feed', 'import', join(folder, name)])
  expect(first).toMatchObject({
    ...{ known: false, kind: 'deaths', status: 'accepted' },
    ...{ rowsIn: 1000, rowsAccepted: 963, rowsRejected: 37 },
  })
  const id = String(first.id)
  const sheet = join(home, 'rejects.xlsx')
  const [again, rejects] = await Promise.all([
    json(['feed', 'import', join(folder, name)]),
    json(['feed', 'rejects', id, '--out', sheet]),
  ])
  expect(again).toMatchObject({ known: true, id })
  expect(rejects).toMatchObject({ rejected: 37, file: sheet })
  expect(rejects.rows).toHaveLength(37)
  expect(JSON.stringify(rejects.rows)).not.toMatch(/\d{15}/)
  expect(statSync(sheet).mode & 0o777).toBe(0o600)
  expect(readFileSync(sheet).subarray(0, 2).toString()).toBe('PK')
  expect(await json(['feed', 'take-back', id, '--reason', '只是演练'])).toMatchObject({ id, withdrawn: 0 })
  const twice = await runDoudi(['feed', 'take-back', id, '--reason', '只是演练'], here)
  expect(twice).toMatchObject({ code: 1, err: expect.stringContaining('taken-back') })
})

test('a file that cannot be read is refused with its reason and code 1', async () => {
  const path = join(home, 'page.xlsx')
  writeFileSync(path, '<html><table><tr><td>not a workbook</td></tr></table></html>')
  const [refused, missing] = await Promise.all([
    runDoudi(['feed', 'import', path, '--kind', 'moves', '--json'], here),
    runDoudi(['feed', 'import', join(home, 'nowhere.csv')], here),
  ])
  expect(refused).toMatchObject({ code: 1, json: { ok: false, error: { code: /^exchange\./ } } })
  expect(missing).toMatchObject({ code: 1, err: expect.stringContaining('nowhere.csv') })
})

test('an interrupted import leaves nothing of its file', async () => {
  const folder = join(seedDir, 'upload')
  const name = readdirSync(folder).find((one) => /\.csv$/.test(one)) ?? ''
  const [head = '', ...rows] = readFileSync(join(folder, name), 'latin1').split(/(?<=\n)/)
  const path = join(home, 'long.csv')
  writeFileSync(path, head + Array.from({ length: 60 }, () => rows.join('')).join(''), 'latin1')
  const watcher = watch(join(dataDir, 'inbox'))
  const importing = startDoudi(['feed', 'import', path, '--kind', 'deaths', '--period', '2026-06'], here)
  await once(watcher, 'change')
  watcher.close()
  importing.process.kill('SIGINT')
  const { code, out, err } = await importing.ended
  expect({ code, out }).toEqual({ code: 130, out: '' })
  expect(err.match(/正在停止… \/ stopping…/g)).toHaveLength(1)
  expect(readdirSync(join(dataDir, 'inbox'))).toEqual([])
  const { feeds } = await json(['feed', 'list', '--status', 'accepted'])
  expect(feeds).toHaveLength(17)
})

test('a backup can be made while it runs', async () => {
  const [figures, bare] = await Promise.all([
    json(['backup', backup]),
    runDoudi(['backup', join(home, 'bare.backup')], { dataDir }),
  ])
  expect(figures).toMatchObject({ missingFeeds: 0, demo: true, file: backup })
  expect(statSync(backup).mode & 0o777).toBe(0o600)
  expect(bare).toMatchObject({ code: 1, out: '', err: expect.stringContaining('DOUDI_BACKUP_PASSPHRASE') })
  const restore = await runDoudi(['restore', backup], here)
  expect(restore).toMatchObject({ code: 1, err: expect.stringContaining('already runs') })
})

test('after kill -9 a command takes the data over, can be interrupted, and the next start recovers', async () => {
  running.process.kill('SIGKILL')
  await running.ended
  expect(findRunning(dataDir)).toBeUndefined()
  const scanning = startDoudi(['scan'], here)
  await scanning.sees(/✓ match/)
  scanning.process.kill('SIGINT')
  expect((await scanning.ended).code).toBe(130)
  expect(findCluster(dataDir)?.pid).toBeUndefined()
  // What a killed saving of a simulation would leave.
  const kept = join(dataDir, 'lake', 'simulation', 'kept')
  mkdirSync(kept, { recursive: true })
  writeFileSync(join(kept, `${'a'.repeat(64)}-member.parquet`), '')
  running = startDoudi(up, here)
  url = await isReady(running)
  expect(readdirSync(kept)).toEqual([])
  await running.sees(/Accounts are in .*demo-accounts\.json/)
  expect(await json(['scan'])).toMatchObject({ raised: 0 })
})

test('Ctrl-C stops in order: one line, everything ended, code 0', async () => {
  running.process.kill('SIGINT')
  const { code, out, err } = await running.ended
  expect(code).toBe(0)
  expect(out).not.toMatch(/password/)
  expect(err.match(/正在停止… \/ stopping…/g)).toHaveLength(1)
  expect(findRunning(dataDir)).toBeUndefined()
  expect(findCluster(dataDir)?.pid).toBeUndefined()
  expect(existsSync(join(dataDir, 'attach.json'))).toBe(false)
})

test('restored into another folder, and over what is there, it starts there', async () => {
  const there = { dataDir: otherDir, env }
  const restored = await runDoudi(['restore', backup, '--json'], there)
  expect(restored).toMatchObject({ code: 0, json: { ok: true, demo: true } })
  const replaced = await runDoudi(['restore', backup, '--replace', '--json'], there)
  expect(replaced).toMatchObject({
    code: 0,
    json: { tables: restored.json.tables, rows: restored.json.rows },
  })
  const other = startDoudi(up, there)
  await isReady(other)
  const doctor = await runDoudi(['doctor', '--json'], there)
  expect(doctor).toMatchObject({ code: 0, json: { ok: true } })
  expect(await runDoudi(['down'], there)).toMatchObject({ code: 0, out: expect.stringMatching(/^stopped/) })
  expect((await other.ended).code).toBe(0)
})

test('down --purge deletes the database only when that is confirmed, and says what it deleted', async () => {
  const place = findCluster(otherDir)?.where ?? ''
  const asked = await runDoudi(['down', '--purge'], { dataDir: otherDir })
  expect(asked).toMatchObject({ code: 1, err: expect.stringContaining('--yes') })
  expect(existsSync(place)).toBe(true)
  const purged = await runDoudi(['down', '--purge', '--yes'], { dataDir: otherDir })
  expect(purged).toMatchObject({ code: 0, out: expect.stringContaining(`deleted the database: ${place}`) })
  expect(existsSync(join(place, 'data'))).toBe(false)
})
