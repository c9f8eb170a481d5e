import { assert } from '#base'
import { type EncryptBlocks, permute, permutedBits, unpermute } from './permutation.ts'

/** What stands for a resident number in the lake: a permuted 57-bit body, and the check character beside it. */
export type Token = { readonly token: bigint; readonly check: string }

const canonicalNumber = /^\d{17}[\dX]$/
const bodies = 10n ** 17n
// Between the cost of one cipher call and the memory of its blocks.
const batch = 8192

/**
 * Tokens of canonical resident numbers (18 characters, `X` in capitals), in their order; a null stays null.
 * Two numbers have one token only when their first 17 digits agree; the check character tells those apart.
 */
export const tokensOf = (
  numbers: readonly (string | null)[],
  encryptBlocks: EncryptBlocks,
): (Token | null)[] => {
  const tokens: (Token | null)[] = new Array(numbers.length).fill(null)
  for (let from = 0; from < numbers.length; from += batch) {
    const places: number[] = []
    for (let i = from; i < Math.min(from + batch, numbers.length); i += 1) {
      if (numbers[i] !== null) places.push(i)
    }
    const values = new BigInt64Array(places.length)
    for (const [at, place] of places.entries()) values[at] = bodyOf(numbers[place] ?? '')
    const permuted = permute(values, encryptBlocks)
    for (const [at, place] of places.entries()) {
      tokens[place] = { token: permuted[at] ?? 0n, check: numbers[place]?.[17] ?? '' }
    }
  }
  return tokens
}

/** The resident numbers that these tokens stand for; undefined for a token that no number has. */
export const numbersOf = (tokens: readonly Token[], encryptBlocks: EncryptBlocks): (string | undefined)[] => {
  for (const { token } of tokens)
    assert(token >= 0n && token < 1n << BigInt(permutedBits), 'token out of range')
  const values = unpermute(
    BigInt64Array.from(tokens, ({ token }) => token),
    encryptBlocks,
  )
  return tokens.map(({ check }, i) => {
    const body = values[i] ?? bodies
    return body < bodies ? body.toString().padStart(17, '0') + check : undefined
  })
}

const bodyOf = (number: string): bigint => {
  // The number itself must not reach a log through this message.
  assert(canonicalNumber.test(number), 'not a canonical resident number')
  return BigInt(number.slice(0, 17))
}
