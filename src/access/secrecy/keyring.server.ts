import { createCipheriv, createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { Refusal } from '#base'
import { counterBlocks, xorWith } from './counter-mode.ts'
import type { KeyProvider, SealingKey, StableKey } from './provider.server.ts'

export type KeyName = SealingKey | StableKey
export type StoredKey = { readonly name: KeyName; readonly version: number; readonly secret: Uint8Array }

const keyNames: readonly KeyName[] = ['text', 'file', 'number', 'name', 'other', 'token']
const secretBytes = 32
const highestVersion = 255

/** One fresh secret for every name. */
export const freshKeys = (): StoredKey[] => keyNames.map((name) => freshKey(name, 1))

/** The keys with a further version of one sealing key; older versions stay. */
export const withNextVersion = (keys: readonly StoredKey[], name: SealingKey): StoredKey[] => {
  const version = Math.max(...keys.filter((key) => key.name === name).map((key) => key.version)) + 1
  if (version > highestVersion) throw new Refusal('access.secret-versions-used-up', { key: name })
  return [...keys, freshKey(name, version)]
}

/** A provider over secrets held in memory. Refuses a set in which a name is missing. */
export const keyringProvider = (keys: readonly StoredKey[]): KeyProvider => {
  const derived = new Map<string, Derived>()
  for (const key of keys) derived.set(slot(key.name, key.version), derive(key.secret))
  const newest = new Map<KeyName, number>()
  for (const key of keys) newest.set(key.name, Math.max(key.version, newest.get(key.name) ?? 0))
  const missing = keyNames.filter((name) => !newest.has(name))
  if (missing.length > 0) throw new Refusal('access.secret-missing', { keys: missing.join(',') })

  const get = (name: KeyName, version: number): Derived => {
    const found = derived.get(slot(name, version))
    if (found === undefined) throw new Refusal('access.secret-version-unknown', { key: name, version })
    return found
  }
  const stable = (name: StableKey): Derived => get(name, newest.get(name) ?? 0)

  return {
    currentVersion: (key) => newest.get(key) ?? 0,
    keystream: (key, version, iv, input) => {
      const cipher = createCipheriv('sm4-ctr', get(key, version).cipher, iv)
      return Buffer.concat([cipher.update(input), cipher.final()])
    },
    keystreams: (key, version, ivs, inputs) => {
      const cipher = createCipheriv('sm4-ecb', get(key, version).cipher, null).setAutoPadding(false)
      return xorWith(cipher.update(counterBlocks(ivs, inputs)), inputs)
    },
    authenticate: (key, version, parts) => {
      const mac = createHmac('sm3', get(key, version).mac)
      for (const part of parts) mac.update(part)
      return mac.digest()
    },
    fingerprint: (key, text) => createHmac('sm3', stable(key).mac).update(text, 'utf8').digest(),
    encryptBlocks: (blocks) => {
      const cipher = createCipheriv('sm4-ecb', stable('token').cipher, null).setAutoPadding(false)
      return cipher.update(blocks)
    },
  }
}

type Derived = { readonly cipher: KeyObject; readonly mac: KeyObject }

// Two keys from one secret, so that no key ever serves both a cipher and a MAC.
const derive = (secret: Uint8Array): Derived => {
  const expand = (label: string) => createHmac('sm3', secret).update(label).digest()
  return {
    cipher: createSecretKey(expand('doudi:sm4').subarray(0, 16)),
    mac: createSecretKey(expand('doudi:hmac-sm3')),
  }
}

const freshKey = (name: KeyName, version: number): StoredKey => ({
  name,
  version,
  secret: randomBytes(secretBytes),
})

const slot = (name: KeyName, version: number): string => `${name}/${version}`
