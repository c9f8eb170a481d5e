import { crc32 } from 'node:zlib'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { Refusal } from '#base'

export type ZipLimits = {
  readonly entries: number
  /** Inflated size over stored size, looked at once an entry has grown beyond a MiB. */
  readonly ratio: number
  /** Inflated bytes of the whole archive. */
  readonly inflatedBytes: number
}

export const zipLimits: ZipLimits = { entries: 2_000, ratio: 100, inflatedBytes: 2 ** 31 }

export type Zip = {
  readonly entries: ReadonlyMap<string, Entry>
  /** Inflated content; the bytes are counted as they come, whatever the archive declares, and the checksum is checked. */
  readonly read: (entry: Entry) => AsyncIterable<Buffer>
  readonly close: () => void
}

/** Opens an archive by its directory. Refuses a damaged, encrypted or over-full one. */
export const openZip = async (path: string, limits: ZipLimits = zipLimits): Promise<Zip> => {
  const file = await openPromise(path, { autoClose: false }).catch(unreadable)
  try {
    const entries = await listEntries(file, limits)
    return { entries, read: entryReader(file, limits), close: () => file.close() }
  } catch (fault) {
    file.close()
    throw fault
  }
}

const listEntries = async (file: ZipFile, limits: ZipLimits): Promise<Map<string, Entry>> => {
  if (file.entryCount > limits.entries) throw new Refusal('exchange.bomb')
  const entries = new Map<string, Entry>()
  try {
    for await (const entry of file.eachEntry()) {
      if (entry.isEncrypted()) throw new Refusal('exchange.encrypted')
      entries.set(entry.fileName.replace(/^\//u, '').toLowerCase(), entry)
    }
  } catch (fault) {
    if (fault instanceof Refusal) throw fault
    unreadable()
  }
  return entries
}

const entryReader = (file: ZipFile, limits: ZipLimits): Zip['read'] => {
  let inflated = 0
  return async function* (entry) {
    const stream = await file.openReadStreamPromise(entry).catch(unreadable)
    let size = 0
    let sum = 0
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        size += chunk.length
        inflated += chunk.length
        const swollen = size > 1 << 20 && size > entry.compressedSize * limits.ratio
        if (swollen || inflated > limits.inflatedBytes) throw new Refusal('exchange.bomb')
        sum = crc32(chunk, sum)
        yield chunk
      }
    } catch (fault) {
      if (fault instanceof Refusal) throw fault
      unreadable()
    }
    if (sum !== entry.crc32) unreadable()
  }
}

const unreadable = (): never => {
  throw new Refusal('exchange.unreadable')
}
