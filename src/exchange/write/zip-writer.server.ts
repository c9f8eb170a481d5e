import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { crc32, createDeflateRaw } from 'node:zlib'
import { assert } from '#base'

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

  const write = async (bytes: Buffer): Promise<void> => {
    offset += bytes.length
    assert(offset < 2 ** 32, 'archive beyond 4 GiB')
    if (!out.write(bytes)) await Promise.race([once(out, 'drain'), failed])
  }

  const entry = async (name: string, chunks: AsyncIterable<string> | Iterable<string>): Promise<void> => {
    const start = offset
    await write(localHeader(name))
    let sum = 0
    let size = 0
    const deflate = createDeflateRaw({ level: 6 })
    const before = offset
    const drained = (async () => {
      for await (const chunk of deflate) await write(chunk as Buffer)
    })()
    for await (const chunk of chunks) {
      const bytes = Buffer.from(chunk)
      sum = crc32(bytes, sum)
      size += bytes.length
      if (!deflate.write(bytes)) await Promise.race([once(deflate, 'drain'), failed])
    }
    deflate.end()
    await drained
    const facts = { sum, stored: offset - before, size }
    await write(descriptor(facts))
    directory.push(directoryEntry(name, start, facts))
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

type EntryFacts = { readonly sum: number; readonly stored: number; readonly size: number }

// Bit 3: sizes follow the data; bit 11: names are UTF-8. The date is the earliest the format knows.
const flags = 0x0808
const deflated = 8
const earliestDate = 0x0021

const localHeader = (name: string): Buffer => {
  const bytes = Buffer.from(name)
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(flags, 6)
  header.writeUInt16LE(deflated, 8)
  header.writeUInt16LE(earliestDate, 12)
  header.writeUInt16LE(bytes.length, 26)
  return Buffer.concat([header, bytes])
}

const descriptor = ({ sum, stored, size }: EntryFacts): Buffer => {
  const record = Buffer.alloc(16)
  record.writeUInt32LE(0x08074b50, 0)
  record.writeUInt32LE(sum, 4)
  record.writeUInt32LE(stored, 8)
  record.writeUInt32LE(size, 12)
  return record
}

const directoryEntry = (name: string, start: number, { sum, stored, size }: EntryFacts): Buffer => {
  const bytes = Buffer.from(name)
  const record = Buffer.alloc(46)
  record.writeUInt32LE(0x02014b50, 0)
  record.writeUInt16LE(20, 4)
  record.writeUInt16LE(20, 6)
  record.writeUInt16LE(flags, 8)
  record.writeUInt16LE(deflated, 10)
  record.writeUInt16LE(earliestDate, 14)
  record.writeUInt32LE(sum, 16)
  record.writeUInt32LE(stored, 20)
  record.writeUInt32LE(size, 24)
  record.writeUInt16LE(bytes.length, 28)
  record.writeUInt32LE(start, 42)
  return Buffer.concat([record, bytes])
}

const endRecord = (count: number, start: number, size: number): Buffer => {
  const record = Buffer.alloc(22)
  record.writeUInt32LE(0x06054b50, 0)
  record.writeUInt16LE(count, 8)
  record.writeUInt16LE(count, 10)
  record.writeUInt32LE(size, 12)
  record.writeUInt32LE(start, 16)
  return record
}
