import { randomBytes, timingSafeEqual } from 'node:crypto'
import { Refusal } from '#base'
import { normaliseName } from './normalise-name.ts'
import type { KeyProvider, SealingKey } from './provider.server.ts'

/** What the rooms do with secrets. `context` is bound to a sealed value: what one column sealed another cannot open. */
export interface Secrecy {
  /** Seals a text for a `bytea` column; `context` names table and column, e.g. `persons.number_sealed`. */
  encryptText(text: string, context: string): Uint8Array
  /** Seals many texts as `encryptText` does each, for less than half of the cost. */
  encryptTexts(texts: readonly string[], context: string): Uint8Array[]
  /** Opens it again. Refuses an altered value, another context and a key version that is not there. */
  decryptText(sealed: Uint8Array, context: string): string
  /** Seals a file, e.g. evidence of a visit; other keys than for texts. */
  encryptBytes(bytes: Uint8Array, context: string): Uint8Array
  /** Opens a sealed file. Refuses like `decryptText`. */
  decryptBytes(sealed: Uint8Array, context: string): Uint8Array
  /** 64 hex digits that stand for a canonical resident number in a unique index. */
  blindIndex(number: string): string
  /** A 63-bit fingerprint of a name after normalising (width, case, spaces, middle dots); undefined for an empty name. */
  nameKey(name: string): bigint | undefined
  /** A 63-bit fingerprint of any other identifying text (unit number, settlement number, certificate). */
  hashKey(kind: string, text: string): bigint
  /** The cipher under the lake's number permutation and match keys: whole 16-byte blocks, each on its own. */
  encryptBlocks(blocks: Uint8Array): Uint8Array
}

// Sealed value, format 1: format (1 byte), key version (1), IV (16), SM4-CTR ciphertext, HMAC-SM3 tag (32).
// Node's OpenSSL has no SM4-GCM; so the ciphertext is authenticated afterwards, with a key of its own.
const format = 1
const ivBytes = 16
const tagBytes = 32
const headBytes = 2 + ivBytes

/** The operations over a key provider. */
export const createSecrecy = (keys: KeyProvider): Secrecy => ({
  encryptText: (text, context) => seal(keys, 'text', Buffer.from(text, 'utf8'), context),
  encryptTexts: (texts, context) => sealTexts(keys, texts, context),
  decryptText: (sealed, context) => Buffer.from(open(keys, 'text', sealed, context)).toString('utf8'),
  encryptBytes: (bytes, context) => seal(keys, 'file', bytes, context),
  decryptBytes: (sealed, context) => open(keys, 'file', sealed, context),
  blindIndex: (number) => Buffer.from(keys.fingerprint('number', number)).toString('hex'),
  nameKey: (name) => {
    const normalised = normaliseName(name)
    return normalised === '' ? undefined : first63Bits(keys.fingerprint('name', normalised))
  },
  // A length before the kind keeps ('ab', 'c') and ('a', 'bc') apart.
  hashKey: (kind, text) =>
    first63Bits(keys.fingerprint('other', `${kind.length}:${kind}:${text.normalize('NFKC').trim()}`)),
  encryptBlocks: (blocks) => keys.encryptBlocks(blocks),
})

const seal = (keys: KeyProvider, key: SealingKey, plain: Uint8Array, context: string): Uint8Array => {
  const version = keys.currentVersion(key)
  const iv = randomBytes(ivBytes)
  const head = Buffer.concat([Uint8Array.of(format, version), iv])
  const body = keys.keystream(key, version, iv, plain)
  return Buffer.concat([head, body, keys.authenticate(key, version, authenticated(context, head, body))])
}

const sealTexts = (keys: KeyProvider, texts: readonly string[], context: string): Uint8Array[] => {
  const version = keys.currentVersion('text')
  const ivs = randomBytes(ivBytes * texts.length)
  const bodies = keys.keystreams(
    'text',
    version,
    ivs,
    texts.map((text) => Buffer.from(text, 'utf8')),
  )
  const begin = Uint8Array.of(format, version)
  const name = lengthAndName(context)
  return bodies.map((body, at) => {
    const head = Buffer.concat([begin, ivs.subarray(at * ivBytes, (at + 1) * ivBytes)])
    return Buffer.concat([head, body, keys.authenticate('text', version, [...name, head, body])])
  })
}

const open = (keys: KeyProvider, key: SealingKey, sealed: Uint8Array, context: string): Uint8Array => {
  if (sealed.length < headBytes + tagBytes || sealed[0] !== format) {
    throw new Refusal('access.sealed-value-unreadable', { context })
  }
  const version = sealed[1] ?? 0
  const head = sealed.subarray(0, headBytes)
  const body = sealed.subarray(headBytes, sealed.length - tagBytes)
  const tag = keys.authenticate(key, version, authenticated(context, head, body))
  if (!timingSafeEqual(tag, sealed.subarray(sealed.length - tagBytes))) {
    throw new Refusal('access.sealed-value-altered', { context })
  }
  return keys.keystream(key, version, head.subarray(2), body)
}

const authenticated = (context: string, head: Uint8Array, body: Uint8Array): Uint8Array[] => [
  ...lengthAndName(context),
  head,
  body,
]

const lengthAndName = (context: string): readonly Uint8Array[] => {
  const name = Buffer.from(context, 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(name.length)
  return [length, name]
}

// PostgreSQL and DuckDB have signed 64-bit integers: the sign bit stays clear.
const first63Bits = (bytes: Uint8Array): bigint =>
  new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0) >> 1n
