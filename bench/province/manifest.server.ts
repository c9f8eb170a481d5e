/** What a generated province holds: rows and a checksum of every file, written when all of it stands. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { quoted, type Session } from './session.server.ts'

/** Raised with every change to what a seed gives. */
export const generatorVersion = 3

export interface Manifest {
  readonly version: number
  readonly persons: number
  readonly seed: number
  /** Of all rows of all files: one number of sixteen hexadecimal digits. */
  readonly checksum: string
  readonly files: Readonly<Record<string, { readonly rows: number; readonly checksum: string }>>
  readonly seconds: number
}

export const writeManifest = async (
  session: Session,
  folder: string,
  head: Pick<Manifest, 'persons' | 'seed'>,
  seconds: () => number,
): Promise<Manifest> => {
  const files: Record<string, { rows: number; checksum: string }> = {}
  let all = 0n
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.parquet'))
    .sort()
  for (const path of paths) {
    const source = `read_parquet(${quoted(join(folder, path))})`
    const columns = (await session.rows(`DESCRIBE SELECT * FROM ${source}`)).map(
      (row) => `"${row.column_name}"`,
    )
    const [row] = await session.rows(
      `SELECT count(*) AS "rows", coalesce(bit_xor(hash(${columns.join(', ')})), 0) AS "sum" FROM ${source}`,
    )
    const sum = BigInt(String(row?.sum))
    files[path] = { rows: Number(row?.rows), checksum: hex(sum) }
    // Turned by one bit for each file, so that two files of the same rows do not cancel each other.
    all = ((((all << 1n) | (all >> 63n)) & mask) ^ sum) & mask
  }
  const manifest = { version: generatorVersion, ...head, checksum: hex(all), files, seconds: seconds() }
  writeFileSync(join(folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`)
  return manifest
}

const manifestName = 'manifest.json'
const mask = (1n << 64n) - 1n
const hex = (value: bigint): string => value.toString(16).padStart(16, '0')

/** The manifest of a whole province; undefined where none stands, or one of another version. */
export const findManifest = (folder: string): Manifest | undefined => {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, manifestName), 'utf8')) as Manifest
    return manifest.version === generatorVersion ? manifest : undefined
  } catch {
    // No file, or half of one: the folder is made anew.
    return undefined
  }
}
