import type { Secrecy } from '#access/server'
import { type Token, tokensOf } from '#lake'
import type { RowSecrecy } from './keep-identities.server.ts'

const rememberedAtMost = 1 << 15

/** Remembers answers, and forgets them all when they are many. */
const remembering = <V>(make: (text: string) => V) => {
  let known = new Map<string, V>()
  const put = (text: string, value: V): V => {
    if (known.size >= rememberedAtMost) known = new Map()
    known.set(text, value)
    return value
  }
  return {
    find: (text: string): V | undefined => known.get(text),
    put,
    get: (text: string): V => (known.has(text) ? (known.get(text) as V) : put(text, make(text))),
  }
}

/**
 * The secrecy, remembering what it was asked a moment ago: tokens and names' keys are needed for the registry and again for
 * the lake, people come several times in a file, and a keyed hash costs more than all else of a row.
 */
export const rememberingSecrecy = (secrecy: Secrecy): RowSecrecy => {
  const names = remembering(secrecy.nameKey)
  const tokens = remembering<Token | null>(() => null)
  return {
    encryptTexts: secrecy.encryptTexts,
    encryptBlocks: secrecy.encryptBlocks,
    hashKey: secrecy.hashKey,
    nameKey: names.get,
    tokensOf: (numbers) => {
      const found = numbers.map((number) => (number === null ? null : tokens.find(number)))
      const asked = numbers.map((number, at) => (found[at] === undefined ? number : null))
      if (asked.every((number) => number === null)) return found as (Token | null)[]
      const made = tokensOf(asked, secrecy.encryptBlocks)
      return numbers.map((number, at) => {
        const token = found[at]
        return token !== undefined || number === null ? (token ?? null) : tokens.put(number, made[at] ?? null)
      })
    },
  }
}
