import { Refusal } from '#base'

const declared = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  return /^[^<]{0,3}<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/u.exec(head)?.[1] ?? 'utf-8'
}

/** The text of an XML file in the encoding it declares, UTF-8 unless it says otherwise. Refuses `policy.dmn-encoding`. */
export const decodeXml = (bytes: Uint8Array, file: string): string => {
  const encoding = declared(bytes)
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal('policy.dmn-encoding', { file, encoding })
  }
}
