/** Whole numbers drawn from a row's number and a text: the same on any machine, in any order, by any thread. */
export interface Draw {
  /** SQL for a whole number below `size`, another for each label. */
  below(label: string, size: number, row?: string): string
  /** SQL that is true for so large a share of the rows. */
  chance(label: string, share: number, row?: string): string
  /** SQL for a key that shuffles the rows. */
  order(label: string, row?: string): string
}

const prime = 1_000_003
const steps = 1_000_000

export const drawOf = (seed: number, row: string): Draw => {
  const hashed = (label: string, at: string) =>
    `hash(CAST(${at} AS BIGINT) * ${prime} + ${saltOf(`${seed}/${label}`)})`
  return {
    below: (label, size, at = row) =>
      `CAST(${hashed(label, at)} % ${Math.max(1, Math.round(size))} AS INTEGER)`,
    chance: (label, share, at = row) => `${hashed(label, at)} % ${steps} < ${Math.round(share * steps)}`,
    order: (label, at = row) => hashed(label, at),
  }
}

/** A number of 48 bits for a text: twice FNV-1a, from two starts. */
export const saltOf = (text: string): number =>
  fnv(text, 0x811c9dc5) * 65_536 + (fnv(text, 0x1000193) % 65_536)

const fnv = (text: string, start: number): number => {
  let value = start
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0
  return value
}
