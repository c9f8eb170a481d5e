import { Refusal } from '#base'

/** A merged range; rows from 1, columns from 0, both ends included. */
export type Merge = {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

const mergesAtMost = 200_000
const tailChars = 256

/**
 * The merged ranges of a sheet, by their top row. They stand behind the rows in the file, so that the sheet is run
 * through once for them alone; that pass only searches and does not parse.
 */
export const readMerges = async (chunks: AsyncIterable<Buffer>): Promise<Merge[]> => {
  const merges: Merge[] = []
  let tail = ''
  let reached = false
  for await (const chunk of chunks) {
    // Cell texts that happen to say so are harmless: they match no complete tag.
    if (!reached && !chunk.includes('mergeCell') && !tail.includes('merge')) {
      tail = chunk.toString('latin1', Math.max(0, chunk.length - tailChars))
      continue
    }
    reached = true
    const text = tail + chunk.toString('latin1')
    let end = 0
    for (const match of text.matchAll(
      /mergeCell [^<>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"[^<>]*>/gu,
    )) {
      end = match.index + match[0].length
      const [, left = '', top = '', right = '', bottom = ''] = match
      merges.push({
        top: Number(top),
        bottom: Number(bottom),
        left: columnIndex(left),
        right: columnIndex(right),
      })
      if (merges.length > mergesAtMost) throw new Refusal('exchange.bomb')
    }
    tail = text.slice(Math.max(end, text.length - tailChars))
  }
  return merges.sort((a, b) => a.top - b.top)
}

/** 'A' → 0, 'Z' → 25, 'AA' → 26. */
export const columnIndex = (letters: string): number => {
  let index = 0
  for (let i = 0; i < letters.length; i += 1) index = index * 26 + letters.charCodeAt(i) - 64
  return index - 1
}
