import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import iconv from 'iconv-lite'

export type DelimitedStyle = {
  readonly separator: ',' | '\t' | '|' | ';'
  readonly encoding: 'utf-8' | 'utf-8-bom' | 'gb18030'
  /** Put an apostrophe before what a spreadsheet would run as a formula. Off only for files no spreadsheet opens. */
  readonly guardFormulas: boolean
}

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
    const bytes = style.encoding === 'gb18030' ? iconv.encode(text, 'gb18030') : Buffer.from(text)
    if (!out.write(bytes)) await Promise.race([once(out, 'drain'), failed])
  }
  let buffer = style.encoding === 'utf-8-bom' ? '\ufeff' : ''
  for await (const row of rows) {
    buffer += `${row.map((cell) => delimitedCell(cell, style)).join(style.separator)}\r\n`
    if (buffer.length < 1 << 16) continue
    await write(buffer)
    buffer = ''
  }
  if (buffer !== '') await write(buffer)
  out.end()
  await Promise.race([once(out, 'close'), failed])
}

// What spreadsheets take for the start of a formula, in both widths; a plain signed number is none.
const formulaStart = /^[=+\-@\t\r\0＝＋－＠]/u
const plainNumber = /^[-+]?\d+(?:[.,]\d+)*%?$/u

const delimitedCell = (text: string, { separator, guardFormulas }: DelimitedStyle): string => {
  const guarded = guardFormulas && formulaStart.test(text) && !plainNumber.test(text) ? `'${text}` : text
  return /["\r\n]/u.test(guarded) || guarded.includes(separator) || guarded !== guarded.trim()
    ? `"${guarded.replaceAll('"', '""')}"`
    : guarded
}
