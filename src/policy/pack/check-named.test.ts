import { expect, test } from 'vitest'
import { checkPack } from './check.ts'
import { findingText } from './finding.ts'
import { loadPack, packFilesIn } from './load.server.ts'
import type { PackFiles } from './pack.ts'

const national = packFilesIn('policies/cn-national')
const demo = packFilesIn('policies/demo')

const changed = (files: PackFiles, file: string, from: string | RegExp, to: string): PackFiles => {
  const text = files[file] ?? ''
  const result = text.replace(from, to)
  expect(result, `${file}: nothing to replace`).not.toBe(text)
  return { ...files, [file]: result }
}
const lineOf = (files: PackFiles, file: string, text: string): number =>
  (files[file] ?? '').slice(0, (files[file] ?? '').indexOf(text)).split('\n').length

test.for(['cn-national', 'cn-150200-baotou', 'demo'])('the pack %s has no finding', (id) => {
  const base = { 'cn-150200-baotou': 'cn-national', demo: 'cn-150200-baotou' }[id]
  const findings = checkPack(packFilesIn(`policies/${id}`), base ? loadPack(`policies/${base}`) : undefined)
  expect(findings.map((finding) => findingText(finding, 'en'))).toEqual([])
})

test.for([
  ['a circle', 'rules.yaml', 'ageYears < 18', 'isMinor', 'cycle', 'isMinor\n  sources'],
  [
    'a rule that is not what it says',
    'rules.yaml',
    'ageYears < 18',
    'ageYears',
    'rule-type-differs',
    'type: boolean',
  ],
  [
    'a divisor that may be nothing',
    'rules.yaml',
    'divide(incomeYearFen, 12, "half-up")',
    'divide(incomeYearFen, seriousIllness, "half-up")',
    'type-clash',
    'divide(incomeYearFen, serious',
  ],
  [
    'a parameter without range',
    'parameters.yaml',
    /(employmentCostPercent:[\s\S]*?)\n {2}range: \[0, 500\]/u,
    '$1',
    'parameter-without-range',
    'employmentCostPercent:',
  ],
  [
    'a value outside its range',
    'parameters.yaml',
    '- value: 150',
    '- value: 1',
    'value-out-of-range',
    '- value: 1\n',
  ],
  [
    'a programme without its rule',
    'programmes.yaml',
    'eligible: dibaoMargin',
    'eligible: dibaoMargins',
    'programme-unknown-rule',
    'eligible: dibaoMargins',
  ],
  [
    'working days that may be fewer than none',
    'deadlines/rules.yaml',
    'parameters.refusalNoticeWorkdays',
    'parameters.refusalNoticeWorkdays - 181',
    'workdays-out-of-range',
    'addWorkdays(dibaoRefusedOn',
  ],
  [
    'natural days counted as working days',
    'deadlines/rules.yaml',
    'addWorkdays(dibaoRefusedOn, parameters.refusalNoticeWorkdays)',
    'addWorkdays(dibaoRefusedOn, parameters.publicityDays)',
    'unit-clash',
    'addWorkdays(dibaoRefusedOn',
  ],
  ['a status nobody knows', 'pack.yaml', 'version:', 'status: drafty\nversion:', 'schema', 'status: drafty'],
  ['a rule named as a fact is', 'rules.yaml', 'countedMembers:', 'residence:', 'name-twice', 'residence:'],
  [
    'a case that fails',
    'cases/c-dibao.yaml',
    'dibaoAmountFen: 90000',
    'dibaoAmountFen: 90001',
    'case-fails',
    '- id: C16',
  ],
  [
    'a case with a strange fact',
    'cases/c-dibao.yaml',
    'otherIncomeFen: 150000 }',
    'otherIncome: 150000 }',
    'case-unknown-name',
    'members: [{ otherIncome:',
  ],
  [
    'a threshold without case',
    'cases/a-household.yaml',
    /\n {2}- id: C06-day-before[\s\S]*?(?=\n {2}- id)/u,
    '',
    'threshold-without-case',
    'clergyAwaySince + duration',
  ],
] as const)('%s is found with file and line', ([, file, from, to, code, where]) => {
  const files = changed(national, file, from, to)
  const all = checkPack(files)
  const found = all.find((finding) => finding.code === code)
  expect(found, all.map((finding) => findingText(finding, 'en')).join('\n')).toBeDefined()
  const at = code === 'threshold-without-case' ? 'rules.yaml' : file
  expect(found).toMatchObject({ file: at, line: lineOf(files, at, where) })
  for (const language of ['zh-CN', 'en'] as const)
    expect(found && findingText(found, language)).not.toMatch(/\{|undefined/u)
})

test('an overlay is held to floors, periods and the pack below it', () => {
  const base = loadPack('policies/cn-150200-baotou')
  const withValues = (text: string): PackFiles => ({ ...demo, 'parameters.yaml': text })
  const value = (amount: number, from: string, until = ''): string =>
    `    - value: ${amount}\n      from: ${from}\n${until}      region: "530000000000"\n` +
    '      source: { document: demo-values, clause: 演示 }\n      checkedOn: 2026-11-22\n'
  const codes = (text: string): string[] =>
    [...new Set(checkPack(withValues(text), base).map(({ code }) => code))].filter(
      (code) => code !== 'case-fails',
    )
  const floor = `dibaoFloorUrbanFen:\n  values:\n${value(64_000, '2020-06-01')}`
  const standard = (text: string): string => `dibaoStandardUrbanFen:\n  values:\n${text}`
  expect(codes(floor + standard(value(64_000, '2020-07-01')))).toEqual([])
  expect(codes(floor + standard(value(63_999, '2020-07-01')))).toEqual(['under-floor'])
  expect(codes(floor + standard(value(63_999, '2019-07-01')))).toEqual(['under-floor'])
  const ended = (day: string): string => `      until: ${day}\n`
  expect(codes(standard(value(1, '2020-01-01', ended('2021-01-01')) + value(2, '2021-01-01')))).toEqual([])
  expect(codes(standard(value(1, '2020-01-01', ended('2021-01-02')) + value(2, '2021-01-01')))).toEqual([
    'values-overlap',
  ])
  expect(codes(standard(value(1, '2020-01-01', ended('2020-12-31')) + value(2, '2021-01-01')))).toEqual([
    'values-gap',
  ])
  expect(codes(`dibaoStandards:\n  values:\n${value(1, '2020-01-01')}`)).toEqual(['unknown-name'])
  expect(checkPack(demo).map(({ code }) => code)).toEqual(['pack-missing'])
})

test('an overlay that breaks a rule below is told where that rule stands', () => {
  const files = {
    ...demo,
    'rules.yaml': `ageYears:
  entity: member
  name: { zh: 周岁, en: years }
  type: boolean
  value: isMinor
  sources: [{ document: demo-values, clause: 演示 }]
  checkedOn: 2026-11-22
`,
  }
  const findings = checkPack(files, loadPack('policies/cn-150200-baotou'))
  expect(findings.some(({ file, code }) => file === '../cn-national/rules.yaml' && code !== 'schema')).toBe(
    true,
  )
})
