import { Refusal } from '#base'

// What is inside a backup after unsealing and inflating: frames of a type, a length and that many bytes.
const types = { entry: 1, data: 2, manifest: 3 } as const
type FrameType = keyof typeof types
const headBytes = 5
const frameLimit = 2 ** 28

/** One frame: the name of an entry that begins, bytes of it, or at the very end the manifest. */
export interface Frame {
  readonly type: FrameType
  readonly bytes: Buffer
}

/** A frame as it is written. */
export const frame = (type: FrameType, bytes: Buffer): Buffer => {
  const head = Buffer.alloc(headBytes)
  head[0] = types[type]
  head.writeUInt32BE(bytes.length, 1)
  return Buffer.concat([head, bytes])
}

/** Takes so many bytes at a time from a stream of chunks. */
const takerOf = (source: AsyncIterable<Buffer>) => {
  const chunks = source[Symbol.asyncIterator]()
  let waiting: Buffer = Buffer.alloc(0)
  /** Fewer bytes than asked for only at the end. */
  return async (length: number): Promise<Buffer> => {
    const parts: Buffer[] = [waiting]
    let size = waiting.length
    while (size < length) {
      const next = await chunks.next()
      if (next.done) break
      parts.push(next.value)
      size += next.value.length
    }
    const all = parts.length > 1 ? Buffer.concat(parts) : waiting
    waiting = all.subarray(Math.min(length, all.length))
    return all.subarray(0, length)
  }
}

/** Reads frames one after the other. Refuses what is not whole with `backup.damaged`. */
export async function* framesOf(source: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  const take = takerOf(source)
  for (;;) {
    const head = await take(headBytes)
    if (head.length === 0) return
    const length = head.length === headBytes ? head.readUInt32BE(1) : frameLimit + 1
    const type = (Object.keys(types) as FrameType[]).find((name) => types[name] === head[0])
    if (!type || length > frameLimit) throw new Refusal('backup.damaged', { what: 'frame' })
    const bytes = await take(length)
    if (bytes.length < length) throw new Refusal('backup.damaged', { what: 'frame' })
    yield { type, bytes }
  }
}
