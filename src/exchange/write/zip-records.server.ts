// The records of a ZIP archive. No time stamps, so that the same content always gives the same bytes: the date is the
// earliest the format knows. Names are UTF-8 (bit 11).

const utf8Names = 0x0800
const earliestDate = 0x0021

/** What stands in front of an entry's bytes, and again in the directory. */
export interface EntryHead {
  readonly name: string
  readonly method: 'stored' | 'deflated'
  readonly sum: number
  /** Bytes in the archive. */
  readonly stored: number
  /** Bytes when unpacked. */
  readonly size: number
  /** Bits of the general purpose field beside the UTF-8 one. */
  readonly flags: number
}

const fieldsOf = ({ name, method, sum, stored, size, flags }: EntryHead): Buffer => {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(utf8Names | flags, 2)
  fields.writeUInt16LE(method === 'deflated' ? 8 : 0, 4)
  fields.writeUInt16LE(earliestDate, 8)
  fields.writeUInt32LE(sum, 10)
  fields.writeUInt32LE(stored, 14)
  fields.writeUInt32LE(size, 18)
  fields.writeUInt16LE(Buffer.byteLength(name), 22)
  return fields
}

export const localHeader = (head: EntryHead): Buffer =>
  Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fieldsOf(head), Buffer.from(head.name)])

export const directoryEntry = (head: EntryHead, start: number): Buffer => {
  const place = Buffer.alloc(14)
  place.writeUInt32LE(start, 10)
  return Buffer.concat([
    Buffer.from('PK\x01\x02\x14\x00', 'latin1'),
    fieldsOf(head),
    place,
    Buffer.from(head.name),
  ])
}

export const endRecord = (count: number, start: number, size: number): Buffer => {
  const record = Buffer.alloc(22)
  record.write('PK\x05\x06', 0, 'latin1')
  record.writeUInt16LE(count, 8)
  record.writeUInt16LE(count, 10)
  record.writeUInt32LE(size, 12)
  record.writeUInt32LE(start, 16)
  return record
}
