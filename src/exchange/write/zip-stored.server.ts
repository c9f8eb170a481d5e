import { crc32 } from 'node:zlib'
import { directoryEntry, type EntryHead, endRecord, localHeader } from './zip-records.server.ts'

export interface ZipPart {
  readonly name: string
  readonly content: Buffer
  /** What `content` inflates to, where it was deflated. */
  readonly inflated?: Buffer
  /** Marked as encrypted, with the twelve bytes that stand in front of encrypted content. */
  readonly locked?: boolean
}

/**
 * An archive in memory, its entries stored: deflate may differ between builds and processors, so these are the same bytes
 * on every machine.
 */
export const storedZip = (parts: readonly ZipPart[]): Buffer => {
  const pieces: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  const add = (bytes: Buffer): void => {
    pieces.push(bytes)
    offset += bytes.length
  }
  for (const { name, content, inflated, locked } of parts) {
    const bytes = locked ? Buffer.concat([Buffer.alloc(12, 0x5a), content]) : content
    const whole = inflated ?? content
    const head: EntryHead = {
      name,
      method: inflated ? 'deflated' : 'stored',
      sum: crc32(whole),
      stored: bytes.length,
      size: whole.length,
      flags: locked ? 1 : 0,
    }
    directory.push(directoryEntry(head, offset))
    add(localHeader(head))
    add(bytes)
  }
  const start = offset
  for (const record of directory) add(record)
  return Buffer.concat([...pieces, endRecord(parts.length, start, offset - start)])
}
