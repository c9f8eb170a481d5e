import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { Refusal } from '#base'
import { detectEncoding } from './encoding.server.ts'
import { type RawRow, rowCharsAtMost, type TableSource, type TextEncodingName } from './raw-row.ts'
import { recordSplitter } from './split-records.ts'

const chunkBytes = 1 << 18
const separators = [
  { format: 'csv', separator: ',' },
  { format: 'tsv', separator: '\t' },
  { format: 'pipe', separator: '|' },
  { format: 'semicolon', separator: ';' },
] as const

/** A delimited text file as one table; encoding and separator are found from its content. */
export const openText = async (path: string): Promise<TableSource> => {
  const encoding = await detectEncoding(path)
  const { size: bytesTotal } = await stat(path)
  const head = await headOf(path, encoding)
  const { format, separator } = separatorOf(head)
  // Files of old systems end their lines with a carriage return alone.
  const oldLines = !head.includes('\n') && head.includes('\r')
  let bytes = 0
  const batches = async function* (): AsyncIterable<readonly RawRow[]> {
    const decoder = new TextDecoder(encoding)
    const splitter = recordSplitter(separator)
    const ready = (text: string) => splitter.push(oldLines ? text.replaceAll('\r', '\n') : text)
    for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
      bytes += (chunk as Buffer).length
      yield ready(decoder.decode(chunk as Buffer, { stream: true }))
      if (splitter.pending() > rowCharsAtMost) throw new Refusal('exchange.unreadable')
    }
    yield ready(decoder.decode())
    yield splitter.end()
  }
  return {
    format,
    encoding,
    sheets: [{ name: '', date1904: false, batches }],
    progress: () => ({ bytes, bytesTotal }),
    close: async () => {},
  }
}

const headOf = async (path: string, encoding: TextEncodingName): Promise<string> => {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(1 << 16)
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
    return new TextDecoder(encoding).decode(buffer.subarray(0, bytesRead), { stream: true })
  } finally {
    await file.close()
  }
}

/** The separator that cuts the usual line into the most cells. */
const separatorOf = (head: string): (typeof separators)[number] => {
  const lines = head
    .split(/[\r\n]+/u)
    .filter((l) => l.trim() !== '')
    .slice(0, 30)
  const usual = (separator: string): number => {
    const counts = lines.map((l) => l.split(separator).length).sort((a, b) => a - b)
    return counts[Math.floor(counts.length / 2)] ?? 1
  }
  return separators.reduce(
    (best, s) => (usual(s.separator) > usual(best.separator) ? s : best),
    separators[0],
  )
}
