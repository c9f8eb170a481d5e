import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { findRunning, isSameSecret, lockInstallation } from './lock.server.ts'

const folders: string[] = []
const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'doudi-lock-'))
  folders.push(folder)
  return join(folder, 'data')
}

/** Another program that takes the lock, announces itself and stays. */
const lockElsewhere = async (dataDir: string): Promise<ChildProcess> => {
  const room = fileURLToPath(new URL('./lock.server.ts', import.meta.url))
  const script = `import { lockInstallation } from '${room}'
    lockInstallation(process.argv[1]).announce({ host: '127.0.0.1', port: 4711 })
    console.log('locked'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, dataDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  await once(child.stdout as NodeJS.ReadableStream, 'data')
  return child
}

test('a second start in the same data folder is refused and told who runs', async () => {
  const dataDir = aFolder()
  const child = await lockElsewhere(dataDir)
  expect(() => lockInstallation(dataDir)).toThrow(
    expect.objectContaining({ code: 'app.already-running', details: { dataDir, pid: child.pid } }),
  )
  expect(findRunning(dataDir)).toMatchObject({ pid: child.pid, control: { host: '127.0.0.1', port: 4711 } })
})

test('a killed holder loses the folder at once, and its address is not found any more', async () => {
  const dataDir = aFolder()
  const child = await lockElsewhere(dataDir)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(existsSync(join(dataDir, 'control.json'))).toBe(true)
  expect(findRunning(dataDir)).toBeUndefined()
  const lock = lockInstallation(dataDir)
  expect(findRunning(dataDir)).toEqual({ pid: process.pid, control: undefined })
  lock.release()
})

test('a holder whose number was given to another process has lost the folder', () => {
  const dataDir = aFolder()
  lockInstallation(dataDir)
  const claim = join(dataDir, 'claims', '1')
  writeFileSync(
    claim,
    JSON.stringify({ ...JSON.parse(readFileSync(claim, 'utf8')), started: 'another time' }),
  )
  expect(findRunning(dataDir)).toBeUndefined()
  lockInstallation(dataDir).release()
})

test('the control file is for its owner only, has a new secret each time, and goes with the lock', () => {
  const dataDir = aFolder()
  const lock = lockInstallation(dataDir)
  const secret = lock.announce({ host: '127.0.0.1', port: 8080 })
  expect(statSync(join(dataDir, 'control.json')).mode & 0o777).toBe(0o600)
  expect(findRunning(dataDir)?.control).toEqual({ pid: process.pid, host: '127.0.0.1', port: 8080, secret })
  expect(lock.announce({ host: '127.0.0.1', port: 8080 })).not.toBe(secret)
  lock.release()
  lock.release()
  expect(existsSync(join(dataDir, 'control.json'))).toBe(false)
  expect(findRunning(dataDir)).toBeUndefined()
  lockInstallation(dataDir).release()
})

test('a folder that cannot be made is named', () => {
  const file = aFolder()
  writeFileSync(file, '')
  expect(() => lockInstallation(join(file, 'data'))).toThrow(
    expect.objectContaining({ code: 'app.no-data-folder' }),
  )
})

test.runIf(existsSync('/proc/self'))(
  'a place where nothing can be made is refused at once, not waited for',
  () => {
    for (const dataDir of ['/proc/doudi/data', '/proc', '/proc/self'])
      expect(() => lockInstallation(dataDir), dataDir).toThrow(
        expect.objectContaining({
          code: 'app.no-data-folder',
          details: { dataDir, reason: expect.any(String) },
        }),
      )
  },
)

test('secrets are the same only when every character is', () => {
  expect(isSameSecret('abc', 'abc')).toBe(true)
  expect(isSameSecret('abc', 'abd')).toBe(false)
  expect(isSameSecret('', 'abc')).toBe(false)
})
