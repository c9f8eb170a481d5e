import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { Refusal } from '#base'
import { describeError, type Log, openLog } from './log.server.ts'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const aLog = async (level = 'debug'): Promise<{ log: Log; folder: string; read: () => string }> => {
  const folder = mkdtempSync(join(tmpdir(), 'doudi-log-'))
  folders.push(folder)
  const log = await openLog(folder, { level })
  const files = (): string[] => readdirSync(join(folder, 'logs')).map((name) => join(folder, 'logs', name))
  return {
    log,
    folder,
    read: () =>
      files()
        .map((file) => readFileSync(file, 'utf8'))
        .join(''),
  }
}

test('a line is JSON with time, level, message and the permitted facts', async () => {
  const { log, folder, read } = await aLog('info')
  log.info(
    { route: '/api/v1/registry/households/:id', status: 200, ms: 12, frames: ['at a', 'at b'] },
    'request',
  )
  log.debug({ count: 1 }, 'below the level')
  log.error({ code: 'store.unreachable', pid: 5 }, 'stopped')
  await log.close()
  const lines = read()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines).toEqual([
    {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      route: '/api/v1/registry/households/:id',
      status: 200,
      ms: 12,
      frames: ['at a', 'at b'],
      msg: 'request',
    },
    { level: 'error', time: expect.any(String), code: 'store.unreachable', pid: 5, msg: 'stopped' },
  ])
  const [file] = readdirSync(join(folder, 'logs'))
  expect(file).toMatch(/^doudi\.\d{4}-\d\d-\d\d\.1\.log$/)
  expect(statSync(join(folder, 'logs', file ?? '')).mode & 0o777).toBe(0o600)
  expect(statSync(join(folder, 'logs')).mode & 0o777).toBe(0o700)
})

test('planted names and numbers do not appear, whichever way they come', async () => {
  const canaries = [
    '欧阳测试',
    'Canary Wang',
    '999901199001011234',
    '99990119900101123X',
    '999901900101123',
    '13812345678',
    '6228480402564890018',
    'canary@example.org',
  ]
  const { log, read } = await aLog()
  for (const canary of canaries) {
    // Keys that are not on the list, at any depth.
    log.info(
      { name: canary, number: canary, body: { name: canary }, query: [canary], url: `/x?q=${canary}` },
      'request',
    )
    log.info({ count: { [canary]: canary } as unknown as number, frames: [{ name: canary }] }, 'nested')
    // Errors, whose messages quote values.
    const cause = new Error(`invalid input syntax for type date: "${canary}"`)
    log.error({ error: cause, cause, code: new Refusal('registry.not-found', { name: canary }) }, 'failed')
    log.error({ ...describeError(Object.assign(cause, { detail: `Key (name)=(${canary})` })) }, 'failed')
  }
  // The last net: permitted keys and messages that hold what looks like a person's number or name.
  for (const canary of canaries.filter((text) => !/[a-z]/.test(text))) {
    log.warn(
      { code: canary, error: `at ${canary}`, kind: `feed:${canary}`, frames: [`at ${canary}`] },
      `row of ${canary} rejected`,
    )
    if (/^\d+$/.test(canary)) log.warn({ count: Number(canary), rows: BigInt(canary) }, 'numbers')
  }
  await log.close()
  const written = read()
  expect(written.split('\n').length).toBeGreaterThan(40)
  for (const canary of canaries) expect(written).not.toContain(canary)
  expect(written).not.toMatch(/\p{Script=Han}/u)
})

test('an error is told by kind, code and place', () => {
  const described = describeError(new Refusal('registry.not-found', { name: '张三' }))
  expect(described).toMatchObject({ error: 'Refusal', code: 'registry.not-found' })
  expect((described.frames as string[])[0]).toMatch(/^at .*log\.test\.ts/)
  expect(describeError('thrown text')).toEqual({ error: 'string' })
})

test('a full disk does not stop the work, and is said once', async () => {
  const first = await aLog('info')
  first.log.info({ count: 1 }, 'before')
  await first.log.close()
  const [file = ''] = readdirSync(join(first.folder, 'logs'))
  rmSync(join(first.folder, 'logs', file))
  symlinkSync('/dev/full', join(first.folder, 'logs', file))
  let tell = (_reason: string): void => {}
  const told = new Promise<string>((resolve) => {
    tell = resolve
  })
  const reasons: string[] = []
  const onLost = (reason: string): void => {
    reasons.push(reason)
    tell(reason)
  }
  const log = await openLog(first.folder, { level: 'info', onLost })
  log.info({ count: 2 }, 'lost')
  expect(await told).toBe('ENOSPC')
  log.info({ count: 3 }, 'lost')
  await log.close()
  expect(() => log.info({ count: 4 }, 'after the end')).not.toThrow()
  expect(reasons).toEqual(['ENOSPC'])
})
