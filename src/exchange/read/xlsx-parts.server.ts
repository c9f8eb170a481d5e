import { TextDecoder } from 'node:util'
import { SaxesParser } from 'saxes'
import { Refusal } from '#base'

/** What a reader of one XML part hears; names come without their namespace prefix. */
export type XmlHandler = {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void
  readonly text?: (text: string) => void
  readonly close?: (name: string) => void
}

/**
 * Feeds an XML part through a handler, chunk by chunk; yields after each chunk so that the caller can hand on what was
 * gathered. A document type is refused: no workbook has one, and it is where entities would be declared.
 */
export async function* parseXml(chunks: AsyncIterable<Buffer>, handler: XmlHandler): AsyncIterable<void> {
  const parser = new SaxesParser({ position: false })
  const refuse = (code: 'exchange.unreadable' | 'exchange.unsafe-content') => (): never => {
    throw new Refusal(code)
  }
  parser.on('error', refuse('exchange.unreadable'))
  parser.on('doctype', refuse('exchange.unsafe-content'))
  if (handler.open)
    parser.on('opentag', (tag) =>
      handler.open?.(bare(tag.name), tag.attributes as Readonly<Record<string, string>>),
    )
  if (handler.text) parser.on('text', handler.text)
  if (handler.close) parser.on('closetag', (tag) => handler.close?.(bare(tag.name)))
  let decoder: InstanceType<typeof TextDecoder> | undefined
  for await (const chunk of chunks) {
    decoder ??= decoderFor(chunk)
    parser.write(decoder.decode(chunk, { stream: true }))
    yield
  }
  parser.close()
  yield
}

/** Reads a small part to its end. */
export const readXml = async (chunks: AsyncIterable<Buffer>, handler: XmlHandler): Promise<void> => {
  for await (const _ of parseXml(chunks, handler));
}

const bare = (name: string): string => {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

const decoderFor = (first: Buffer): InstanceType<typeof TextDecoder> => {
  const utf16 = (first[0] === 0xff && first[1] === 0xfe) || (first[0] === 0x3c && first[1] === 0)
  return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8')
}
