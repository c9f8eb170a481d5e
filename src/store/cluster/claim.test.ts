import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { type Claim, claimFolder, findHolder } from './claim.server.ts'
import { findProcessStart } from './processes.server.ts'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'doudi-claim-'))
  folders.push(folder)
  return folder
}

const leaveDeadClaim = (folder: string, holder: object): void => {
  claimFolder(folder)
  writeFileSync(join(folder, 'claims', '1'), JSON.stringify(holder))
}

test('a folder is held by one, and is free again when it is released', () => {
  const folder = aFolder()
  const first = claimFolder(folder) as Claim
  expect(claimFolder(folder)).toEqual({ heldBy: process.pid })
  expect(findHolder(folder)).toBe(process.pid)
  first.release()
  expect(findHolder(folder)).toBeUndefined()
  expect(claimFolder(folder)).toHaveProperty('release')
})

test('a holder that is gone, or whose number is another process by now, holds nothing', () => {
  const started = findProcessStart(process.pid)
  for (const holder of [
    { pid: 2 ** 22 + 1, started },
    { pid: process.pid, started: 'earlier' },
    { pid: 'x' },
  ]) {
    const folder = aFolder()
    leaveDeadClaim(folder, holder)
    expect(findHolder(folder)).toBeUndefined()
    expect(claimFolder(folder)).toHaveProperty('release')
  }
})

test('a torn claim holds nothing', () => {
  const folder = aFolder()
  claimFolder(folder)
  writeFileSync(join(folder, 'claims', '1'), '')
  expect(claimFolder(folder)).toHaveProperty('release')
})

test('old claims do not pile up', () => {
  const folder = aFolder()
  for (let turn = 0; turn < 5; turn++) (claimFolder(folder) as Claim).release()
  expect(readdirSync(join(folder, 'claims'))).toHaveLength(1)
})

test('releasing after the folder was removed does nothing', () => {
  const folder = aFolder()
  const claim = claimFolder(folder) as Claim
  rmSync(folder, { recursive: true })
  expect(claim.release).not.toThrow()
})

test('of several programs that find the same dead holder at once, exactly one follows it at any time', async () => {
  const folder = aFolder()
  leaveDeadClaim(folder, { pid: 2 ** 22 + 1, started: 'earlier' })
  const room = fileURLToPath(new URL('./claim.server.ts', import.meta.url))
  // Each takes the folder a hundred times; inside, it adds one to a count that only a single holder can keep right.
  const script = `import { claimFolder } from '${room}'
    import { readFileSync, writeFileSync } from 'node:fs'
    const [folder, count] = process.argv.slice(1)
    for (let taken = 0; taken < 100; ) {
      const claim = claimFolder(folder)
      if (!claim.release) continue
      writeFileSync(count, String(Number(readFileSync(count, 'utf8')) + 1))
      claim.release()
      taken++
    }`
  const count = join(folder, 'count')
  writeFileSync(count, '0')
  const children = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script, folder, count], { stdio: 'inherit' }),
  )
  await Promise.all(children.map((child) => once(child, 'exit')))
  expect(readFileSync(count, 'utf8')).toBe('400')
})
