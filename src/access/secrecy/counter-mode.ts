const blockBytes = 16

const blocksOf = (input: Uint8Array): number => Math.ceil(input.length / blockBytes)

/** Adds one to a 128-bit counter, most significant byte first. */
const countUp = (counter: Uint8Array): void => {
  for (let at = blockBytes - 1; at >= 0; at -= 1) {
    const byte = ((counter[at] ?? 0) + 1) & 0xff
    counter[at] = byte
    if (byte !== 0) return
  }
}

/**
 * The counter blocks of CTR mode for many inputs, each counted up from its own IV (16 bytes each, one after the other in
 * `ivs`). Enciphered by one call of the block cipher they are the key streams: for short values a call costs more than
 * its work.
 */
export const counterBlocks = (ivs: Uint8Array, inputs: readonly Uint8Array[]): Uint8Array => {
  const blocks = new Uint8Array(blockBytes * inputs.reduce((sum, input) => sum + blocksOf(input), 0))
  const counter = new Uint8Array(blockBytes)
  let to = 0
  for (const [at, input] of inputs.entries()) {
    counter.set(ivs.subarray(at * blockBytes, (at + 1) * blockBytes))
    for (let left = blocksOf(input); left > 0; left -= 1) {
      blocks.set(counter, to)
      to += blockBytes
      countUp(counter)
    }
  }
  return blocks
}

/** The inputs combined with their key streams, as `counterBlocks` laid them out. */
export const xorWith = (streams: Uint8Array, inputs: readonly Uint8Array[]): Uint8Array[] => {
  let from = 0
  return inputs.map((input) => {
    const output = new Uint8Array(input.length)
    for (let at = 0; at < input.length; at += 1) output[at] = (input[at] ?? 0) ^ (streams[from + at] ?? 0)
    from += blocksOf(input) * blockBytes
    return output
  })
}
