import { createCipheriv } from 'node:crypto'
import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { permute, unpermute } from './permutation.ts'
import { numbersOf, tokensOf } from './tokens.ts'

const cipherOf = (key: Uint8Array, algorithm = 'sm4-ecb') => {
  const cipher = createCipheriv(algorithm, key, null).setAutoPadding(false)
  return (blocks: Uint8Array) => cipher.update(blocks)
}
const encryptBlocks = cipherOf(Buffer.alloc(16, 7))

const number = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 17n - 1n }), fc.constantFrom(...'0123456789X'))
  .map(([body, check]) => body.toString().padStart(17, '0') + check)
const value = fc.bigInt({ min: 0n, max: 2n ** 57n - 1n })
const key = fc.uint8Array({ minLength: 16, maxLength: 16 })

test.prop([fc.array(value, { maxLength: 50 }), key])(
  'the permutation of 57 bits has an inverse',
  (values, secret) => {
    const cipher = cipherOf(secret)
    const permuted = permute(BigInt64Array.from(values), cipher)
    expect([...unpermute(permuted, cipher)]).toEqual(values)
    for (const each of permuted) expect(each >= 0n && each < 2n ** 57n).toBe(true)
  },
)

test.prop([fc.uniqueArray(value, { minLength: 2, maxLength: 200 })])(
  'different values stay different',
  (values) => {
    expect(new Set(permute(BigInt64Array.from(values), encryptBlocks)).size).toBe(values.length)
  },
)

test.prop([fc.array(fc.option(number), { maxLength: 20 })])(
  'a token leads back to its number only',
  (numbers) => {
    const tokens = tokensOf(numbers, encryptBlocks)
    expect(tokens.map((token) => token === null)).toEqual(numbers.map((each) => each === null))
    const present = tokens.filter((token) => token !== null)
    expect(numbersOf(present, encryptBlocks)).toEqual(numbers.filter((each) => each !== null))
  },
)

test.prop([fc.uniqueArray(number, { minLength: 2, maxLength: 30 })])(
  'a number has the same token alone and in a batch',
  (numbers) => {
    const alone = numbers.flatMap((each) => tokensOf([each], encryptBlocks))
    expect(tokensOf(numbers, encryptBlocks)).toEqual(alone)
  },
)

test('a batch larger than one call of the cipher keeps its order', () => {
  const numbers = Array.from(
    { length: 20_000 },
    (_, i) => `99010119900101${String(i % 1000).padStart(3, '0')}X`,
  )
  const tokens = tokensOf(numbers, encryptBlocks)
  expect(tokens[19_999]).toEqual(tokens[999])
  expect(numbersOf([tokens[12_345] ?? { token: 0n, check: '' }], encryptBlocks)).toEqual([numbers[12_345]])
})

test('another key gives other tokens, and numbers one apart get tokens that share no pattern', () => {
  const numbers = ['990101199001010010', '990101199001010020']
  const [a, b] = tokensOf(numbers, encryptBlocks)
  const [other] = tokensOf(numbers, cipherOf(Buffer.alloc(16, 8)))
  expect(other?.token).not.toBe(a?.token)
  const differing = ((a?.token ?? 0n) ^ (b?.token ?? 0n)).toString(2).replaceAll('0', '').length
  expect(differing).toBeGreaterThan(12)
})

test('a value that is not a canonical number is our mistake, and is not repeated in the message', () => {
  for (const wrong of ['', '99010119900101001', '99010119900101001x', '9901011990010100１0']) {
    expect(() => tokensOf([wrong], encryptBlocks)).toThrow('not a canonical resident number')
  }
})
