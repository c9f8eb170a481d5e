/** Damage to the bytes: encodings, cuts, archives, and files that are something else altogether. */
import { deflateRawSync } from 'node:zlib'
import { type HeldSheet, storedZip, workbookParts } from '#exchange/server'
import type { Breaker } from './row-breakers.server.ts'
import type { Expectation } from './sample.server.ts'
import { allBut, type Sample } from './sample.server.ts'

const good = (sample: Sample): Buffer => sample.write(sample.grid())
const encodingOf = (sample: Sample): string =>
  sample.layout.carrier.encoding === 'gb18030' ? 'gb18030' : 'utf-8'
const textOf = (sample: Sample): string => new TextDecoder(encodingOf(sample)).decode(good(sample))
const refused = (code: Extract<Expectation, { outcome: 'refused' }>['code']): Expectation => ({
  outcome: 'refused',
  code,
})

/** Offset of the byte after the n-th line break. */
const afterLine = (bytes: Buffer, n: number): number => {
  let at = 0
  for (let i = 0; i < n; i++) at = bytes.indexOf(0x0a, at) + 1
  return at
}

const half = (sample: Sample): number => Math.floor(sample.count >> 1)

const cutAtLine: Breaker = (sample) => {
  const bytes = good(sample)
  const kept = half(sample)
  return {
    bytes: bytes.subarray(0, afterLine(bytes, sample.first + kept)),
    expect: { outcome: 'read', accepted: kept, rejected: {} },
  }
}

/** Ends inside the resident number of a row. */
const cutInNumber: Breaker = (sample) => {
  const bytes = good(sample)
  const kept = half(sample)
  const row = afterLine(bytes, sample.first + kept)
  const number = String(sample.values[kept]?.number)
  const at = bytes.indexOf(number.slice(0, 6), row, 'latin1') + 9
  return {
    bytes: bytes.subarray(0, at),
    expect: { outcome: 'read', accepted: kept, rejected: { 'number-length': 1 } },
  }
}

/** Both bytes (or all three) of the first character of some names are replaced by ones no encoding has. */
const namesDamaged: Breaker = (sample) => {
  const bytes = Buffer.from(good(sample))
  const wide = encodingOf(sample) === 'gb18030' ? 2 : 3
  const place = sample.placeOf('name')
  const separator = { csv: ',', tsv: '\t', pipe: '|', xlsx: ',' }[sample.layout.carrier.format]
  for (const i of [4, 11, 23, 37]) {
    let at = afterLine(bytes, sample.first + i)
    for (let column = 0; column < place; column++) at = bytes.indexOf(separator, at, 'latin1') + 1
    if ((bytes[at] ?? 0) >= 0x80) bytes.fill(0xff, at, at + wide)
  }
  return { bytes, expect: { ...allBut(sample), quarantine: 'unreadable-names' } }
}

const inUtf16: Breaker = (sample) => ({
  bytes: Buffer.from(`\ufeff${textOf(sample).replace(/^\ufeff/u, '')}`, 'utf16le'),
  expect: allBut(sample),
})

/** GB18030 behind a mark that says UTF-8. */
const wrongMark: Breaker = (sample) => ({
  bytes: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), good(sample)]),
  expect: refused('exchange.no-header'),
})

const asText = (sample: Sample, text: string, expect = allBut(sample)) => ({
  bytes: Buffer.from(text, 'utf8'),
  expect,
})

const carriageReturns: Breaker = (sample) => asText(sample, textOf(sample).replaceAll(/\r?\n/gu, '\r'))

/** NUL bytes at the end of names, as fixed-width systems leave them. */
const nulls: Breaker = (sample) => {
  const grid = sample.grid()
  const at = sample.placeOf('name')
  for (let i = 0; i < 10; i++) {
    const cells = grid[sample.first + i * 5]
    if (cells) cells[at] = `${String(cells[at])}\u0000\u0000`
  }
  return { bytes: sample.write(grid), expect: allBut(sample) }
}

