import { expect, test } from 'vitest'
import { explain } from '../interpret/explain.ts'
import { readyCases } from './cases.ts'
import { loadPack } from './load.server.ts'
import type { Pack } from './pack.ts'
import { conditionTexts, missingText, sentenceOf } from './sentences.ts'

const pack = loadPack('policies/indicators').pack as Pack
const label = (id: string): string => `#${id}`
const ready = (rule: string, name: string) => {
  const found = readyCases(pack).find((it) => it.case.rule === rule && it.case.name === name)
  if (!found) throw new Error(`no case ${name}`)
  const explanation = explain(found.force, found.rule, found.subject)
  return { ...found, explanation }
}

test('an alert reads as one sentence in both languages, with the member that caused it', () => {
  const { rule, explanation } = ready('member-died', '今天死亡')
  expect(sentenceOf(pack, rule, explanation, 'zh-CN', label)).toBe(
    '#2已于2026-06-15死亡，请核实并于当月调整救助待遇。',
  )
  expect(sentenceOf(pack, rule, explanation, 'en', label)).toBe(
    '#2 died on 2026-06-15; verify and adjust the assistance within the month.',
  )
})

test('money reads in yuan and codes by their labels', () => {
  const spending = ready('medical-spending', '自付超过60%一分')
  expect(sentenceOf(pack, spending.rule, spending.explanation, 'zh-CN', label)).toContain(
    '自付医疗费6,000.01元，超过家庭年收入10,000.00元的60%',
  )
  const disabled = ready('disabled-uncovered', '智力三级，同等对待')
  expect(sentenceOf(pack, disabled.rule, disabled.explanation, 'en', label)).toContain(
    '(grade 3), the household is other hardship',
  )
})

test('an unknown outcome names the facts still to be found out', () => {
  const { rule, explanation } = ready('member-imprisoned', '不是无期又没有刑期止日，待查明')
  expect(sentenceOf(pack, rule, explanation, 'zh-CN', label)).toBe(
    '“家庭成员服刑”暂不能判断，待查明：刑期止日。',
  )
  expect(explanation.members).toEqual(['1'])
})

test('the trace survives a missing fact: every condition is there with its values and what it misses', () => {
  const { explanation } = ready('medical-spending', '有自付费用而收入从未申报，待查明')
  const conditions = conditionTexts(pack, explanation.trace, 'en')
  expect(conditions.map(({ result }) => result)).toEqual(['holds', 'holds', 'unknown'])
  expect(conditions[2]?.facts).toContain('declared yearly household income: unknown')
  expect(explanation.parameters).toMatchObject([
    {
      name: 'medicalShare',
      value: 60,
      from: '2026-01-01',
      source: { document: 'baotou-draft' },
      checkedOn: '2026-11-22',
    },
  ])
})

test('conditions of a quantifier are listed for each member', () => {
  const { explanation } = ready('public-payroll', '在职，未停发')
  const conditions = conditionTexts(pack, explanation.trace, 'zh-CN')
  expect(conditions.filter(({ memberId }) => memberId === '1')[0]).toEqual({
    text: 'm.payrollClass = "staff"',
    memberId: '1',
    result: '成立',
    facts: ['财政供养类别: 在职'],
  })
  expect(conditions.filter(({ memberId }) => memberId === '2').length).toBe(3)
})

test('every case that alerts renders without an empty place', () => {
  for (const { case: it, force, rule, subject } of readyCases(pack)) {
    for (const language of ['zh-CN', 'en'] as const) {
      const text = sentenceOf(pack, rule, explain(force, rule, subject), language, label)
      expect(text, it.name).not.toMatch(/\{|\}|undefined|待查明%|unknown %/u)
    }
  }
})

test('a year whose calendar is awaited is told in a plain sentence', () => {
  expect(missingText(pack, 'calendar 2027', 'zh-CN')).toBe('2027年的工作日历（尚未录入）')
  expect(missingText(pack, 'calendar 2027', 'en')).toBe('the working-day calendar of 2027 (not yet entered)')
  expect(missingText(pack, 'calendar', 'zh-CN')).toBe('所涉年份的工作日历（尚未录入）')
})
