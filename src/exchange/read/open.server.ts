import { open, stat } from 'node:fs/promises'
import { Refusal } from '#base'
import type { TableSource } from './raw-row.ts'
import { openText } from './text.server.ts'
import { openXlsx } from './xlsx.server.ts'
import { openZip } from './zip.server.ts'

const bytesAtMost = 1 << 30
const headBytes = 1 << 16

/** Opens a department file by what it is, whatever it is called. Refuses what cannot be read as a table. */
export const openTable = async (path: string): Promise<TableSource> => {
  const { size } = await stat(path)
  if (size === 0) throw new Refusal('exchange.empty')
  if (size > bytesAtMost) throw new Refusal('exchange.too-big', { limitMiB: bytesAtMost / 2 ** 20 })
  const head = await headOf(path)
  if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return openArchive(path)
  refuseOthers(head)
  return openText(path)
}

const headOf = async (path: string): Promise<Buffer> => {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(headBytes)
    const { bytesRead } = await file.read(buffer, 0, headBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

const openArchive = async (path: string): Promise<TableSource> => {
  const zip = await openZip(path)
  try {
    if (zip.entries.has('xl/workbook.xml')) return await openXlsx(zip)
    const found = zip.entries.has('xl/workbook.bin') ? 'xlsb' : zip.entries.has('content.xml') ? 'ods' : 'zip'
    throw new Refusal('exchange.unsupported-format', { found })
  } catch (fault) {
    zip.close()
    throw fault
  }
}

const signatures: readonly (readonly [string, string])[] = [
  ['%PDF', 'PDF'],
  ['\x89PNG', 'PNG'],
  ['\xff\xd8\xff', 'JPEG'],
  ['Rar!', 'RAR'],
  ['7z\xbc\xaf', '7z'],
  ['\x1f\x8b', 'gzip'],
  ['SQLite format 3', 'SQLite'],
  ['PK\x05\x06', 'zip'],
  ['PAR1', 'Parquet'],
]

const refuseOthers = (head: Buffer): void => {
  const start = head.toString('latin1', 0, 512)
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) {
    // A workbook with a password is stored in the old container, under a stream of this name.
    const encrypted = head.includes(Buffer.from('EncryptedPackage', 'utf16le'))
    throw new Refusal(encrypted ? 'exchange.encrypted' : 'exchange.old-format')
  }
  const known = signatures.find(([signature]) => start.startsWith(signature))
  if (known) throw new Refusal('exchange.unsupported-format', { found: known[1] })
  const markup = /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|\?xml|[a-z]+[\s>])/iu.exec(start)
  if (markup)
    throw new Refusal('exchange.unsupported-format', { found: /xml/iu.test(markup[0]) ? 'XML' : 'HTML' })
  const utf16 = /^(?:\xff\xfe|\xfe\xff)/u.test(start)
  if (!utf16 && looksBinary(head)) throw new Refusal('exchange.unsupported-format', { found: 'binary' })
}

/** More than one control byte in twenty: no text in any of our encodings. */
const looksBinary = (head: Buffer): boolean => {
  let control = 0
  for (const byte of head) if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) control += 1
  return control * 20 > head.length
}
