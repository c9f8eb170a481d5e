/**
 * Chance that is the same on any machine: 32-bit integer arithmetic only, no floating point logarithms,
 * no global state. A world forks one stream per topic, so that a change in one topic leaves the others as they were.
 */
export interface Random {
  /** A whole number in [0, below). */
  int(below: number): number
  /** A whole number in [from, to], both ends included. */
  between(from: number, to: number): number
  /** True `permille` times in a thousand. */
  chance(permille: number): boolean
  /** One of the items, each as likely. */
  pick<T>(items: readonly T[]): T
  /** One of the items by whole weights. */
  weighted<T>(items: readonly (readonly [T, number])[]): T
  /** `count` different items in the order of the list; all of them when there are fewer. */
  sample<T>(items: readonly T[], count: number): T[]
  /** A stream of its own, fixed by this stream's seed and the label. */
  fork(label: string): Random
}

/** FNV-1a over UTF-16 units: turns a label into 32 bits. */
const hashText = (text: string, start = 0x811c9dc5): number => {
  let hash = start
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i)
    hash = Math.imul(hash, 0x01000193)
  }
  return hash >>> 0
}

/** The sfc32 generator; the first draws are thrown away because its start state is poor. */
const stream = (seedA: number, seedB: number): (() => number) => {
  let a = seedA | 0
  let b = seedB | 0
  let c = 0x9e3779b9 | 0
  let counter = 1
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11) | 0
    c = (c + sum) | 0
    return sum >>> 0
  }
  for (let i = 0; i < 15; i++) next()
  return next
}

const fromSeeds = (seedA: number, seedB: number): Random => {
  const next = stream(seedA, seedB)
  // The product stays below 2^53, so the division by 2^32 is exact enough to be the same everywhere.
  const int = (below: number): number => Math.floor((next() * below) / 0x1_0000_0000)
  const pick = <T>(items: readonly T[]): T => items[int(items.length)] as T
  return {
    int,
    between: (from, to) => from + int(to - from + 1),
    chance: (permille) => int(1000) < permille,
    pick,
    weighted: (items) => {
      let total = 0
      for (const item of items) total += item[1]
      let left = int(total)
      for (const item of items) {
        left -= item[1]
        if (left < 0) return item[0]
      }
      return pick(items)[0]
    },
    sample: (items, count) => {
      const taken = []
      let wanted = Math.min(count, items.length)
      for (let i = 0; i < items.length && wanted > 0; i++) {
        if (int(items.length - i) >= wanted) continue
        taken.push(items[i] as (typeof items)[number])
        wanted -= 1
      }
      return taken
    },
    fork: (label) => fromSeeds(hashText(label, seedA), hashText(label, seedB ^ 0x5bd1e995)),
  }
}

/** A stream from a whole number. */
export const randomFrom = (seed: number): Random => fromSeeds(hashText(`doudi:${seed}`), seed >>> 0)
