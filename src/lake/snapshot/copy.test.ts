import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyDatabase } from '#testing/postgres.ts'
import { type Engine, openEngine } from '../engine/engine.server.ts'
import type { TableColumn } from '../engine/types.ts'
import { copyIn, copyOut } from './copy.server.ts'

let root = ''
let engine: Engine
let pool: pg.Pool
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'doudi-snapshot-'))
  engine = await openEngine({ tempDir: root, memoryMiB: 128, threads: 1 })
  pool = new pg.Pool({ connectionString: (await emptyDatabase()).ownerUrl })
})
afterAll(async () => {
  engine.close()
  await pool.end()
  rmSync(root, { recursive: true, force: true })
})

const columns: TableColumn[] = [
  { name: 'id', type: 'UUID' },
  { name: 'token', type: 'BIGINT' },
  { name: 'note', type: 'VARCHAR' },
  { name: 'since', type: 'DATE' },
  { name: 'month', type: 'INTEGER' },
  { name: 'flag', type: 'BOOLEAN' },
]
const rows: (string | number | boolean | null)[][] = [
  ['0190a5c4-7b1e-7000-8000-000000000001', '144115188075855871', 'a, "b"\nc\\.', '2026-06-15', 202605, true],
  ['0190a5c4-7b1e-7000-8000-000000000002', null, '', null, null, false],
  ['0190a5c4-7b1e-7000-8000-000000000003', '-5', null, '0044-03-15', 0, null],
]

test('rows go from PostgreSQL into the engine and back unchanged, and no file stays', async () => {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(
      'create temp table source (id uuid, token bigint, note text, since date, month int, flag boolean)',
    )
    for (const row of rows) await client.query('insert into source values ($1, $2, $3, $4, $5, $6)', row)
    expect(await copyIn(client, 'select * from source', engine, 'copied', columns)).toBe(3)
    expect(await copyOut(engine, 'select * from copied', client, 'returned', columns)).toBe(3)
    const both = await client.query(
      '(table source except table returned) union all (table returned except table source)',
    )
    expect(both.rows).toEqual([])
    await client.query('commit')
    await expect(client.query('table returned')).rejects.toThrow('does not exist')
  } finally {
    client.release()
  }
  expect(readdirSync(engine.tempDir)).toEqual([])
})

test('an error of the query comes out, and the engine has no half-filled table', async () => {
  const client = await pool.connect()
  try {
    await expect(copyIn(client, 'select 1 / 0', engine, 'broken', columns)).rejects.toThrow(
      'division by zero',
    )
    await expect(engine.rows('select * from broken')).rejects.toThrow('does not exist')
  } finally {
    client.release()
  }
  expect(readdirSync(engine.tempDir)).toEqual([])
})

test('an empty result gives an empty table', async () => {
  const client = await pool.connect()
  try {
    const select =
      'select null::uuid, null::bigint, null::text, null::date, null::int, null::boolean where false'
    expect(await copyIn(client, select, engine, 'empty', columns)).toBe(0)
  } finally {
    client.release()
  }
})
