import { createCipheriv, createDecipheriv, randomBytes, type ScryptOptions, scrypt } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { z } from 'zod'
import { Refusal } from '#base'

// A sealed file: mark, length and text of the head, then parts of at most 1 MiB, each encrypted and authenticated by
// AES-256-GCM with the head as associated data. A part's nonce counts it and says whether it is the last, so that parts
// can be neither dropped, swapped nor cut off at the end.
const mark = Buffer.from('DOUDIBK1')
const partBytes = 2 ** 20
const tagBytes = 16
const headLimit = 4096
const rounds = 2 ** 17
const cost: ScryptOptions = { r: 8, p: 1, maxmem: 2 ** 28 }

const headShape = z.object({
  kdf: z.literal('scrypt'),
  cost: z
    .int()
    .min(2)
    .max(2 ** 20),
  salt: z.base64(),
  /** Tells a wrong passphrase from a damaged file; says nothing about the key. */
  check: z.base64(),
  prefix: z.base64(),
})

interface Key {
  readonly key: Buffer
  readonly check: Buffer
}

const derive = (passphrase: string, salt: Buffer, n: number): Promise<Key> =>
  new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, 48, { ...cost, N: n }, (error, bytes) => {
      if (error) reject(error)
      else resolve({ key: bytes.subarray(0, 32), check: bytes.subarray(32) })
    })
  })

const nonceOf = (prefix: Buffer, part: number, last: boolean): Buffer => {
  const nonce = Buffer.alloc(12)
  prefix.copy(nonce)
  nonce.writeUInt32BE(part, 7)
  nonce[11] = last ? 1 : 0
  return nonce
}

const lengthOf = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

async function* inParts(source: AsyncIterable<Buffer>): AsyncGenerator<{ part: Buffer; last: boolean }> {
  let waiting: Buffer[] = []
  let size = 0
  for await (const chunk of source) {
    waiting.push(chunk)
    size += chunk.length
    // More than a part: what is left over proves that this one is not the last.
    while (size > partBytes) {
      const all = Buffer.concat(waiting)
      yield { part: all.subarray(0, partBytes), last: false }
      waiting = [all.subarray(partBytes)]
      size -= partBytes
    }
  }
  yield { part: Buffer.concat(waiting), last: true }
}

/** Gives the transform that seals a stream of bytes under a passphrase. */
export const openSealer = async (passphrase: string) => {
  const [salt, prefix] = [randomBytes(16), randomBytes(7)]
  const { key, check } = await derive(passphrase, salt, rounds)
  const base64 = (bytes: Buffer) => bytes.toString('base64')
  const head = Buffer.from(
    JSON.stringify({
      kdf: 'scrypt',
      cost: rounds,
      salt: base64(salt),
      check: base64(check),
      prefix: base64(prefix),
    } satisfies z.input<typeof headShape>),
  )
  return async function* seal(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    yield Buffer.concat([mark, lengthOf(head.length), head])
    let count = 0
    for await (const { part, last } of inParts(source)) {
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(prefix, count, last))
      cipher.setAAD(head)
      const sealed = Buffer.concat([cipher.update(part), cipher.final(), cipher.getAuthTag()])
      yield lengthOf(sealed.length)
      yield sealed
      count += 1
    }
  }
}

const damaged = (what: string): Refusal => new Refusal('backup.damaged', { what })

const readAt = async (file: FileHandle, at: number, length: number): Promise<Buffer> => {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, at)
  return buffer.subarray(0, bytesRead)
}

const readHead = async (file: FileHandle, name: string): Promise<Buffer> => {
  const start = await readAt(file, 0, mark.length + 4)
  const isOurs = start.length === mark.length + 4 && start.subarray(0, mark.length).equals(mark)
  const length = isOurs ? start.readUInt32BE(mark.length) : 0
  if (length === 0 || length > headLimit) throw new Refusal('backup.not-a-backup', { file: name })
  const head = await readAt(file, start.length, length)
  if (head.length < length) throw damaged('head')
  return head
}

const parseHead = (head: Buffer) => {
  try {
    const { salt, check, prefix, cost: n } = headShape.parse(JSON.parse(head.toString('utf8')))
    const bytes = (text: string) => Buffer.from(text, 'base64')
    return { salt: bytes(salt), check: bytes(check), prefix: bytes(prefix), cost: n }
  } catch {
    throw damaged('head')
  }
}

/**
 * Opens a sealed file part by part. Refuses what is no backup (`backup.not-a-backup`), another passphrase
 * (`backup.wrong-passphrase`) and anything altered, missing or added (`backup.damaged`).
 */
export async function* unseal(file: FileHandle, name: string, passphrase: string): AsyncGenerator<Buffer> {
  const head = await readHead(file, name)
  const { salt, check, prefix, cost: n } = parseHead(head)
  const derived = await derive(passphrase, salt, n)
  if (!derived.check.equals(check)) throw new Refusal('backup.wrong-passphrase')
  let at = mark.length + 4 + head.length
  const { size } = await file.stat()
  for (let count = 0; at < size; count++) {
    const length = (await readAt(file, at, 4)).readUInt32BE()
    if (length < tagBytes || length > partBytes + tagBytes) throw damaged(`part ${count + 1}`)
    const sealed = await readAt(file, at + 4, length)
    at += 4 + length
    if (sealed.length < length) throw damaged('end')
    const cipher = createDecipheriv('aes-256-gcm', derived.key, nonceOf(prefix, count, at >= size))
    cipher.setAAD(head)
    cipher.setAuthTag(sealed.subarray(-tagBytes))
    try {
      yield Buffer.concat([cipher.update(sealed.subarray(0, -tagBytes)), cipher.final()])
    } catch {
      throw damaged(at >= size ? 'end' : `part ${count + 1}`)
    }
  }
}
