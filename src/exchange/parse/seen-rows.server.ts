import { hash } from 'node:crypto'

const emptySlots = 1 << 12

/**
 * Remembers rows by 96 bits of a digest, twelve bytes a row whatever its length, so that a million rows cost a few
 * dozen megabytes. Two different rows sharing 96 bits is not to be expected in the life of any installation.
 */
export const seenRows = () => {
  let words = new Uint32Array(emptySlots * 3)
  let slots = emptySlots
  let used = 0

  const place = (table: Uint32Array, size: number, a: number, b: number, c: number): boolean => {
    for (let i = a % size; ; i = (i + 1) % size) {
      const at = i * 3
      if (table[at] === a && table[at + 1] === b && table[at + 2] === c) return false
      if (table[at] === 0 && table[at + 1] === 0 && table[at + 2] === 0) {
        table[at] = a
        table[at + 1] = b
        table[at + 2] = c
        return true
      }
    }
  }

  const grow = (): void => {
    const larger = new Uint32Array(slots * 6)
    for (let at = 0; at < words.length; at += 3) {
      const [a = 0, b = 0, c = 0] = words.subarray(at, at + 3)
      if (a !== 0 || b !== 0 || c !== 0) place(larger, slots * 2, a, b, c)
    }
    words = larger
    slots *= 2
  }

  /** True the first time a text is seen. */
  return (text: string): boolean => {
    const digest = hash('sha1', text, 'buffer')
    if (used * 10 > slots * 7) grow()
    const fresh = place(words, slots, digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8))
    if (fresh) used += 1
    return fresh
  }
}
