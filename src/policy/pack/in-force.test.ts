import { expect, test } from 'vitest'
import { businessDate, regionCode } from '#base'
import { compileRules } from '../interpret/evaluate.ts'
import { compileSql } from '../sql/compile.ts'
import { openTryOut } from '../sql/try-out.server.ts'
import { packInForce } from './in-force.ts'
import { packFilesIn } from './load.server.ts'
import { type Pack, readPack } from './pack.ts'

const files = packFilesIn('policies/indicators')
const dali = regionCode('532901000000')
const withHomes = (values: string): Pack => {
  const text = files['parameters.yaml'] ?? ''
  const changed = text.replace(/(secondHomeUnits:[\s\S]*?values:\n)[\s\S]*?(?=businessKinds)/u, `$1${values}`)
  const { pack } = readPack({ ...files, 'parameters.yaml': changed })
  if (!pack) throw new Error('the pack does not read')
  return pack
}
const homes = (pack: Pack, on: string, region = dali): unknown =>
  packInForce(pack, { on: businessDate(on), region }).parameters.get('secondHomeUnits')?.value

test('a value holds from its day, half open until the next begins', () => {
  const pack = withHomes(
    '    - { value: 2, from: 2026-01-01, until: 2026-07-01 }\n    - { value: 3, from: 2026-07-01 }\n',
  )
  expect(homes(pack, '2026-06-30')).toBe(2)
  expect(homes(pack, '2026-07-01')).toBe(3)
})

test('the narrowest region wins over the wider, and other regions keep theirs', () => {
  const pack = withHomes(
    "    - { value: 2, from: 2026-01-01 }\n    - { value: 4, from: 2026-01-01, region: '532900000000' }\n    - { value: 5, from: 2026-01-01, region: '532901000000' }\n",
  )
  expect(homes(pack, '2026-06-15')).toBe(5)
  expect(homes(pack, '2026-06-15', regionCode('532922000000'))).toBe(4)
  expect(homes(pack, '2026-06-15', regionCode('530100000000'))).toBe(2)
})

test('what the sources leave open is unknown in both engines, not a refusal', async () => {
  const pack = withHomes('    - { from: 2026-01-01 }\n')
  const force = packInForce(pack, { on: businessDate('2026-06-15'), region: dali })
  const rule = compileRules(force).find((it) => it.rule.id === 'second-home')
  const facts = { homeUnits: 3, category: 'dibao', annualIncomeFen: 0 }
  const subject = { id: 'h', facts, members: [] }
  const missing = { outcome: 'unknown', missing: ['parameters.secondHomeUnits'] }
  expect(rule?.evaluate(subject)).toEqual(missing)
  const tables = await openTryOut(pack, { household: [subject] })
  const rows = await tables.run(force, compileSql(force, 'household', { rules: ['second-home'] }))
  tables.close()
  expect(rows).toEqual([{ rule: 'second-home', subject: 'h', outcome: missing }])
})

test('a rule outside its dates is not run', () => {
  const { pack } = readPack(files)
  expect(pack && packInForce(pack, { on: businessDate('2025-12-31'), region: dali }).rules).toEqual([])
})
