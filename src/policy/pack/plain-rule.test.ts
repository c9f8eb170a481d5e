import { expect, test } from 'vitest'
import type { BusinessDate, RegionCode } from '#base'
import { packInForce } from './in-force.ts'
import { readPack } from './pack.ts'
import { plainValueText, type RuleText, ruleText } from './plain-rule.ts'

const files = (value: string, type = 'boolean'): Record<string, string> => ({
  'pack.yaml': `id: plain
title: { zh: 白话, en: plain }
version: 1.0.0
effective: { from: 2020-01-01 }
region: "530000000000"
summary: { zh: 测试, en: test }`,
  'facts.yaml': `entities:
  household: { label: { zh: 家庭, en: household } }
  member: { label: { zh: 成员, en: member }, within: household, most: 9 }
facts:
  household:
    residence:
      type: code
      values: { urban: { zh: 城镇, en: urban }, rural: { zh: 农村, en: rural } }
      label: { zh: 城乡类别, en: residence }
      from: { registry: x }
      derivation: x
  member:
    wageFen: { type: number, unit: fen, range: [0, 1000000], label: { zh: 工资, en: wage }, from: { registry: x }, derivation: x }
    bornOn: { type: date, label: { zh: 出生日期, en: birth date }, from: { registry: x }, derivation: x }
    diedOn: { type: date, absent: true, label: { zh: 死亡日期, en: date of death }, from: { registry: x }, derivation: x }
    student: { type: boolean, label: { zh: 在校, en: at school }, from: { registry: x }, derivation: x }`,
  'parameters.yaml': `limitFen:
  type: number
  unit: fen
  range: [1, 1000000]
  label: { zh: 界限, en: limit }
  values: [{ value: 50000, from: 2020-01-01 }]
months:
  type: number
  unit: months
  range: [1, 24]
  label: { zh: 回看月数, en: months }
  values: [{ from: 2020-01-01 }]`,
  'rules.yaml': `one:
  entity: household
  name: { zh: 一, en: one }
  type: ${type}
  value: |
    ${value}`,
  'sources.yaml': 'x: { title: { zh: x, en: x }, issuer: { zh: x, en: x }, status: in-force }',
})

const said = (value: string, type?: string): RuleText => {
  const { pack, findings } = readPack(files(value, type))
  const tree = pack?.definitions.get('one')?.tree
  if (!pack || !tree) throw new Error(JSON.stringify(findings))
  const when = { on: '2026-06-15' as BusinessDate, region: '530000000000' as RegionCode }
  return ruleText(packInForce(pack, when), tree, 'zh-CN')
}

test.for([
  ['total(members.wageFen) < parameters.limitFen', '全部成员的工资之和低于界限（现为500.00元）'],
  ['total(members.wageFen) >= 60000', '全部成员的工资之和不低于600.00元'],
  ['residence = "urban"', '城乡类别为城镇'],
  ['count(members[student]) * 2 > 3', '满足“在校”的成员的数目 × 2高于3'],
  ['some m in members satisfies m.diedOn != null and m.student', '至少有一名成员：'],
  [
    'count(members[bornOn > today() - duration("P1M") * parameters.months]) > 0',
    '满足“出生日期晚于当日之前回看月数（尚未确定）”的成员的数目高于0',
  ],
  ['count(members[student = false]) = 0', '满足“在校：否”的成员的数目为0'],
] as const)('%s', ([value, text]) => {
  expect(said(value).text).toBe(text)
})

test('conditions joined by and, or and if are lists, with their parts below', () => {
  expect(said('residence = "rural" and (total(members.wageFen) > 0 or count(members) <= 2)')).toEqual({
    text: '同时满足：',
    parts: [
      { text: '城乡类别为农村', parts: [] },
      {
        text: '满足下列之一：',
        parts: [
          { text: '全部成员的工资之和高于0.00元', parts: [] },
          { text: '全部成员的数目不超过2', parts: [] },
        ],
      },
    ],
  })
  const cases = said('if residence = "urban" then 100 else 200', 'number\n  unit: count')
  expect(cases.parts.map(({ text, parts: [part] }) => `${text}${part?.text}`)).toEqual([
    '如果城乡类别为城镇：100',
    '其他情形：200',
  ])
})

test('a value is told with its unit or label', () => {
  expect(plainValueText(65_000, { unit: 'fen' }, 'zh-CN')).toBe('650.00元')
  expect(plainValueText(3, { unit: 'months' }, 'en')).toBe('3 months')
  expect(plainValueText(['a', 'b'], { labels: { a: { zh: '甲', en: 'A' } } }, 'zh-CN')).toBe('甲、b')
  expect(plainValueText(true, {}, 'zh-CN')).toBe('是')
})
