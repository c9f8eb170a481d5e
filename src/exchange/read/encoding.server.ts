import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import type { TextEncodingName } from './raw-row.ts'

const chunkBytes = 1 << 20

/**
 * The encoding of a text file: by its byte order mark, otherwise UTF-8 where the whole file is valid UTF-8 (or as good
 * as: damage in fewer than one character in twenty), otherwise GB18030. The whole file is looked at, because a file may
 * stay plain ASCII for thousands of rows.
 */
export const detectEncoding = async (path: string): Promise<TextEncodingName> => {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(chunkBytes)
    let held = Buffer.alloc(0)
    let good = 0
    let wrong = 0
    for (let first = true; ; first = false) {
      const { bytesRead } = await file.read(buffer, 0, chunkBytes)
      if (bytesRead === 0) break
      const chunk = Buffer.concat([held, buffer.subarray(0, bytesRead)])
      const mark = first ? byteOrderMark(chunk) : undefined
      if (mark) return mark
      const whole = chunk.subarray(0, chunk.length - openTail(chunk))
      held = Buffer.from(chunk.subarray(whole.length))
      if (isUtf8(whole)) continue
      const counted = countSequences(whole)
      good += counted.good
      wrong += counted.wrong
    }
    return wrong * 20 > good + wrong ? 'gb18030' : 'utf-8'
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

/** Multi-byte characters that are valid UTF-8, and bytes that are not. */
const countSequences = (bytes: Buffer): { good: number; wrong: number } => {
  let good = 0
  let wrong = 0
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i] ?? 0
    if (byte < 0x80) {
      i += 1
      continue
    }
    const length = byte >= 0xc2 && byte <= 0xf4 ? lengthOf(byte) : 0
    let follows = 1
    while (follows < length && ((bytes[i + follows] ?? 0) & 0xc0) === 0x80) follows += 1
    if (length > 0 && follows === length) good += 1
    else wrong += 1
    i += length > 0 && follows === length ? length : 1
  }
  return { good, wrong }
}
