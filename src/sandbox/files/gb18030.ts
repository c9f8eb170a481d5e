/** Writes GB18030, from the table that the platform's own decoder holds: two bytes where there is a pair, else four. */

const pairs = { firstLead: 0x81, lastLead: 0xfe, firstTrail: 0x40, lastTrail: 0xfe } as const
/** Index of U+10000 in the four-byte range. */
const beyondBmp = 189_000
const fourBytesInBmp = 39_420

/** For each BMP code unit: the two bytes as one number, or 0x10000 + the four-byte index. */
const makeTable = (): Uint32Array => {
  const table = new Uint32Array(0x10000)
  const decoder = new TextDecoder('gb18030')
  const four = new Uint8Array(fourBytesInBmp * 4)
  for (let i = 0; i < fourBytesInBmp; i++) four.set(bytesOfIndex(i), i * 4)
  // Sequences without a character of their own decode to U+FFFD and are never written.
  let index = 0
  for (const character of decoder.decode(four)) {
    table[character.codePointAt(0) as number] = 0x10000 + index
    index += 1
  }
  const one = new Uint8Array(2)
  for (let lead: number = pairs.firstLead; lead <= pairs.lastLead; lead++) {
    for (let trail: number = pairs.firstTrail; trail <= pairs.lastTrail; trail++) {
      if (trail === 0x7f) continue
      one[0] = lead
      one[1] = trail
      const text = decoder.decode(one)
      if (text.length === 1 && text !== '\ufffd') table[text.charCodeAt(0)] = lead * 256 + trail
    }
  }
  return table
}

const bytesOfIndex = (index: number): [number, number, number, number] => [
  0x81 + Math.floor(index / 12_600),
  0x30 + (Math.floor(index / 1260) % 10),
  0x81 + (Math.floor(index / 10) % 126),
  0x30 + (index % 10),
]

/** A function that encodes text; what Unicode leaves unassigned becomes a question mark. */
export const gb18030Encoder = (): ((text: string) => Buffer) => {
  const table = makeTable()
  return (text) => {
    const out = Buffer.allocUnsafe(text.length * 4)
    let at = 0
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      if (unit < 0x80) {
        out[at++] = unit
        continue
      }
      const known = table[unit] as number
      if (known > 0 && known < 0x10000) {
        out[at++] = known >> 8
        out[at++] = known & 0xff
        continue
      }
      const point = text.codePointAt(i) as number
      if (point > 0xffff) i += 1
      const index = point > 0xffff ? beyondBmp + point - 0x10000 : known - 0x10000
      if (index < 0) out[at++] = 0x3f
      else for (const byte of bytesOfIndex(index)) out[at++] = byte
    }
    return out.subarray(0, at)
  }
}
