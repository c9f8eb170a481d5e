/** Rows by the hash of a block key, in typed arrays: millions of people ask it, and nearly all get no answer. */
export type BlockIndex = {
  add(hash: number, row: number): void
  /** Calls for each row under the hash; a row may come more than once. */
  each(hash: number, visit: (row: number) => void): void
}

/** Opens an index for at most so many entries. */
export const openBlockIndex = (entries: number): BlockIndex => {
  let slots = 1024
  while (slots < entries * 2) slots *= 2
  const mask = slots - 1
  const keys = new Uint32Array(slots)
  const heads = new Int32Array(slots)
  const rows = new Int32Array(entries + 1)
  const nexts = new Int32Array(entries + 1)
  // A few bits for each slot fit the processor's cache, and answer most questions.
  const bits = new Uint32Array(slots / 8)
  const bitMask = bits.length * 32 - 1
  let used = 0
  const slotOf = (hash: number): number => {
    let slot = Math.imul(hash, 0x9e3779b1) & mask
    while (heads[slot] !== 0 && keys[slot] !== hash) slot = (slot + 1) & mask
    return slot
  }
  return {
    add: (hash, row) => {
      used += 1
      const slot = slotOf(hash)
      keys[slot] = hash
      rows[used] = row
      nexts[used] = heads[slot] ?? 0
      heads[slot] = used
      const bit = hash & bitMask
      bits[bit >>> 5] = (bits[bit >>> 5] ?? 0) | (1 << (bit & 31))
    },
    each: (hash, visit) => {
      const bit = hash & bitMask
      if (((bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return
      for (let at = heads[slotOf(hash)] ?? 0; at !== 0; at = nexts[at] ?? 0) visit(rows[at] ?? 0)
    },
  }
}

/** How often some hashes come by; those that were not named beforehand are not counted. */
export type HashCounter = {
  pass(hash: number, times: number): void
  count(hash: number): number
}

/** Counts these hashes among many others. */
export const openHashCounter = (wanted: readonly number[]): HashCounter => {
  let slots = 1024
  while (slots < wanted.length * 4) slots *= 2
  const mask = slots - 1
  const keys = new Uint32Array(slots)
  // One more than was counted, so that 0 is an empty slot.
  const counts = new Uint32Array(slots)
  const slotOf = (hash: number): number => {
    let slot = Math.imul(hash, 0x9e3779b1) & mask
    while (counts[slot] !== 0 && keys[slot] !== hash) slot = (slot + 1) & mask
    return slot
  }
  for (const hash of wanted) {
    const slot = slotOf(hash)
    keys[slot] = hash
    counts[slot] = 1
  }
  return {
    pass: (hash, times) => {
      const slot = slotOf(hash)
      const count = counts[slot] ?? 0
      if (count !== 0) counts[slot] = count + times
    },
    count: (hash) => Math.max(0, (counts[slotOf(hash)] ?? 0) - 1),
  }
}
