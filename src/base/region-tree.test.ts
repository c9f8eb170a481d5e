import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { businessDate } from './dates.ts'
import { levelOf, parentOf, regionCode } from './region-code.ts'
import { regionTree } from './region-tree.ts'

const folder = new URL('../../regions/', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8')
const texts = {
  tables: readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .map(read),
  levelNames: read('level-names.yaml'),
  changes: read('changes.yaml'),
  zones: read('zones.yaml'),
}
const tree = regionTree(texts)
const on = businessDate

const levelNames = texts.levelNames
const small = (lines: readonly string[], changes = 'changes: []', zones = 'zones: []') =>
  regionTree({ tables: [['code,name,level,parentCode', ...lines].join('\n')], levelNames, changes, zones })

test('the committed tables make one tree without gaps', () => {
  expect(tree.roots.map((r) => r.name)).toEqual(['内蒙古自治区', '江苏省', '广东省', '云南省'])
  expect(tree.all.length).toBe(4 + 5 + 55 + 667 + 8608)
  for (const region of tree.all) {
    expect(region.level).toBe(levelOf(region.code))
    expect(region.parentCode).toBe(parentOf(region.code))
  }
  const reached = tree.roots.flatMap(function below(region): string[] {
    return [region.code, ...tree.childrenOf(region.code).flatMap(below)]
  })
  expect(reached).toEqual(tree.all.map((r) => r.code))
})

test('regions are found by code, below and above', () => {
  const dali = regionCode('532900000000')
  expect(tree.byCode(dali)?.name).toBe('大理白族自治州')
  expect(tree.childrenOf(dali).length).toBe(12)
  expect(tree.pathOf(regionCode('532901003000')).map((r) => r.name)).toEqual([
    '云南省',
    '大理白族自治州',
    '大理市',
    '下关街道',
  ])
  expect(tree.nameOf(regionCode('320682000000'))).toBe('江苏省南通市如皋市')
  expect(tree.byCode(regionCode('110000000000'))).toBeUndefined()
  expect(tree.nameOf(regionCode('110000000000'))).toBeUndefined()
  expect(tree.childrenOf(regionCode('110000000000'))).toEqual([])
})

test('places call their levels by their own names', () => {
  const nameOf = (code: string) => tree.levelNameOf(regionCode(code), 'zh-CN')
  expect(nameOf('532900000000')).toBe('州')
  expect(nameOf('530100000000')).toBe('市')
  expect(nameOf('532901000000')).toBe('市')
  expect(nameOf('532922000000')).toBe('县（市）')
  expect(nameOf('150000000000')).toBe('自治区')
  expect(nameOf('150223000000')).toBe('旗')
  expect(nameOf('440111101000')).toBe('镇街')
  expect(tree.levelNameIn(regionCode('150200000000'), 'village', 'zh-CN')).toBe('嘎查村（社区）')
  expect(tree.levelNameIn(regionCode('320682000000'), 'township', 'zh-CN')).toBe('镇（区、街道）')
  expect(tree.levelNameOf(regionCode('532900000000'), 'en')).toBe('Autonomous prefecture')
})

test('an ended code leads to its successors from its day on', () => {
  const gangzha = regionCode('320611000000')
  expect(tree.successorsOf(gangzha, on('2020-07-02'))).toEqual([gangzha])
  expect(tree.successorsOf(gangzha, on('2020-07-03'))).toEqual(['320613000000'])
  expect(tree.nameOf(gangzha)).toBe('江苏省南通市港闸区')
  for (const change of tree.changes)
    for (const code of tree.successorsOf(change.code, on('2026-06-15')))
      expect(tree.byCode(code), `${change.code} → ${code}`).toBeDefined()
})

test('splits give several successors, and changes follow each other', () => {
  const change = (code: string, day: string, next: string) =>
    `  - { code: '${code}', name: x, retiredOn: ${day}, successors: [${next}], source: test }`
  const changes = [
    'changes:',
    change('990101000000', '2010-01-01', "'990102000000', '990103000000'"),
    change('990103000000', '2020-01-01', "'990104000000', '990102000000'"),
  ].join('\n')
  const split = small([], changes)
  const code = regionCode('990101000000')
  expect(split.successorsOf(code, on('2015-01-01'))).toEqual(['990102000000', '990103000000'])
  expect(split.successorsOf(code, on('2020-01-01'))).toEqual(['990102000000', '990104000000'])
  const circle = `${changes}\n${change('990102000000', '2021-01-01', "'990101000000'")}`
  expect(() => small([], circle)).toThrow('circle')
})

test('zones are found over everything they look after, while they do', () => {
  const zones = (until: string) => `zones:
  - { code: '999971000000', name: zone, actsAs: county, over: ['999901001000'], from: 2024-01-01, ${until} demo: true }`
  const zoned = small([], undefined, zones('until: 2025-01-01,'))
  const village = regionCode('999901001005')
  expect(zoned.zonesOver(village, on('2023-12-31'))).toEqual([])
  expect(zoned.zonesOver(village, on('2024-01-01')).map((z) => z.name)).toEqual(['zone'])
  expect(zoned.zonesOver(village, on('2025-01-01'))).toEqual([])
  expect(zoned.zonesOver(regionCode('999901002001'), on('2024-06-01'))).toEqual([])
  expect(zoned.zonesOver(regionCode('999901000000'), on('2024-06-01'))).toEqual([])
  expect(small([], undefined, zones('')).zonesOver(village, on('2099-01-01')).length).toBe(1)
  expect(tree.zones.every((z) => z.over.every((code) => tree.byCode(code)) && !tree.byCode(z.code))).toBe(
    true,
  )
})

test('a wrong table stops the work', () => {
  const province = '990000000000,演示省,province,'
  expect(small([province, province]).all.length).toBe(1)
  expect(() => small([province, '990000000000,别名省,province,'])).toThrow('two names')
  expect(() => small(['990100000000,演示市,city,990000000000'])).toThrow('not listed')
  expect(() => small(['990000000000,演示省,city,'])).toThrow('another level')
  expect(() => small([province, '990100000000,演示市,city,'])).toThrow('region above')
  expect(() => small(['99,演示省,province,'])).toThrow('not a region')
  expect(() => regionTree({ ...texts, tables: ['code,name\n'] })).toThrow('head of a region table')
})

test('every county outline carries a county of the tables and its name', () => {
  const shapes = new URL('shapes/', folder)
  const files = readdirSync(shapes)
  expect(files).toEqual(['150200', '320600', '440100', '530100', '532900'].map((c) => `${c}.generated.json`))
  for (const file of files) {
    const text = readFileSync(new URL(file, shapes), 'utf8')
    expect(text.length).toBeLessThan(150_000)
    const { features } = JSON.parse(text) as { features: { properties: { code: string; name: string } }[] }
    for (const { properties } of features)
      expect(tree.byCode(regionCode(properties.code))?.name).toBe(properties.name)
  }
})
