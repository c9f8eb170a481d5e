import { expect, test } from 'vitest'
import { checkPack } from './check.ts'
import { en } from './en.ts'
import { type Finding, type FindingCode, findingText } from './finding.ts'
import { packFilesIn } from './load.server.ts'
import { type PackFiles, readPack } from './pack.ts'

const files = packFilesIn('policies/examples/small-pack')

/** One thing that is wrong: in a file, one text instead of another; found with a code on the line of `where`. */
interface Broken {
  readonly code: FindingCode
  readonly file: string
  readonly from: string | RegExp
  readonly to: string
  readonly where: string
  /** Where the finding stands in another file than the change. */
  readonly foundIn?: string
}

const broken: Readonly<Record<string, Broken>> = {
  'an expression that ends too early': {
    ...{ code: 'syntax', file: 'rules.yaml', from: 'gapFen > 0', to: 'gapFen >', where: 'gapFen >' },
  },
  'a fact nobody declared': {
    ...{
      code: 'unknown-name',
      file: 'rules.yaml',
      from: 'm.wageFen',
      to: 'm.salaryFen',
      where: 'm.salaryFen',
    },
  },
  'an amount compared with a text': {
    ...{
      code: 'type-clash',
      file: 'rules.yaml',
      from: 'gapFen > 0',
      to: 'gapFen > "0"',
      where: 'gapFen > "0"',
    },
  },
  'fen added to a percentage': {
    ...{
      code: 'unit-clash',
      file: 'rules.yaml',
      from: 'parameters.standardFen - m',
      to: 'parameters.aidPercent - m',
    },
    where: 'parameters.aidPercent - m',
  },
  'a code that is not in the list': {
    ...{
      code: 'code-never-occurs',
      file: 'rules.yaml',
      from: '"rural"',
      to: '"village"',
      where: '"village"',
    },
  },
  'a product that leaves the whole numbers': {
    ...{
      code: 'out-of-range',
      file: 'rules.yaml',
      from: 'max(0, gapFen) *',
      to: 'gapFen * gapFen * gapFen *',
    },
    where: 'gapFen * gapFen',
  },
  'a division that is not whole': {
    ...{
      code: 'outside-sql-profile',
      file: 'rules.yaml',
      from: 'gapFen > 0',
      to: 'gapFen / 3 > 0',
      where: 'gapFen / 3',
    },
  },
  'a divisor that may be nothing': {
    ...{
      code: 'divisor-not-positive',
      file: 'rules.yaml',
      from: '100, "half-up"',
      to: 'count(members), "half-up"',
    },
    where: 'count(members)',
  },
  'a rule that comes back to itself': {
    ...{
      code: 'cycle',
      file: 'rules.yaml',
      from: 'm.wageFen)',
      to: 'm.wageFen) + aidAmountFen',
      where: 'value: divide',
    },
  },
  'more working days than can be counted': {
    ...{
      code: 'workdays-out-of-range',
      file: 'rules.yaml',
      from: '<= today()',
      to: '<= addWorkdays(today(), 99999)',
    },
    where: 'addWorkdays',
  },
  'a value outside its range': {
    ...{
      code: 'value-out-of-range',
      file: 'parameters.yaml',
      from: 'value: 80,',
      to: 'value: 101,',
      where: 'value: 101',
    },
  },
  'two values at once': {
    ...{
      code: 'values-overlap',
      file: 'parameters.yaml',
      from: 'until: 2025-01-01',
      to: 'until: 2025-01-02',
    },
    where: '- { value: 66000',
  },
  'a day without value': {
    ...{ code: 'values-gap', file: 'parameters.yaml', from: 'until: 2025-01-01', to: 'until: 2024-12-31' },
    where: '- { value: 66000',
  },
  'a value under its floor': {
    ...{
      code: 'under-floor',
      file: 'parameters.yaml',
      from: 'value: 66000',
      to: 'value: 49999',
      where: '- { value: 49999',
    },
  },
  'a parameter without range': {
    ...{
      code: 'parameter-without-range',
      file: 'parameters.yaml',
      from: '  range: [1, 100]\n',
      to: '',
      where: 'aidPercent:',
    },
  },
  'a value without source': {
    ...{
      code: 'no-source',
      file: 'parameters.yaml',
      from: ', source: { document: small-1, clause: 第四条 }',
      to: '',
    },
    where: '- { value: 80',
  },
  'a value nobody checked': {
    ...{
      code: 'no-check-date',
      file: 'parameters.yaml',
      from: /(第四条 \}), checkedOn: 2026-11-22/u,
      to: '$1',
    },
    where: '- { value: 80',
  },
  'a document nobody lists': {
    ...{
      code: 'unknown-document',
      file: 'programmes.yaml',
      from: 'document: small-1',
      to: 'document: small-2',
    },
    where: 'sources: [{ document: small-2',
  },
  'an alert that is no condition': {
    ...{
      code: 'rule-not-boolean',
      file: 'rules.yaml',
      from: 'some m in members satisfies m.diedOn <= today()',
    },
    ...{ to: 'count(members)', where: 'when: |\n    count' },
  },
  'a rule that is not what it says': {
    ...{
      code: 'rule-type-differs',
      file: 'rules.yaml',
      from: 'type: boolean',
      to: 'type: date',
      where: 'type: date',
    },
  },
  'a negation of what may be absent': {
    ...{
      code: 'may-be-absent',
      file: 'rules.yaml',
      from: 'm.diedOn <= today()',
      to: 'not(m.hasCertificate)',
    },
    where: 'not(m.hasCertificate)',
  },
  'feeds that the rule does not read': {
    ...{ code: 'feeds-differ', file: 'rules.yaml', from: '[deaths]', to: '[moves]', where: 'feeds: [moves]' },
  },
  'a rule named as a fact is': {
    ...{ code: 'name-twice', file: 'rules.yaml', from: 'gapFen:', to: 'residence:', where: 'residence:' },
  },
  'a programme without its rule': {
    ...{
      code: 'programme-unknown-rule',
      file: 'programmes.yaml',
      from: 'eligible: aid',
      to: 'eligible: help',
    },
    where: 'eligible: help',
  },
  'a sentence with nothing to fill in': {
    ...{
      code: 'unknown-placeholder',
      file: 'programmes.yaml',
      from: '收入缺口{gapFen}',
      to: '收入缺口{holeFen}',
    },
    where: 'sentences:',
  },
  'a threshold without its case': {
    ...{
      code: 'threshold-without-case',
      file: 'cases/aid.yaml',
      from: 'wageFen: 60001',
      to: 'wageFen: 70001',
    },
    ...{ where: 'residence in', foundIn: 'rules.yaml' },
  },
  'a case with a strange fact': {
    ...{ code: 'case-unknown-name', file: 'cases/aid.yaml', from: 'wageFen: 59999', to: 'salaryFen: 59999' },
    where: 'members: [{ salaryFen',
  },
  'a case that fails': {
    ...{
      code: 'case-fails',
      file: 'cases/aid.yaml',
      from: 'aidAmountFen: 1 }',
      to: 'aidAmountFen: 2 }',
      where: '- id: A1-above',
    },
  },
  'a field nobody knows': {
    ...{
      code: 'schema',
      file: 'programmes.yaml',
      from: 'tier: basic',
      to: 'tier: general',
      where: 'tier: general',
    },
  },
  'a file that is no YAML': {
    ...{
      code: 'not-yaml',
      file: 'sources.yaml',
      from: 'status: own',
      to: 'status: own: own',
      where: 'status: own: own',
    },
  },
  'a pack below that is not there': {
    ...{
      code: 'pack-missing',
      file: 'pack.yaml',
      from: 'version: 1.0.0',
      to: 'version: 1.0.0\nover: nothing',
      where: 'over:',
    },
  },
}

