import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fc, test } from '@fast-check/vitest'
import { afterEach, beforeEach, expect } from 'vitest'
import { openKeyFile, rotateKeyFile } from './key-file.server.ts'
import { freshKeys, keyringProvider } from './keyring.server.ts'
import { createSecrecy } from './secrecy.server.ts'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'doudi-keys-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const inMemory = () => createSecrecy(keyringProvider(freshKeys()))
const number = '990101199001010010'

test('the key file is made once, for its owner only, and read by the next start', () => {
  const sealed = createSecrecy(openKeyFile(directory)).encryptText(number, 'persons.number')
  expect(statSync(join(directory, 'keys.json')).mode & 0o777).toBe(0o600)
  expect(createSecrecy(openKeyFile(directory)).decryptText(sealed, 'persons.number')).toBe(number)
})

test('a key file that others may read is refused', () => {
  openKeyFile(directory)
  chmodSync(join(directory, 'keys.json'), 0o640)
  expect(() => openKeyFile(directory)).toThrow(
    expect.objectContaining({ code: 'access.secret-file-open-to-others' }),
  )
})

test.each([
  ['not JSON at all', () => '{"secret": "abc'],
  ['another format', (text: string) => text.replace('"format": 1', '"format": 2')],
  ['a short secret', (text: string) => text.replace(/"secret": ".{8}/, '"secret": "')],
])('a damaged key file (%s) is refused without quoting it', (_name, damage) => {
  openKeyFile(directory)
  const path = join(directory, 'keys.json')
  writeFileSync(path, damage(readFileSync(path, 'utf8')))
  const refused = expect.objectContaining({ code: 'access.secret-file-damaged', details: {} })
  expect(() => openKeyFile(directory)).toThrow(refused)
})

test('a key that is missing from the set is refused at start', () => {
  const keys = freshKeys().filter((key) => key.name !== 'name')
  expect(() => keyringProvider(keys)).toThrow(expect.objectContaining({ code: 'access.secret-missing' }))
})

test.prop([fc.array(fc.string({ unit: 'grapheme', maxLength: 80 }), { maxLength: 20 })])(
  'texts sealed together open one by one, under IVs of their own, and under no other context',
  (texts) => {
    const secrecy = inMemory()
    const sealed = secrecy.encryptTexts(texts, 'unmatched_rows.identity_cipher')
    expect(sealed.map((each) => secrecy.decryptText(each, 'unmatched_rows.identity_cipher'))).toEqual(texts)
    const ivs = sealed.map((each) => Buffer.from(each.subarray(2, 18)).toString('hex'))
    expect(new Set(ivs).size).toBe(texts.length)
    for (const each of sealed)
      expect(() => secrecy.decryptText(each, 'persons.number')).toThrow(
        expect.objectContaining({ code: 'access.sealed-value-altered' }),
      )
  },
)

test.prop([fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.uint8Array({ maxLength: 100 })])(
  'key streams made together are those made one by one, also where the counter runs over',
  (iv, input) => {
    const keys = keyringProvider(freshKeys())
    const last = new Uint8Array(16).fill(0xff)
    const together = keys.keystreams('text', 1, Buffer.concat([iv, last]), [input, input])
    const each = [iv, last].map((own) => keys.keystream('text', 1, own, input))
    expect(together.map((bytes) => Buffer.from(bytes).toString('hex'))).toEqual(
      each.map((bytes) => Buffer.from(bytes).toString('hex')),
    )
  },
)

test('after a rotation new writes use the new version and old ones stay readable', () => {
  const before = createSecrecy(openKeyFile(directory))
  const old = before.encryptText('张三', 'persons.name')
  const after = createSecrecy(rotateKeyFile(directory, 'text'))
  const recent = after.encryptText('张三', 'persons.name')
  expect([old[1], recent[1]]).toEqual([1, 2])
  expect([old, recent].map((sealed) => after.decryptText(sealed, 'persons.name'))).toEqual(['张三', '张三'])
  expect(after.blindIndex(number)).toBe(before.blindIndex(number))
  expect(statSync(join(directory, 'keys.json')).mode & 0o777).toBe(0o600)
  // A program that still holds the older keys says so instead of returning nonsense.
  expect(() => before.decryptText(recent, 'persons.name')).toThrow(
    expect.objectContaining({ code: 'access.secret-version-unknown' }),
  )
})

test.prop([fc.string({ unit: 'binary' }), fc.string()])(
  'what is sealed opens to the same text',
  (text, context) => {
    const secrecy = inMemory()
    expect(secrecy.decryptText(secrecy.encryptText(text, context), context)).toBe(text)
  },
)

test.prop([fc.uint8Array({ maxLength: 3000 })])('a file opens to the same bytes', (bytes) => {
  const secrecy = inMemory()
  const sealed = secrecy.encryptBytes(bytes, 'evidence.content')
  expect(Buffer.from(secrecy.decryptBytes(sealed, 'evidence.content'))).toEqual(Buffer.from(bytes))
})

test('the same text is never sealed to the same bytes', () => {
  const secrecy = inMemory()
  const sealed = () => Buffer.from(secrecy.encryptText(number, 'c')).toString('hex')
  expect(sealed()).not.toBe(sealed())
})

test('a change of any single byte is noticed', () => {
  const secrecy = inMemory()
  const sealed = secrecy.encryptText('甲', 'c')
  for (let at = 0; at < sealed.length; at += 1) {
    const altered = Uint8Array.from(sealed)
    altered[at] = (altered[at] ?? 0) ^ 1
    expect(() => secrecy.decryptText(altered, 'c'), `byte ${at}`).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^access\.(sealed-value|secret-version)/) }),
    )
  }
  expect(() => secrecy.decryptText(sealed.subarray(0, 40), 'c')).toThrow(
    expect.objectContaining({ code: 'access.sealed-value-unreadable' }),
  )
})

