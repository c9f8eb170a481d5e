import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import iconv from 'iconv-lite'
import { csvStart, type DelimitedLineStyle, delimitedLine } from '#base'

export type DelimitedStyle = DelimitedLineStyle & {
  readonly encoding: 'utf-8' | 'utf-8-bom' | 'gb18030'
}

/** The bytes of a text; the mark of `utf-8-bom` is the writer's own first character. */
export const encodeText = (text: string, encoding: DelimitedStyle['encoding']): Buffer =>
  encoding === 'gb18030' ? iconv.encode(text, 'gb18030') : Buffer.from(text)

export const csvStyle: DelimitedStyle = { separator: ',', encoding: 'utf-8-bom', guardFormulas: true }

/** Writes a delimited text file in bounded memory; lines end as spreadsheets expect. */
export const writeDelimited = async (
  path: string,
  rows: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
  style: DelimitedStyle = csvStyle,
): Promise<void> => {
  const out = createWriteStream(path)
  const failed = new Promise<never>((_, reject) => out.once('error', reject))
  failed.catch(() => {})
  const write = async (text: string): Promise<void> => {
    if (!out.write(encodeText(text, style.encoding))) await Promise.race([once(out, 'drain'), failed])
  }
  let buffer = style.encoding === 'utf-8-bom' ? csvStart : ''
  for await (const row of rows) {
    buffer += delimitedLine(row, style)
    if (buffer.length < 1 << 16) continue
    await write(buffer)
    buffer = ''
  }
  if (buffer !== '') await write(buffer)
  out.end()
  await Promise.race([once(out, 'close'), failed])
}
