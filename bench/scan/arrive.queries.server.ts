/** Files arrive: their rows in the lake, what the record says of them, and the identities that receiving them keeps. */
import { createReadStream, linkSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from } from 'pg-copy-streams'
import { identitiesOf, pathOfFile, type ScanFile } from './files.server.ts'
import { place } from './fill.queries.server.ts'

const columns = 'feed_id, row_no, region_code, kind, role, row_key, identity_cipher, has_number'

/** Says in the record that these files were accepted, one second after the other; as the owner, whom policies do not let copy. */
export const recordFiles = async (
  client: pg.PoolClient,
  folder: string,
  files: readonly ScanFile[],
  from_: string,
): Promise<void> => {
  await client.query(
    `alter table feeds no force row level security; alter table unmatched_rows no force row level security`,
  )
  for (const [at, file] of files.entries()) {
    await client.query(
      `insert into feeds (id, kind, region_code, file_name, sha256, size_bytes, received_at, period, status, rows_in, rows_accepted, rows_rejected)
       values ($1::uuid, $2, $3, $4, encode(sha256($1::uuid::text::bytea), 'hex'), 1, $5::timestamptz + $6 * interval '1 second', $7, 'accepted', $8::integer + $9::integer, $8, $9)`,
      [
        file.id,
        file.kind,
        place,
        `${file.kind}-${file.period}.csv`,
        from_,
        at,
        file.period,
        file.rows,
        file.rejected,
      ],
    )
    if (file.identities === 0) continue
    const stream = client.query(from(`copy unmatched_rows (${columns}) from stdin with (format csv)`))
    await pipeline(createReadStream(identitiesOf(folder, file)), stream)
  }
  await client.query(
    'alter table feeds force row level security; alter table unmatched_rows force row level security',
  )
}

/** Puts the files into the lake. */
export const linkFiles = (folder: string, lakeDir: string, files: readonly ScanFile[]): void => {
  for (const file of files) {
    const to = join(lakeDir, 'feeds', file.kind, `${file.id}.parquet`)
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
    linkSync(pathOfFile(folder, file), to)
  }
}

// A session that was closed, or a vacuum that began by itself, takes its time to end on a busy machine.
const onceAlone = async (client: pg.PoolClient, statement: string, tries = 20): Promise<void> => {
  try {
    await client.query(statement)
  } catch (error) {
    if ((error as { code?: string }).code !== inUse || tries === 0) throw error
    await onceAlone(client, statement, tries - 1)
  }
}
const inUse = '55006'

/** Names the filled database anew as `to`; from another database of the same server. */
export const renameDatabase = (client: pg.PoolClient, from_: string, to: string): Promise<void> =>
  onceAlone(client, `alter database "${from_}" rename to "${to}"`)

/** Makes `to` a copy of the filled database. */
export const copyDatabase = async (client: pg.PoolClient, from_: string, to: string): Promise<void> => {
  await client.query('set statement_timeout = 0')
  await client.query(`drop database if exists "${to}" with (force)`)
  await onceAlone(client, `create database "${to}" template "${from_}" strategy file_copy`)
}

export const bytesOfDatabase = async (client: pg.PoolClient): Promise<number> => {
  const { rows } = await client.query('select pg_database_size(current_database()) as bytes')
  return Number(rows[0]?.bytes)
}
