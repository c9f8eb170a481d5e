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

test('an indicator may ask for working days, and both engines miss the same year', async () => {
  const text = files['rules.yaml'] ?? ''
  const when = 'addWorkdays(date("2026-12-25"), homeUnits) > date("2027-01-01")'
  const unit = (files['facts.yaml'] ?? '').replace(
    /(homeUnits:\n\s+type: number\n\s+unit: )count/u,
    '$1workdays',
  )
  const { pack, findings } = readPack({
    ...files,
    'facts.yaml': unit,
    'rules.yaml': text.replace('homeUnits >= parameters.secondHomeUnits', when),
  })
  expect(findings).toEqual([])
  if (!pack) throw new Error('the pack does not read')
  const force = packInForce(pack, { on: businessDate('2026-06-15'), region: dali })
  const rule = compileRules(force).find((it) => it.rule.id === 'second-home')
  const subjects = [2, 5, 9].map((homeUnits) => ({
    id: `h${homeUnits}`,
    facts: { homeUnits, category: 'dibao', annualIncomeFen: 0 },
    members: [],
  }))
  const outcomes = subjects.map((subject) => rule?.evaluate(subject))
  expect(outcomes).toEqual([
    { outcome: 'known', value: false },
    { outcome: 'unknown', missing: ['calendar 2027'] },
    // However few days of 2027 are free, the ninth working day lies behind the first of January.
    { outcome: 'known', value: true },
  ])
  const tables = await openTryOut(pack, { household: subjects })
  const rows = await tables.run(force, compileSql(force, 'household', { rules: ['second-home'] }))
  tables.close()
  expect(rows.toSorted((a, b) => (a.subject < b.subject ? -1 : 1)).map((row) => row.outcome)).toEqual(
    outcomes,
  )
})

test('a rule outside its dates is not run', () => {
  const { pack } = readPack(files)
  expect(pack && packInForce(pack, { on: businessDate('2025-12-31'), region: dali }).rules).toEqual([])
})

test('a version holds from its day in its region; where it ends the next wider one holds, never its own earlier one', () => {
  const version = (key: string, units: number, from: string, more = '') =>
    `${key}:
  indicator: second-home
  entity: household
  name: { zh: 三套以上住房, en: Three or more homes }
  grade: red
  owner: resources
  route: 4
  period: year
  feeds: [real-estate]
  effective: { from: ${from}${more.includes('until') ? `, ${more}` : ''} }
${more.startsWith('region') ? `  ${more}\n` : ''}  when: homeUnits >= ${units}
  sentence: { zh: "{homeUnits}套", en: "{homeUnits}" }
  sources: [{ document: own-default, clause: 一 }]
  checkedOn: 2026-06-01
`
  const { pack } = readPack({
    ...files,
    'version-1/rules.yaml': version('second-home-v1', 3, '2026-07-01', 'region: "532901000000"'),
    'version-2/rules.yaml': version('second-home-v2', 4, '2026-09-01', 'until: 2026-10-01').replace(
      '  when',
      '  region: "532901000000"\n  when',
    ),
    'version-3/rules.yaml': version('second-home-v3', 5, '2026-08-01'),
  })
  const key = (on: string, region = dali) =>
    pack &&
    packInForce(pack, { on: businessDate(on), region }).rules.find(({ id }) => id === 'second-home')?.key
  expect(key('2026-06-30')).toBe('second-home')
  expect(key('2026-07-01')).toBe('second-home-v1')
  expect(key('2026-07-01', regionCode('532922000000'))).toBe('second-home')
  expect(key('2026-08-15', regionCode('532922000000'))).toBe('second-home-v3')
  expect(key('2026-08-15')).toBe('second-home-v1')
  expect(key('2026-09-01')).toBe('second-home-v2')
  expect(key('2026-10-01')).toBe('second-home-v3')
  // One rule an indicator: outcomes and alerts are by its name.
  const { rules = [] } = pack ? packInForce(pack, { on: businessDate('2026-09-15'), region: dali }) : {}
  expect(rules).toHaveLength(new Set(rules.map(({ id }) => id)).size)
})
