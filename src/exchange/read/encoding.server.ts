import { isAscii, isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import type { TextEncodingName } from './raw-row.ts'

const chunkBytes = 1 << 20

/**
 * The encoding of a text file: by its byte order mark, otherwise UTF-8 where the whole file is valid UTF-8 (or as good
 * as: damage in fewer than one character in twenty), otherwise GB18030. The whole file is looked at, because a file may
 * stay plain ASCII for thousands of rows.
 *
 * Only characters of three bytes and more, as all Chinese ones are, speak for UTF-8: pairs of bytes that would be a
 * letter of another script are characters of GB18030 more often (联, 通, 羌 and a run of 记 are such pairs).
 */
export const detectEncoding = async (path: string): Promise<TextEncodingName> => {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(chunkBytes)
    let held: Buffer = Buffer.alloc(0)
    const found = { wide: 0, pairs: 0, wrong: 0 }
    for (let first = true; ; first = false) {
      const { bytesRead } = await file.read(buffer, 0, chunkBytes)
      if (bytesRead === 0) break
      const chunk = Buffer.concat([held, buffer.subarray(0, bytesRead)])
      const mark = first ? byteOrderMark(chunk) : undefined
      if (mark) return mark
      const whole = chunk.subarray(0, chunk.length - openTail(chunk))
      held = Buffer.from(chunk.subarray(whole.length))
      // Once there is a Chinese character, further valid stretches tell nothing new.
      if (isAscii(whole) || (found.wide > 0 && isUtf8(whole))) continue
      countSequences(whole, found)
    }
    found.wrong += held.length
    const { wide, pairs, wrong } = found
    if (wrong === 0) return wide === 0 && pairs > 0 ? 'gb18030' : 'utf-8'
    return wrong * 20 > wide + wrong ? 'gb18030' : 'utf-8'
  } finally {
    await file.close()
  }
}

const byteOrderMark = (bytes: Buffer): TextEncodingName | undefined => {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

/** Bytes at the end that may belong to a character completed by the next chunk. */
const openTail = (bytes: Buffer): number => {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte >= 0xc0) return back < lengthOf(byte) ? back : 0
    if (byte < 0x80) return 0
  }
  return 0
}

const lengthOf = (lead: number): number => (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2)

type Sequences = {
  /** Valid characters of three or four bytes. */
  wide: number
  /** Valid characters of two bytes. */
  pairs: number
  /** Bytes that belong to no valid character. */
  wrong: number
}

/** Adds up what the bytes are, read as UTF-8. */
const countSequences = (bytes: Buffer, found: Sequences): void => {
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i] ?? 0
    if (byte < 0x80) {
      i += 1
      continue
    }
    const length = byte >= 0xc2 && byte <= 0xf4 ? lengthOf(byte) : 0
    let follows = 1
    while (follows < length && ((bytes[i + follows] ?? 0) & 0xc0) === 0x80) follows += 1
    const isWhole = length > 0 && follows === length
    if (!isWhole) found.wrong += 1
    else if (length === 2) found.pairs += 1
    else found.wide += 1
    i += isWhole ? length : 1
  }
}
