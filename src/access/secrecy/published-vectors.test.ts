import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import { sm2, sm3, sm4 } from 'sm-crypto-v2'
import { expect, test } from 'vitest'

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const hash = (input: Uint8Array) => createHash('sm3').update(input).digest('hex')

test.each([
  ['abc', '66c7f0f4 62eeedd9 d1f2d46b dc10e4e2 4167c487 5cf2f7a2 297da02b 8f4ba8e0'],
  ['abcd'.repeat(16), 'debe9ff9 2275b8a1 38604889 c18e5a4d 6fdb70e5 387e5765 293dcba3 9c0c5732'],
])('SM3 gives the digests of GB/T 32905 appendix A', (text, digest) => {
  expect(hash(Buffer.from(text))).toBe(digest.replaceAll(' ', ''))
})

const key = bytes('0123456789abcdef fedcba9876543210')
const once = (block: Uint8Array) => createCipheriv('sm4-ecb', key, null).setAutoPadding(false).update(block)

test('SM4 gives the ciphertexts of GB/T 32907 appendix A: once, and a million times over', () => {
  expect(once(key)).toEqual(bytes('681edf34d206965e 86b3e94f536e4246'))
  const cipher = createCipheriv('sm4-ecb', key, null).setAutoPadding(false)
  let block: Buffer = key
  for (let round = 0; round < 1_000_000; round += 1) block = cipher.update(block)
  expect(block).toEqual(bytes('595298c7c6fd271f 0402f804c33d3f66'))
})

test('SM3, HMAC-SM3, SM4-CBC and SM4-CTR agree with another implementation', () => {
  for (const length of [0, 1, 55, 56, 64, 65, 1000]) {
    const input = randomBytes(length)
    const secret = randomBytes(32)
    expect(hash(input)).toBe(sm3(Uint8Array.from(input)))
    expect(createHmac('sm3', secret).update(input).digest('hex')).toBe(
      sm3(Uint8Array.from(input), { key: Uint8Array.from(secret), mode: 'hmac' }),
    )
    const iv = randomBytes(16)
    const cbc = createCipheriv('sm4-cbc', key, iv)
    expect(Buffer.concat([cbc.update(input), cbc.final()]).toString('hex')).toBe(
      sm4.encrypt(Uint8Array.from(input), key.toString('hex'), { mode: 'cbc', iv: iv.toString('hex') }),
    )
    const ctr = createCipheriv('sm4-ctr', key, iv).update(input)
    expect(ctr).toEqual(counterMode(iv, input))
    expect(createDecipheriv('sm4-ctr', key, iv).update(ctr)).toEqual(input)
  }
})

// Counter mode spelled out over the other library's block cipher.
const counterMode = (iv: Uint8Array, input: Uint8Array): Buffer => {
  let counter = BigInt(`0x${Buffer.from(iv).toString('hex')}`)
  const output = Buffer.from(input)
  for (let at = 0; at < input.length; at += 16) {
    const block = BigInt.asUintN(128, counter).toString(16).padStart(32, '0')
    const stream = bytes(sm4.encrypt(bytes(block), key.toString('hex'), { padding: 'none' }))
    for (let i = at; i < Math.min(at + 16, input.length); i += 1)
      output[i] = (output[i] ?? 0) ^ (stream[i - at] ?? 0)
    counter += 1n
  }
  return output
}

test('the SM2 library agrees with the signature example of GB/T 32918.5 on the recommended curve', () => {
  const secretKey = '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8'
  const publicKey =
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020' +
    'ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13'
  const signature =
    'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3' +
    'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa'
  expect(sm2.getPublicKeyFromPrivateKey(secretKey)).toBe(publicKey)
  const options = { hash: true, userId: '1234567812345678' }
  expect(sm2.doVerifySignature('message digest', signature, publicKey, options)).toBe(true)
  expect(sm2.doVerifySignature('message digest.', signature, publicKey, options)).toBe(false)
})
