/** Numbers from 0 to 1 that are the same for a seed: mulberry32, a counter and two multiplications. */
export const drawsOf = (seed: number): (() => number) => {
  let counter = seed >>> 0
  return () => {
    counter = (counter + 0x6d2b79f5) >>> 0
    let bits = Math.imul(counter ^ (counter >>> 15), counter | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
}
