/** Encrypts whole 16-byte blocks, each on its own (ECB): the standard cipher under the permutation. */
export type EncryptBlocks = (blocks: Uint8Array) => Uint8Array

// An unbalanced Feistel network over 57 bits: 29 left, 28 right. The half that changes is xored with the cipher of
// (round, other half); so every round undoes itself, whatever the cipher says: a bijection by construction.
const leftBits = 29
const rightBits = 28
const leftMask = 2 ** leftBits - 1
const rightMask = 2 ** rightBits - 1
const rounds = 10
const blockBytes = 16

export const permutedBits = leftBits + rightBits

const rightShift = BigInt(rightBits)
const rightMaskBig = BigInt(rightMask)

type Halves = { readonly left: Uint32Array; readonly right: Uint32Array }

/** The permutation applied to each value. Values are below 2^57; so are the results. */
export const permute = (values: BigInt64Array, encryptBlocks: EncryptBlocks): BigInt64Array => {
  const halves = split(values)
  for (let round = 0; round < rounds; round += 1) mix(halves, round, encryptBlocks)
  return join(halves)
}

/** The inverse of `permute`. */
export const unpermute = (values: BigInt64Array, encryptBlocks: EncryptBlocks): BigInt64Array => {
  const halves = split(values)
  for (let round = rounds - 1; round >= 0; round -= 1) mix(halves, round, encryptBlocks)
  return join(halves)
}

// One call of the cipher per round for the whole batch: the cost of a call is what makes ciphers slow in Node.
const mix = (halves: Halves, round: number, encryptBlocks: EncryptBlocks): void => {
  const [target, source, mask] =
    round % 2 === 0 ? [halves.left, halves.right, leftMask] : [halves.right, halves.left, rightMask]
  const count = source.length
  const blocks = new Uint8Array(count * blockBytes)
  const words = new DataView(blocks.buffer)
  for (let i = 0; i < count; i += 1) {
    words.setUint32(i * blockBytes, round)
    words.setUint32(i * blockBytes + 12, source[i] ?? 0)
  }
  const encrypted = encryptBlocks(blocks)
  const output = new DataView(encrypted.buffer, encrypted.byteOffset, encrypted.byteLength)
  for (let i = 0; i < count; i += 1) {
    target[i] = ((target[i] ?? 0) ^ (output.getUint32(i * blockBytes) & mask)) >>> 0
  }
}

const split = (values: BigInt64Array): Halves => {
  const left = new Uint32Array(values.length)
  const right = new Uint32Array(values.length)
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0n
    left[i] = Number(value >> rightShift)
    right[i] = Number(value & rightMaskBig)
  }
  return { left, right }
}

const join = ({ left, right }: Halves): BigInt64Array => {
  const values = new BigInt64Array(left.length)
  for (let i = 0; i < left.length; i += 1) {
    values[i] = (BigInt(left[i] ?? 0) << rightShift) | BigInt(right[i] ?? 0)
  }
  return values
}
