import { expect, test } from 'vitest'
import { businessDate, regionCode } from '#base'
import { packInForce } from './pack/in-force.ts'
import { loadPack } from './pack/load.server.ts'
import type { Pack } from './pack/pack.ts'
import { readyProgrammeCases } from './pack/programme-cases.ts'
import { openQueries } from './sql/try-out.server.ts'
import { drawFrom, subjectNear } from './testing/households.ts'
import { compiledRules, differencesOf, interpretedRules, rulesOf } from './testing/named-engines.server.ts'

test('interpreter and DuckDB agree on 100,000 households', async () => {
  const pack = loadPack('policies/cn-national').pack as Pack
  const on = businessDate('2024-06-15')
  const given = readyProgrammeCases(pack)[0]?.case.parameters ?? {}
  const force = packInForce(pack, { on, region: regionCode('150202000000'), given })
  const near = { on, amounts: [0, 1, 80_000, 120_000, 240_000, 360_000], years: [3, 8, 18, 40, 62] }
  for (let part = 0; part < 10; part += 1) {
    const draw = drawFrom(part)
    const subjects = Array.from({ length: 10_000 }, (_, index) =>
      subjectNear(pack, 'household', `h${index}`, near, draw),
    )
    const tables = await openQueries(pack, { household: subjects })
    for (const entity of ['household', 'member']) {
      const rules = rulesOf(pack, entity)
      const left = interpretedRules(force, 'household', entity, rules, subjects)
      const right = await compiledRules(force, entity, rules, 'duckdb', tables.query)
      expect(differencesOf(left, right).slice(0, 5)).toEqual([])
    }
    tables.close()
  }
}, 1_200_000)
