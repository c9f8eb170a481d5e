import { expect, test } from 'vitest'
import { explain, readyCases } from '#policy'
import { openPack } from '#rulebook/server'
import type { EvidenceRow } from '../../scan/evidence.ts'
import { conditionOf, type KeptExplanation, membersIn } from '../kept-explanation.ts'

const { pack } = openPack('indicators')
const ready = readyCases(pack)

/** A case as an alert keeps it, with one row of each of the rule's kinds about each member. */
const kept = (rule: string, name: string, evidence?: Partial<EvidenceRow>[]): KeptExplanation => {
  const found = ready.find((it) => it.case.rule === rule && it.case.name === name)
  if (!found) throw new Error(`no case ${name}`)
  const explanation = explain(found.force, found.rule, found.subject)
  const members = membersIn(explanation.trace)
  const rows = found.rule.feeds.flatMap((kind) =>
    (members.length ? members : [null]).map((memberId, at) => ({ kind, memberId, row: at + 2 })),
  )
  const row = { feedId: 'f', fileName: '部门.csv', period: '2026-05', receivedAt: '', row: 2, memberId: null }
  return {
    // What is kept has been through the database.
    ...(JSON.parse(JSON.stringify(explanation)) as typeof explanation),
    evidence: (evidence ?? rows).map((one) => ({ ...row, kind: '', ...one })),
  }
}
const rendered = (explanation: KeptExplanation, language: 'zh-CN' | 'en' = 'zh-CN') =>
  conditionOf(
    {
      pack,
      language,
      on: explanation.on,
      labelOf: (id) => (language === 'en' ? `member ${id}` : `成员${id}`),
      feedName: (kind, inLanguage) => (inLanguage === 'en' ? `file ${kind}` : `${kind}名册`),
    },
    explanation,
  )
const told = (explanation: KeptExplanation, language?: 'zh-CN' | 'en') =>
  rendered(explanation, language).map(({ result, sentence }) => `${result} ${sentence}`)

test('a condition is a plain statement of what is the case, in both languages', () => {
  const died = kept('member-died', '今天死亡')
  expect(told(died)).toEqual(['true 成员2 · 死亡日期：2026-06-15，不晚于比对日2026-06-15'])
  expect(told(died, 'en')).toEqual([
    'true member 2 · date of death: 2026-06-15, not after the day of the scan, 2026-06-15',
  ])
})

test('the deciding condition is there even where it is calculated, with its parameter, version and article', () => {
  const [vehicle, ...others] = rendered(kept('new-vehicle', '差一天满十二个月'))
  expect(others).toEqual([])
  expect(vehicle).toEqual({
    sentence: '成员2 · 最近一次车辆登记或过户日期：2025-06-16，晚于2025-06-15',
    result: 'true',
    expression: 'm.vehicleAcquiredOn > today() - duration("P1M") * parameters.vehicleWindowMonths',
    values: [
      {
        label: '成员2 · 最近一次车辆登记或过户日期',
        value: '2025-06-16',
        source: '部门.csv',
        date: '2026-05',
      },
    ],
    parameters: [
      {
        name: '新增车辆回看月数',
        value: '12个月',
        version: '2026-01-01',
        article: '本系统预设值（文件未规定，由当地确定） 预警指标',
      },
    ],
  })
})

test('what a rule asks not to be speaks for the alert where it is not', () => {
  const statements = told(kept('disabled-uncovered', '智力三级，同等对待'))
  expect(statements).toContain('true 救助类别：其他困难人员，不在“低保、低保边缘家庭、特困人员”之中')
  expect(statements).toContain('false 成员1 · 残疾等级：三级，不在“一级、二级”之中')
  expect(statements).toContain('true 成员1 · 残疾等级：三级，在“三级”之中')
  expect(statements).toContain('true 成员1 · 单人保：否')
})