/** A quotation mark that is opened and never closed, in three rows near each other. */
const openQuotes: Breaker = (sample) => {
  const lines = textOf(sample).split('\n')
  for (const i of [2, 9, 31]) {
    const line = lines[sample.first + i] ?? ''
    lines[sample.first + i] = `"${line}`
  }
  return asText(sample, lines.join('\n'), allBut(sample, 'broken-quote', 3))
}

const truncatedArchive: Breaker = (sample) => {
  const bytes = good(sample)
  return {
    bytes: bytes.subarray(0, bytes.length - (bytes.length >> 2)),
    expect: refused('exchange.unreadable'),
  }
}

/** One byte inside the sheet is changed, so that the archive's checksum no longer fits. */
const damagedArchive: Breaker = (sample) => {
  const bytes = Buffer.from(good(sample))
  const at = bytes.indexOf('<row r="5">', 0, 'latin1')
  bytes[at + 8] = 0x36
  return { bytes, expect: refused('exchange.unreadable') }
}

/** A password on every entry. */
const lockedArchive: Breaker = (sample) => {
  const parts = workbookParts([{ name: '数据', rows: sample.grid() }])
  return {
    bytes: storedZip(parts.map((part) => ({ ...part, locked: true }))),
    expect: refused('exchange.encrypted'),
  }
}

/** A sheet that inflates a thousandfold. */
const bomb: Breaker = (sample) => {
  const sheet: HeldSheet = { name: '数据', rows: sample.grid().slice(0, sample.first) }
  const parts = workbookParts([sheet]).map((part) => {
    if (!part.name.endsWith('sheet1.xml')) return part
    const inflated = Buffer.concat([
      Buffer.from('<?xml version="1.0"?><worksheet><sheetData>', 'latin1'),
      Buffer.alloc(48 << 20, 0x20),
    ])
    return { name: part.name, content: deflateRawSync(inflated, { level: 9 }), inflated }
  })
  return { bytes: storedZip(parts), expect: refused('exchange.bomb') }
}

const withDoctype: Breaker = (sample) => {
  const sheet: HeldSheet = { name: sample.layout.carrier.sheet ?? '数据', rows: sample.grid() }
  const parts = workbookParts([sheet]).map((part) => {
    if (!part.name.endsWith('sheet1.xml')) return part
    const text = part.content.toString('utf8').replace('?>', '?><!DOCTYPE x [<!ENTITY a "aaaa">]>')
    return { name: part.name, content: Buffer.from(text, 'utf8') }
  })
  return { bytes: storedZip(parts), expect: refused('exchange.unsafe-content') }
}

const oldContainer = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])

/** A file of another sort under the name of a workbook. */
const something =
  (content: Buffer, code: Extract<Expectation, { outcome: 'refused' }>['code'], extension: string): Breaker =>
  () => ({ bytes: content, extension, expect: refused(code) })

export const byteBreakers = {
  'cut-at-line': cutAtLine,
  'cut-in-number': cutInNumber,
  'names-damaged': namesDamaged,
  'in-utf16': inUtf16,
  'wrong-mark': wrongMark,
  'carriage-returns': carriageReturns,
  nulls,
  'open-quotes': openQuotes,
  'truncated-archive': truncatedArchive,
  'damaged-archive': damagedArchive,
  'locked-archive': lockedArchive,
  bomb,
  'with-doctype': withDoctype,
  'old-workbook': something(Buffer.concat([oldContainer, Buffer.alloc(2048)]), 'exchange.old-format', 'xlsx'),
  'locked-workbook': something(
    Buffer.concat([
      oldContainer,
      Buffer.alloc(1016),
      Buffer.from('EncryptedPackage', 'utf16le'),
      Buffer.alloc(900),
    ]),
    'exchange.encrypted',
    'xlsx',
  ),
  'a-pdf': something(Buffer.from('%PDF-1.4\n1 0 obj\n', 'latin1'), 'exchange.unsupported-format', 'xlsx'),
  'a-page': something(
    Buffer.from('<html><body><table><tr><td>姓名</td></tr></table></body></html>', 'utf8'),
    'exchange.unsupported-format',
    'xls',
  ),
  nothing: something(Buffer.alloc(0), 'exchange.empty', 'csv'),
} as const satisfies Readonly<Record<string, Breaker>>
