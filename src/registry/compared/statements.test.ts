import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openEngine } from '#lake/server'
import { newStatements } from './statements.queries.server.ts'

test.each([1, 2, 5, 6])('portions of %i rows are all statements, each once', async (atOnce) => {
  const folder = mkdtempSync(join(tmpdir(), 'doudi-statements-'))
  const engine = await openEngine({ tempDir: folder, memoryMiB: 128, threads: 2 })
  try {
    await engine.run(`create table new_statement as select uuid() as person_id, uuid() as household_id,
      '532901001001' as region_code, 'department:deaths' as kind, '{}' as value, uuid() as feed_id, n as row_no,
      date '2026-01-01' as valid_from, null::date as valid_until from range(5) as r(n)`)
    const rows: { id: string; row_no: number }[] = []
    for (let from = 0; from < 5; from += atOnce)
      rows.push(...(await engine.rows<(typeof rows)[number]>(newStatements(from, atOnce).select)))
    expect(rows.map(({ row_no }) => Number(row_no)).toSorted()).toEqual([0, 1, 2, 3, 4])
    expect(new Set(rows.map(({ id }) => id)).size).toBe(5)
  } finally {
    engine.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
