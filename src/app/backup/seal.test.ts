import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fc, test } from '@fast-check/vitest'
import { afterAll, beforeAll, expect } from 'vitest'
import { frame, framesOf } from './container.server.ts'
import { openSealer, unseal } from './seal.server.ts'

const passphrase = 'a passphrase for tests'
const folder = mkdtempSync(join(tmpdir(), 'doudi-seal-'))
const path = join(folder, 'sealed')
const plain = Buffer.alloc(2 ** 20 * 2 + 777, 'some bytes of a backup, again and again; ')
let sealed: Buffer

const sealAll = async (bytes: Buffer): Promise<Buffer> => {
  const seal = await openSealer(passphrase)
  const parts: Buffer[] = []
  for await (const part of seal(inChunks(bytes, 60_000))) parts.push(part)
  return Buffer.concat(parts)
}

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const opened = async (bytes: Buffer, words = passphrase): Promise<Buffer> => {
  writeFileSync(path, bytes)
  const file = await open(path)
  try {
    const parts: Buffer[] = []
    for await (const part of unseal(file, 'sealed', words)) parts.push(part)
    return Buffer.concat(parts)
  } finally {
    await file.close()
  }
}

beforeAll(async () => {
  sealed = await sealAll(plain)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('what was sealed opens again, and shows nothing of itself before', async () => {
  expect((await opened(sealed)).equals(plain)).toBe(true)
  expect(sealed.includes('some bytes')).toBe(false)
  expect((await opened(await sealAll(Buffer.alloc(0)))).length).toBe(0)
})

test('another passphrase is told from a damaged file', async () => {
  await expect(opened(sealed, 'another passphrase')).rejects.toMatchObject({
    code: 'backup.wrong-passphrase',
  })
  await expect(opened(await readFile(new URL(import.meta.url)))).rejects.toMatchObject({
    code: 'backup.not-a-backup',
  })
})

test('a file that was cut off, lengthened or put together anew is refused', async () => {
  const part = 2 ** 20 + 16 + 4
  const head = sealed.length - 2 * part - (777 + 16 + 4)
  const [first, second] = [sealed.subarray(head, head + part), sealed.subarray(head + part, head + 2 * part)]
  const rest = sealed.subarray(head + 2 * part)
  const altered: Buffer[] = [
    sealed.subarray(0, sealed.length - 1),
    sealed.subarray(0, head + part),
    sealed.subarray(0, head + 2 * part),
    Buffer.concat([sealed, Buffer.alloc(40)]),
    Buffer.concat([sealed.subarray(0, head), second, first, rest]),
    Buffer.concat([sealed.subarray(0, head), rest]),
  ]
  for (const bytes of altered) await expect(opened(bytes)).rejects.toMatchObject({ code: 'backup.damaged' })
})

test.prop([fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.integer({ min: 1, max: 255 })], {
  numRuns: 12,
})('one altered byte anywhere is noticed', async (where, by) => {
  const bytes = Buffer.from(sealed)
  const at = Math.floor(where * bytes.length)
  bytes[at] = (bytes[at] ?? 0) ^ by
  await expect(opened(bytes)).rejects.toMatchObject({ code: expect.stringMatching(/^backup\./) })
})

test.prop([
  fc.array(fc.tuple(fc.constantFrom('entry' as const, 'data' as const), fc.uint8Array({ maxLength: 300 }))),
  fc.integer({ min: 1, max: 50 }),
])('frames come back as they were, however the bytes are cut', async (frames, size) => {
  const bytes = Buffer.concat(frames.map(([type, content]) => frame(type, Buffer.from(content))))
  const found: [string, Uint8Array][] = []
  for await (const { type, bytes: content } of framesOf(inChunks(bytes, size)))
    found.push([type, new Uint8Array(content)])
  expect(found).toEqual(frames)
})
