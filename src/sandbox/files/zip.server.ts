/**
 * A zip archive whose bytes depend on nothing but its content: entries are stored, not deflated, because deflate may
 * differ between builds and processors, and every entry carries the oldest time a zip can express.
 */
import { crc32 } from 'node:zlib'

export interface ZipPart {
  readonly name: string
  readonly content: Buffer
  /** What `content` inflates to, where it was deflated. */
  readonly inflated?: Buffer
  /** Marked as encrypted, with the twelve bytes that stand in front of encrypted content. */
  readonly locked?: boolean
}

const oldestDate = 0x0021 // 1980-01-01
const utf8Names = 0x0800

export const storedZip = (parts: readonly ZipPart[]): Buffer => {
  const pieces: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const { name, inflated } = part
    const content = part.locked ? Buffer.concat([Buffer.alloc(12, 0x5a), part.content]) : part.content
    const path = Buffer.from(name, 'utf8')
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0) // version needed
    fields.writeUInt16LE(utf8Names | (part.locked ? 1 : 0), 2)
    fields.writeUInt16LE(inflated ? 8 : 0, 4)
    fields.writeUInt16LE(oldestDate, 8)
    fields.writeUInt32LE(crc32(inflated ?? part.content), 10)
    fields.writeUInt32LE(content.length, 14)
    fields.writeUInt32LE((inflated ?? part.content).length, 18)
    fields.writeUInt16LE(path.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, path])
    const entry = Buffer.alloc(14)
    entry.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, entry, path)
    pieces.push(local, content)
    offset += local.length + content.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...pieces, index, end])
}
