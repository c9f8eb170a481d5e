import { expect, test } from 'vitest'
import { checkPack } from './check.ts'
import { findingText } from './finding.ts'
import { packFilesIn } from './load.server.ts'
import type { PackFiles } from './pack.ts'

const files = packFilesIn('policies/indicators')

/** The pack with one text replaced; the line on which the change stands. */
const changed = (file: string, from: string | RegExp, to: string): PackFiles => {
  const text = files[file] ?? ''
  const result = text.replace(from, to)
  expect(result, `${file}: nothing to replace`).not.toBe(text)
  return { ...files, [file]: result }
}
const lineOf = (pack: PackFiles, file: string, text: string): number =>
  (pack[file] ?? '').slice(0, (pack[file] ?? '').indexOf(text)).split('\n').length

test('the pack of indicators has no finding', () => {
  expect(checkPack(files).map((finding) => findingText(finding, 'en'))).toEqual([])
})

test.for([
  ['an unknown fact', 'rules.yaml', 'm.diedOn <=', 'm.deceasedOn <=', 'unknown-name', 'm.deceasedOn'],
  ['a clash of types', 'rules.yaml', 'm.diedOn <= today()', 'm.diedOn <= 3', 'type-clash', 'm.diedOn <= 3'],
  [
    'a clash of units',
    'rules.yaml',
    'homeUnits >= parameters.secondHomeUnits',
    'homeUnits >= parameters.medicalShare',
    'unit-clash',
    'homeUnits >= parameters.m',
  ],
  [
    'fen compared with a count',
    'rules.yaml',
    'ownMedicalFen > 0',
    'ownMedicalFen > homeUnits',
    'unit-clash',
    'ownMedicalFen > homeUnits',
  ],
  [
    'a code that never occurs',
    'rules.yaml',
    '"in-custody"',
    '"in custody"',
    'code-never-occurs',
    '"in custody"',
  ],
  [
    'a division',
    'rules.yaml',
    'ownMedicalFen * 100 > parameters.medicalShare * annualIncomeFen',
    'ownMedicalFen / annualIncomeFen > 0',
    'outside-sql-profile',
    'ownMedicalFen / annual',
  ],
  [
    'a syntax error',
    'rules.yaml',
    'm.activeBusinesses > 0',
    'm.activeBusinesses >',
    'syntax',
    'm.activeBusinesses >',
  ],
  [
    'a condition that is no boolean',
    'rules.yaml',
    'homeUnits >= parameters.secondHomeUnits',
    'homeUnits + 1',
    'rule-not-boolean',
    'when: |\n    homeUnits + 1',
  ],
  [
    'a negation that may be null',
    'rules.yaml',
    'returnPovertyRiskCleared = false',
    'not(returnPovertyRiskCleared)',
    'may-be-absent',
    'not(returnPovertyRisk',
  ],
  ['feeds that differ', 'rules.yaml', 'feeds: [deaths]', 'feeds: [moves]', 'feeds-differ', 'feeds: [moves]'],
  [
    'a placeholder nothing fills',
    'rules.yaml',
    '已于{diedOn}',
    '已于{deathOn}',
    'unknown-placeholder',
    'sentence:\n    zh: "{members}已于{deathOn}',
  ],
  [
    'a document nobody lists',
    'rules.yaml',
    'document: yunnan-2020-113',
    'document: yunnan-2020-114',
    'unknown-document',
    'document: yunnan-2020-114',
  ],
  [
    'a parameter without source',
    'parameters.yaml',
    /\n {6}source:\n {8}document: rigid[\s\S]*?(?=\n {6}checkedOn)/u,
    '',
    'no-source',
    '- value: 12\n      from: 2026-01-01\n      checkedOn',
  ],
  [
    'a parameter without check date',
    'parameters.yaml',
    /\n {6}checkedOn: 2026-11-22\n {6}note/u,
    '\n      note',
    'no-check-date',
    '- value: 60',
  ],
  [
    'a list the lake would filter by',
    'facts.yaml',
    'uses: [employeeInsuranceCodes]',
    'uses: [employeeCodes]',
    'unknown-name',
    'employeeInsuranceFirstMonth:',
  ],
  [
    'a case for no rule',
    'cases/second-home.yaml',
    'rule: second-home',
    'rule: third-home',
    'case-unknown-name',
    'rule: third-home',
  ],
  [
    'a case with an impossible fact',
    'cases/second-home.yaml',
    'homeUnits: 1',
    'homeUnits: many',
    'case-unknown-name',
    'given: { homeUnits: many',
  ],
  [
    'a case that fails',
    'cases/second-home.yaml',
    'expect: true',
    'expect: false',
    'case-fails',
    '- rule: second-home\n  name: 两套',
  ],
  ['a field of the wrong form', 'rules.yaml', 'grade: red', 'grade: purple', 'schema', 'grade: purple'],
  ['a field too many', 'pack.yaml', 'version: 1.0.0', 'version: 1.0.0\nauthor: x', 'schema', 'id:'],
  ['broken YAML', 'sources.yaml', 'status: draft', 'status: [draft', 'not-yaml', 'status: [draft'],
] as const)('%s is found with file and line', ([, file, from, to, code, where]) => {
  const pack = changed(file, from, to)
  const found = checkPack(pack).filter((finding) => finding.code === code)
  expect(
    found.length,
    checkPack(pack)
      .map((finding) => findingText(finding, 'en'))
      .join('\n'),
  ).toBeGreaterThan(0)
  const [first] = found
  expect(first?.file).toBe(file)
  if (code !== 'not-yaml') expect(first?.line).toBe(lineOf(pack, file, where))
  for (const language of ['zh-CN', 'en'] as const) {
    const text = first ? findingText(first, language) : ''
    expect(text).toMatch(new RegExp(`^${file}:\\d+: .`, 'u'))
    expect(text).not.toMatch(/\{|undefined/u)
  }
})

test.for([
  ['homeUnits: 1', 'below'],
  ['homeUnits: 2', 'at'],
  ['homeUnits: 3', 'above'],
])('without the case %s the threshold is found untried just %s', ([given = '', side]) => {
  const text = files['cases/second-home.yaml'] ?? ''
  const kept = text
    .split(/\n(?=- rule)/u)
    .filter((it) => !it.includes(given))
    .join('\n')
  const pack = { ...files, 'cases/second-home.yaml': kept }
  const [found] = checkPack(pack)
  expect(found).toMatchObject({
    code: 'threshold-without-case',
    file: 'rules.yaml',
    line: lineOf(pack, 'rules.yaml', 'homeUnits >= '),
  })
  expect(found && findingText(found, 'en')).toContain(side === 'at' ? 'exactly at' : `just ${side}`)
  expect(found && findingText(found, 'zh-CN')).toContain(
    { below: '刚好低于界限', at: '正好等于界限', above: '刚好高于界限' }[side ?? ''],
  )
})

test('a missing file is a finding', () => {
  const { 'rules.yaml': _, ...rest } = files
  expect(checkPack(rest)).toMatchObject([{ code: 'file-missing', file: 'rules.yaml' }])
})
