import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readSettings } from './settings.server.ts'

const project = fileURLToPath(new URL('../../', import.meta.url))

test('nothing set means port 8080 on the loopback address, our own database and .data in the project', () => {
  expect(readSettings({})).toEqual({
    port: 8080,
    host: '127.0.0.1',
    databaseUrl: undefined,
    dataDir: `${project}.data`,
    color: true,
    logLevel: 'info',
    scanAt: '01:30',
  })
  expect(readSettings({ PORT: '', HOST: ' ', DATABASE_URL: '', DOUDI_DATA: '', NO_COLOR: '' })).toEqual(
    readSettings({}),
  )
})

test('what is set counts, and a relative data folder starts at the project wherever the command is given', () => {
  const settings = readSettings({
    PORT: ' 9000 ',
    HOST: '0.0.0.0',
    DATABASE_URL: 'postgres://owner:secret@db:5432/doudi',
    DOUDI_DATA: 'somewhere/else',
    NO_COLOR: '1',
    LOG_LEVEL: 'debug',
    SCAN_AT: 'off',
  })
  expect(settings).toEqual({
    port: 9000,
    host: '0.0.0.0',
    databaseUrl: 'postgres://owner:secret@db:5432/doudi',
    dataDir: `${project}somewhere/else`,
    color: false,
    logLevel: 'debug',
    scanAt: undefined,
  })
  expect(readSettings({ DOUDI_DATA: '/srv/doudi' }).dataDir).toBe('/srv/doudi')
  expect(readSettings({ HOST: '::1' }).host).toBe('::1')
  expect(readSettings({ HOST: 'localhost', PORT: '0' })).toMatchObject({ host: 'localhost', port: 0 })
})

test.each([
  ['PORT', '80a'],
  ['PORT', '-1'],
  ['PORT', '65536'],
  ['PORT', '8080.5'],
  ['HOST', 'not a host'],
  ['DATABASE_URL', 'mysql://user:secret@host/name'],
  ['DATABASE_URL', 'postgres://user:secret@host'],
  ['DATABASE_URL', 'secret'],
  ['LOG_LEVEL', 'loud'],
  ['SCAN_AT', '24:00'],
  ['SCAN_AT', '1:30'],
])('a wrong %s (%s) is named, its value is not', (name, value) => {
  let refused: unknown
  try {
    readSettings({ [name]: value })
  } catch (error) {
    refused = error
  }
  expect(refused).toMatchObject({ code: 'app.wrong-setting', details: { name } })
  expect(JSON.stringify(refused)).not.toContain('secret')
})

test('a program that starts with a wrong setting says one sentence and ends with code 1', () => {
  const env = { ...process.env, PORT: 'http', DATABASE_URL: '' }
  const ended = spawnSync(process.execPath, [`${project}src/app/cli/main.server.ts`, 'feed', 'list'], {
    env,
    encoding: 'utf8',
  })
  expect(ended.status).toBe(1)
  expect(ended.stdout).toBe('')
  expect(ended.stderr).toBe(
    '设置 PORT 不正确：应为 0 到 65535 的整数。 · The setting PORT is wrong: it must be a whole number from 0 to 65535.\n',
  )
})
