import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { crc32, createDeflateRaw } from 'node:zlib'
import { assert } from '#base'
import { directoryEntry, type EntryHead, endRecord, localHeader } from './zip-records.server.ts'

type Chunk = string | Uint8Array

/**
 * Writes a ZIP archive entry by entry in bounded memory. The archive carries no time stamps, so that the same content
 * always gives the same bytes. Entries and archive stay below 4 GiB.
 */
export const zipWriter = (path: string) => {
  const out = createWriteStream(path)
  const failed = new Promise<never>((_, reject) => out.once('error', reject))
  failed.catch(() => {})
  const directory: Buffer[] = []
  let offset = 0

  const write = async (bytes: Uint8Array): Promise<void> => {
    offset += bytes.length
    assert(offset < 2 ** 32, 'archive beyond 4 GiB')
    if (!out.write(bytes)) await Promise.race([once(out, 'drain'), failed])
  }

  const entry = async (name: string, chunks: AsyncIterable<Chunk> | Iterable<Chunk>): Promise<void> => {
    const start = offset
    const blank: EntryHead = { name, method: 'deflated', sum: 0, stored: 0, size: 0, flags: factsFollow }
    await write(localHeader(blank))
    let sum = 0
    let size = 0
    const deflate = createDeflateRaw({ level: 6 })
    const before = offset
    const drained = (async () => {
      for await (const chunk of deflate) await write(chunk as Buffer)
    })()
    for await (const chunk of chunks) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
      sum = crc32(bytes, sum)
      size += bytes.length
      if (!deflate.write(bytes)) await Promise.race([once(deflate, 'drain'), failed])
    }
    deflate.end()
    await drained
    const head: EntryHead = { ...blank, sum, stored: offset - before, size }
    await write(descriptor(head))
    directory.push(directoryEntry(head, start))
  }

  const end = async (): Promise<void> => {
    const start = offset
    for (const record of directory) await write(record)
    await write(endRecord(directory.length, start, offset - start))
    await finish(out, failed)
  }
  return { entry, end }
}

const finish = async (out: WriteStream, failed: Promise<never>): Promise<void> => {
  out.end()
  await Promise.race([once(out, 'close'), failed])
}

// Bit 3: sum and sizes are not known before the data and follow it.
const factsFollow = 0x0008

const descriptor = ({ sum, stored, size }: EntryHead): Buffer => {
  const record = Buffer.alloc(16)
  record.writeUInt32LE(0x08074b50, 0)
  record.writeUInt32LE(sum, 4)
  record.writeUInt32LE(stored, 8)
  record.writeUInt32LE(size, 12)
  return record
}