test('another key, another context and another kind of key do not open it', () => {
  const secrecy = inMemory()
  const sealed = secrecy.encryptText(number, 'persons.number')
  const altered = expect.objectContaining({ code: 'access.sealed-value-altered' })
  expect(() => inMemory().decryptText(sealed, 'persons.number')).toThrow(altered)
  expect(() => secrecy.decryptText(sealed, 'persons.phone')).toThrow(altered)
  expect(() => secrecy.decryptBytes(sealed, 'persons.number')).toThrow(altered)
})

test('a refusal never carries the sealed text or a key', () => {
  const secrecy = inMemory()
  try {
    inMemory().decryptText(secrecy.encryptText(number, 'persons.number'), 'persons.number')
  } catch (error) {
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(number)
  }
})

test('names that departments write differently have one key, different names have different keys', () => {
  const secrecy = inMemory()
  const key = secrecy.nameKey('阿依古丽·买买提')
  for (const same of ['阿依古丽•买买提', '阿依古丽．买买提', ' 阿依古丽 买买提', '阿依古丽买买提']) {
    expect(secrecy.nameKey(same)).toBe(key)
  }
  expect(secrecy.nameKey('阿依古丽·买买堤')).not.toBe(key)
  expect(secrecy.nameKey(' · ')).toBeUndefined()
  expect(inMemory().nameKey('阿依古丽·买买提')).not.toBe(key)
})

test.prop([fc.string(), fc.string()])(
  'a hash key is a signed 64-bit integer that is never negative',
  (kind, text) => {
    const key = inMemory().hashKey(kind, text)
    expect(key >= 0n && key < 2n ** 63n).toBe(true)
  },
)

test('hash keys of different kinds do not collide by concatenation', () => {
  const secrecy = inMemory()
  expect(secrecy.hashKey('ab', 'c')).not.toBe(secrecy.hashKey('a', 'bc'))
})
