/** Keys that seal: a new version is used for new writes, every older one stays readable. */
export type SealingKey = 'text' | 'file'

/** Keys that fingerprint or permute. Their output is stored and compared, so a new one means recomputing what is stored. */
export type StableKey = 'number' | 'name' | 'other' | 'token'

/**
 * The one way to secret keys. It offers operations and never a key, so that a cipher machine (服务器密码机)
 * can stand behind it as well as a file: nothing above this interface knows which of the two it is.
 */
export interface KeyProvider {
  /** The version that `seal` uses now, 1 to 255. */
  currentVersion(key: SealingKey): number
  /** SM4-CTR under the named version; the same call decrypts. `iv` has 16 bytes and is never used twice. */
  keystream(key: SealingKey, version: number, iv: Uint8Array, input: Uint8Array): Uint8Array
  /**
   * `keystream` of many short values under IVs of their own, 16 bytes each, one after the other in `ivs`: the same bytes as
   * one by one, for a fraction of the cost.
   */
  keystreams(
    key: SealingKey,
    version: number,
    ivs: Uint8Array,
    inputs: readonly Uint8Array[],
  ): readonly Uint8Array[]
  /** HMAC-SM3 (32 bytes) by the authentication key that belongs to the sealing key of this version. */
  authenticate(key: SealingKey, version: number, parts: readonly Uint8Array[]): Uint8Array
  /** HMAC-SM3 (32 bytes) by a stable key. */
  fingerprint(key: Exclude<StableKey, 'token'>, text: string): Uint8Array
  /** SM4 on whole 16-byte blocks, each on its own, by the token key; for the lake's number permutation and match keys only. */
  encryptBlocks(blocks: Uint8Array): Uint8Array
}
