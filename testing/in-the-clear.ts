import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import iconv from 'iconv-lite'

// Looks for people in files that must not speak of any, as whoever took the disk would.

/** Who was planted: resident numbers of 18 characters, and names of three characters or more (two are too short to be no accident). */
export interface Planted {
  readonly numbers: readonly string[]
  readonly names: readonly string[]
}

/** Somebody in the clear: which file, and in which form. Never who. */
export interface Leak {
  readonly path: string
  readonly form: string
}

interface Needle {
  readonly bytes: Buffer
  readonly form: string
}

const bodyDigits = 17
const shortestName = 3

const needlesOf = ({ numbers, names }: Planted): Needle[] => {
  const bodies = numbers.map((number) => number.slice(0, bodyDigits))
  const texts = [...bodies, ...names.filter((name) => name.length >= shortestName)]
  const wholeNumber = (body: string): Buffer => {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64LE(BigInt(body))
    return bytes
  }
  return [
    ...texts.map((text) => ({ bytes: Buffer.from(text, 'utf8'), form: 'UTF-8' })),
    ...names.map((text) => ({ bytes: iconv.encode(text, 'gb18030'), form: 'GB18030' })),
    ...texts.map((text) => ({ bytes: Buffer.from(text, 'utf16le'), form: 'UTF-16' })),
    ...bodies.map((body) => ({ bytes: wholeNumber(body), form: 'whole number' })),
  ]
}

const tableBits = 22
const placeOf = (word: number): number => Math.imul(word, 0x9e3779b1) >>> (32 - tableBits)

/** Finds any of thousands of needles in one walk over the bytes: by their first four, then wholly. */
const finderOf = (needles: readonly Needle[]): ((bytes: Buffer) => string | undefined) => {
  const isFirst = new Uint8Array(1 << tableBits)
  const byFirst = new Map<number, Needle[]>()
  for (const needle of needles) {
    const word = needle.bytes.readInt32LE(0)
    isFirst[placeOf(word)] = 1
    byFirst.set(word, [...(byFirst.get(word) ?? []), needle])
  }
  return (bytes) => {
    let word = 0
    for (let at = 0; at < bytes.length; at += 1) {
      word = (word >>> 8) | ((bytes[at] ?? 0) << 24)
      if (at < 3 || isFirst[placeOf(word)] === 0) continue
      const from = at - 3
      const found = byFirst
        .get(word)
        ?.find(
          (needle) =>
            bytes.compare(needle.bytes, 0, needle.bytes.length, from, from + needle.bytes.length) === 0,
        )
      if (found) return found.form
    }
    return undefined
  }
}

const frameMark = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])
const sizeBytes = 8

/** What the engine wrote compressed when it spilled: frames of zstd behind their length. */
const framesIn = (bytes: Buffer): Buffer[] => {
  const frames: Buffer[] = []
  for (let at = bytes.indexOf(frameMark); at >= 0; at = bytes.indexOf(frameMark, at + 1)) {
    if (at < sizeBytes) continue
    const length = Number(bytes.readBigUInt64LE(at - sizeBytes))
    if (length > bytes.length - at) continue
    try {
      frames.push(zstdDecompressSync(bytes.subarray(at, at + length)))
    } catch {
      // Bytes that only look like a frame, or one that is being written over: the bytes themselves were looked at.
    }
  }
  return frames
}

const filesBelow = (folder: string): string[] => {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    return entries.flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesBelow(path) : [path]
    })
  } catch {
    return [] // the engine took the folder away meanwhile
  }
}

/** A file as it is now; undefined where it is gone. */
const readNow = (path: string): Buffer | undefined => {
  try {
    return readFileSync(path)
  } catch {
    return undefined // the engine took it away meanwhile
  }
}

/** A Parquet file's values as texts, whatever they are compressed with. */
const valuesOf = async (path: string): Promise<Buffer> => {
  const instance = await DuckDBInstance.create(':memory:', { temp_directory: '', threads: '1' })
  const connection = await instance.connect()
  const rows = await connection.stream(
    `select cast(columns(*) as varchar) from read_parquet('${path.replaceAll("'", "''")}')`,
  )
  const parts: string[] = []
  for await (const chunk of rows) for (const column of chunk.getColumns()) parts.push(column.join('\n'))
  connection.closeSync()
  instance.closeSync()
  return Buffer.from(parts.join('\n'))
}

export interface Watch {
  /** Looks once more, into what Parquet files hold as well, and gives what was found since the watch began. */
  stop(): Promise<readonly Leak[]>
  /** How many files were looked at. */
  files(): number
  /** How many bytes of files that were spilled were looked at. */
  spilledBytes(): number
}

/** Looks again and again at every byte of every file below the folders while something runs. */
export const watchForPlanted = (folders: readonly string[], planted: Planted, everyMs = 30): Watch => {
  const find = finderOf(needlesOf(planted))
  const leaks: Leak[] = []
  const seen = new Map<string, string>()
  let spilled = 0
  const lookAt = (path: string): void => {
    const { size, mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { size: 0, mtimeMs: 0 }
    if (seen.get(path) === `${size} ${mtimeMs}`) return
    seen.set(path, `${size} ${mtimeMs}`)
    const bytes = readNow(path)
    if (!bytes) return
    const isSpill = path.endsWith('.tmp')
    if (isSpill) spilled += bytes.length
    for (const content of isSpill ? [bytes, ...framesIn(bytes)] : [bytes]) {
      const form = find(content)
      if (form) return void leaks.push({ path, form })
    }
  }
  const look = (): void => {
    for (const folder of folders) for (const path of filesBelow(folder)) lookAt(path)
  }
  const timer = setInterval(look, everyMs)
  return {
    files: () => seen.size,
    spilledBytes: () => spilled,
    stop: async () => {
      clearInterval(timer)
      look()
      for (const path of folders.flatMap(filesBelow).filter((one) => one.endsWith('.parquet'))) {
        const form = find(await valuesOf(path))
        if (form) leaks.push({ path, form: `${form}, inside Parquet` })
      }
      return leaks
    },
  }
}
