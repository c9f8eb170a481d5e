import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fc, test as property } from '@fast-check/vitest'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Engine, openEngine } from '../engine/engine.server.ts'
import type { FeedPlan } from './plan.ts'
import { addedSql, keptSql } from './wide.server.ts'

vi.setConfig({ testTimeout: 60_000 })

// One kind whose columns join in every way there is, and one that has all of its rows read again.

const span = { month: 202606, base: 202401 }
const feeds: readonly FeedPlan[] = [
  {
    kind: 'joining',
    keep: { rows: {} },
    household: () => ({
      total: 'cast(sum(x) filter (where x <> 3) as bigint)',
      many: 'cast(count(*) filter (where x > 2) as integer)',
      most: 'max(x)',
      least_of: 'min(nullif(x, 0))',
      bits: 'bit_or(1::bigint << x) filter (where x > 1)',
      any_of: 'bool_or(x = 4)',
    }),
    joins: { total: 'sum', many: 'sum', most: 'greatest', least_of: 'least', bits: 'bits', any_of: 'any' },
  },
  { kind: 'again', keep: { rows: {} }, household: () => ({ middle: 'median(x)' }) },
]

let engine: Engine
beforeAll(async () => {
  engine = await openEngine({
    tempDir: mkdtempSync(join(tmpdir(), 'doudi-wide-')),
    memoryMiB: 400,
    threads: 1,
  })
  await engine.run('create table home as select cast(n as integer) as hid, n * 2 as rooms from range(4) r(n)')
})
afterAll(() => engine.close())

type Rows = readonly (readonly [number, number | null])[]

const load = (table: string, rows: Rows): Promise<number> =>
  engine.run(
    `create or replace table ${table} (hid integer, x integer); insert into ${table} select * from (values (-1, 0)${rows
      .map(([hid, x]) => `, (${hid}, ${x})`)
      .join('')}) v where col0 >= 0`,
  )

const rows = fc.array(
  fc.tuple(fc.nat(3), fc.option(fc.nat(5))).map(([hid, x]): [number, number | null] => [hid, x]),
  { maxLength: 8 },
)

const keptOf = (suffix: string): string =>
  keptSql(feeds, span, 'household', { registry: 'home', matched: (kind) => `${kind}_${suffix}` })

property.prop([rows, rows, rows, rows, fc.boolean()], { numRuns: 12 })(
  'what is kept with what new rows give is what all rows give',
  async (joining, joiningNew, again, againNew, bothCame) => {
    for (const [kind, before, added] of [
      ['joining', joining, joiningNew],
      ['again', again, bothCame ? againNew : []],
    ] as const) {
      await load(`${kind}_before`, before)
      await load(`${kind}_new`, added)
      await load(`${kind}_all`, [...before, ...added])
    }
    await engine.run(`create or replace table kept as ${keptOf('before')}`)
    const added = addedSql(feeds, span, 'household', {
      registry: 'home',
      kept: 'kept',
      matched: (kind) => `${kind}_all`,
      added: (kind) => (bothCame || kind === 'joining' ? `${kind}_new` : undefined),
    })
    expect(await engine.rows(`${added} order by hid`)).toEqual(
      await engine.rows(`${keptOf('all')} order by hid`),
    )
    expect(await engine.rows(`describe ${added}`)).toEqual(await engine.rows(`describe ${keptOf('all')}`))
  },
)

test('a household that was not kept before has what its new rows give', async () => {
  for (const kind of ['joining', 'again'] as const) await load(`${kind}_new`, [[2, 4]])
  await load('joining_before', [])
  await load('again_before', [])
  await engine.run(`create or replace table kept as select * from (${keptOf('before')}) where hid < 2`)
  const added = addedSql(feeds, span, 'household', {
    registry: 'home',
    kept: 'kept',
    matched: (kind) => `${kind}_new`,
    added: (kind) => `${kind}_new`,
  })
  expect(await engine.rows(`select * from (${added}) where hid = 2`)).toEqual([
    { hid: 2, rooms: 4, total: 4, many: 1, most: 4, least_of: 4, bits: 16, any_of: true, middle: 4 },
  ])
})