const brokenBy = ({ file, from, to }: Pick<Broken, 'file' | 'from' | 'to'>): PackFiles => {
  const text = files[file] ?? ''
  const changed = text.replace(from, to)
  expect(changed, 'nothing to replace').not.toBe(text)
  return { ...files, [file]: changed }
}

const lineOf = (text: string, where: string): number => text.slice(0, text.indexOf(where)).split('\n').length

const expectTold = (finding: Finding | undefined): void => {
  for (const language of ['zh-CN', 'en'] as const) {
    const text = finding ? findingText(finding, language) : ''
    expect(text).toMatch(/^[\w./-]+:\d+: ./u)
    expect(text).not.toMatch(/\{|undefined/u)
  }
}

test('the small pack of the examples has no finding', () => {
  expect(checkPack(files)).toEqual([])
})

test.for(Object.entries(broken))('%s is refused with file and line', ([, one]) => {
  const pack = brokenBy(one)
  const findings = checkPack(pack)
  const found = findings.find(({ code }) => code === one.code)
  expect(found, findings.map((finding) => findingText(finding, 'en')).join('\n')).toBeDefined()
  const file = one.foundIn ?? one.file
  expect(pack[file]).toContain(one.where)
  expect(found).toMatchObject({ file, line: lineOf(pack[file] ?? '', one.where) })
  expectTold(found)
})

test('a file that is missing, and an entry written in two chapters, are refused', () => {
  const { 'facts.yaml': _, ...without } = files
  const [missing] = checkPack(without)
  expect(missing).toMatchObject({ code: 'file-missing', file: 'facts.yaml' })
  expectTold(missing)
  const twice = checkPack({ ...files, 'more/sources.yaml': files['sources.yaml'] ?? '' })[0]
  expect(twice).toMatchObject({ code: 'written-twice', file: 'more/sources.yaml', line: 1 })
  expectTold(twice)
})

test('what is built on a broken rule is not told beside it', () => {
  const { findings } = readPack(brokenBy({ file: 'rules.yaml', from: 'm.wageFen', to: 'm.salaryFen' }))
  expect(findings.map(({ code }) => code)).toEqual(['unknown-name'])
})

test('every kind of finding is tried', () => {
  const tried = new Set<string>(Object.values(broken).map(({ code }) => code))
  // The last: two versions of one indicator, where those are read.
  const elsewhere = ['file-missing', 'written-twice', 'broken-rule', 'version-twice']
  expect(Object.keys(en.findings).filter((code) => !tried.has(code) && !elsewhere.includes(code))).toEqual([])
  expect(tried.size).toBeGreaterThan(25)
})