test('sums name whose amounts they add, leave out those of nothing, and show money in yuan', () => {
  const statements = told(kept('medical-spending', '自付超过60%一分'))
  expect(statements[1]).toBe(
    'true 成员1 · 政策范围内医疗费用：5,000.01元；成员2 · 政策范围内医疗费用：3,000.00元；' +
      '成员1 · 基金支付医疗费用：1,000.00元；成员2 · 基金支付医疗费用：1,000.00元',
  )
  expect(statements[2]).toContain('申报的家庭年收入：10,000.00元')
  const alone = told(kept('income-fell', '最后缴存在回看五个月之内'))
  expect(alone.join()).not.toMatch(/：0\.00元|：无/)
})

test('where a value is from: its own kind’s file, the household’s record, or no row at all', () => {
  const sources = (explanation: KeptExplanation, language?: 'en') =>
    rendered(explanation, language).flatMap(({ values }) =>
      values.map(({ label, source, date }) => [label.replace(/^.* · /, ''), source, date]),
    )
  const insured = kept('insurance-started', '回看五个月之内')
  expect(sources(insured)).toEqual([
    ['申报的就业状况', '家庭档案', null],
    ['职工养老保险最早缴费月份', '部门.csv', '2026-05'],
  ])
  const changed = kept(
    'member-changed',
    readyName('member-changed'),
    ['1', '2', '3'].map((memberId) => ({ kind: 'moves', memberId, fileName: '迁移.xlsx' })),
  )
  const found = sources(changed).concat(sources(changed, 'en'))
  for (const [label, source] of found) {
    if (/迁|move/.test(String(label))) expect(source).toBe('迁移.xlsx')
    else expect(['marriages名册（没有相关记录）', 'file marriages (no such row)']).toContain(source)
  }
})

const readyName = (rule: string): string =>
  ready.find((it) => it.case.rule === rule && it.case.expect === true)?.case.name ?? ''

test('what is missing is explained: the file that would tell, or that nobody recorded it', () => {
  const uncovered = kept('insurance-started', '数据未覆盖，待查明')
  expect(told(uncovered)[1]).toBe(
    'unknown 成员1 · 职工养老保险最早缴费月份：待查明（收到的“insurance-payments名册”数据没有覆盖本县）',
  )
  expect(told(uncovered, 'en')[1]).toContain(
    'no file received on “file insurance-payments” covers this county',
  )
  const undeclared = rendered(kept('medical-spending', '有自付费用而收入从未申报，待查明'))
  const [income] = undeclared.at(-1)?.values ?? []
  expect(income).toEqual({
    label: '申报的家庭年收入',
    value: '待查明（档案中尚未登记）',
    source: null,
    date: null,
  })
  expect(undeclared.at(-1)?.result).toBe('unknown')
  const unfilled = told(kept('member-imprisoned', '不是无期又没有刑期止日，待查明'))
  expect(unfilled).toContain('unknown 成员1 · 刑期止日：无，文件中没有填写')
})

test.each(['zh-CN', 'en'] as const)('every case of every indicator reads well in %s', (language) => {
  for (const { case: it, rule } of ready) {
    const conditions = rendered(kept(rule.id, it.name), language)
    const holds = it.expect === true
    if (holds)
      expect(
        conditions.some(({ result }) => result === 'true'),
        it.name,
      ).toBe(true)
    const texts = conditions.flatMap(({ sentence, values, parameters }) => [
      sentence,
      ...values.flatMap(({ label, value }) => [label, value]),
      ...parameters.flatMap(({ name, value, version, article }) => [name, value, version, article]),
    ])
    for (const text of texts) {
      expect(text, it.name).not.toMatch(/[{}]|undefined|null|\[object|：：|；；/u)
      expect(text, it.name).not.toBe('')
      if (language === 'zh-CN') expect(text, it.name).not.toContain(': ')
    }
    const sentences = conditions.map(({ sentence, result }) => `${sentence} ${result}`)
    expect(new Set(sentences).size, it.name).toBe(sentences.length)
  }
})
