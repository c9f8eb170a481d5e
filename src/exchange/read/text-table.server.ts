const blockBytes = 1 << 20
const bytesPerUnit = 3

/** Many texts, found by their number. */
export interface TextTable {
  add(text: string): void
  /** Empty where there is no text of this number. */
  at(index: number): string
}

/**
 * Keeps texts as their bytes, outside the heap: a text cut out of a longer one would keep all of that alive, and half a
 * million small ones cost several times what is in them. A text is made anew whenever it is asked for.
 */
export const textTable = (): TextTable => {
  const blocks: Buffer[] = []
  /** Texts that no block can hold. */
  const long = new Map<number, string>()
  let places = new Float64Array(1 << 12)
  let lengths = new Uint32Array(1 << 12)
  let count = 0
  let free = blockBytes

  const grow = (): void => {
    const [oldPlaces, oldLengths] = [places, lengths]
    places = new Float64Array(count * 2)
    places.set(oldPlaces)
    lengths = new Uint32Array(count * 2)
    lengths.set(oldLengths)
  }
  const blockFor = (units: number): Buffer => {
    if (free + units * bytesPerUnit > blockBytes) {
      blocks.push(Buffer.allocUnsafeSlow(blockBytes))
      free = 0
    }
    return blocks[blocks.length - 1] as Buffer
  }

  return {
    add: (text) => {
      if (count === lengths.length) grow()
      if (text.length * bytesPerUnit > blockBytes) long.set(count, text)
      else if (text !== '') {
        const written = blockFor(text.length).write(text, free)
        places[count] = (blocks.length - 1) * blockBytes + free
        lengths[count] = written
        free += written
      }
      count += 1
    },
    at: (index) => {
      const length = index < count ? lengths[index] : 0
      if (!length) return long.get(index) ?? ''
      const place = places[index] ?? 0
      const start = place % blockBytes
      return blocks[(place - start) / blockBytes]?.toString('utf8', start, start + length) ?? ''
    },
  }
}
