import { expect, test } from 'vitest'
import { aModel, answerTo, decision, input, resultsTo } from '../samples/build.ts'

const cell = (text: string): string => `<text>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`

type Table = {
  readonly attributes?: string
  readonly outputs?: string
  readonly values?: string
  readonly rules: readonly (readonly [test: string, ...outputs: string[]])[]
  readonly typeRef?: string
  readonly types?: string
}

const rows = (rules: Table['rules']): string =>
  rules
    .map(
      ([when, ...outputs]) =>
        `<rule><inputEntry>${cell(when)}</inputEntry>${outputs
          .map((one) => `<outputEntry>${cell(one)}</outputEntry>`)
          .join('')}</rule>`,
    )
    .join('')

const tableModel = ({
  attributes = '',
  outputs = '<output/>',
  values = '',
  rules,
  typeRef,
  types = '',
}: Table) =>
  aModel(
    types +
      input('income', 'number') +
      decision(
        'grade',
        `<decisionTable ${attributes}><input><inputExpression><text>income</text></inputExpression>${values}</input>${outputs}${rows(rules)}</decisionTable>`,
        { inputs: ['income'], ...(typeRef ? { typeRef } : {}) },
      ),
  )

const grade = (table: Table, income: number | null) => resultsTo(tableModel(table), { income }).grade

test('a unique table gives the one rule that matches, and null where several do', () => {
  const rules = [
    ['< 100', '"red"'],
    ['[50..200]', '"orange"'],
  ] as const
  expect(grade({ rules }, 10)).toBe('red')
  expect(grade({ rules }, 150)).toBe('orange')
  expect(grade({ rules }, 500)).toBeNull()
  const several = answerTo(tableModel({ rules }), { income: 60 })
  expect(several.results.grade).toBeNull()
  expect(several.problems).toMatchObject([{ code: 'dmn.several-hits' }])
})

test('an any table wants equal outputs of all rules that match', () => {
  const rules = [
    ['< 100', '"help"'],
    ['< 50', '"he" + "lp"'],
    ['< 10', '"other"'],
  ] as const
  const attributes = 'hitPolicy="ANY"'
  expect(grade({ attributes, rules }, 20)).toBe('help')
  expect(grade({ attributes, rules }, 5)).toBeNull()
})

test('a first table gives the first rule in its order', () => {
  const rules = [
    ['< 100', '1'],
    ['-', '2'],
  ] as const
  expect(grade({ attributes: 'hitPolicy="FIRST"', rules }, 5)).toBe(1)
  expect(grade({ attributes: 'hitPolicy="FIRST"', rules }, 500)).toBe(2)
})

const ranked = {
  outputs: `<output><outputValues>${cell('"red", "orange", "yellow"')}</outputValues></output>`,
  rules: [
    ['< 500', '"yellow"'],
    ['< 100', '"red"'],
    ['< 300', '"orange"'],
  ] as const,
}

test('priority and output order rank by the output values', () => {
  expect(grade({ ...ranked, attributes: 'hitPolicy="PRIORITY"' }, 200)).toBe('orange')
  expect(grade({ ...ranked, attributes: 'hitPolicy="OUTPUT ORDER"' }, 50)).toEqual([
    'red',
    'orange',
    'yellow',
  ])
  expect(grade({ ...ranked, attributes: 'hitPolicy="RULE ORDER"' }, 50)).toEqual(['yellow', 'red', 'orange'])
  expect(grade({ ...ranked, attributes: 'hitPolicy="COLLECT"' }, 200)).toEqual(['yellow', 'orange'])
})

test('without output values the allowed values of the type rank', () => {
  const types = `<itemDefinition name="tGrade"><typeRef>string</typeRef><allowedValues>${cell('"red", "orange", "yellow"')}</allowedValues></itemDefinition>`
  const { rules } = ranked
  expect(grade({ rules, types, typeRef: 'tGrade', attributes: 'hitPolicy="PRIORITY"' }, 50)).toBe('red')
})

test('priority over several outputs goes from left to right', () => {
  const outputs = `<output name="a"><outputValues>${cell('1, 2')}</outputValues></output><output name="b"><outputValues>${cell('"x", "y"')}</outputValues></output>`
  const rules = [
    ['-', '2', '"x"'],
    ['-', '1', '"y"'],
    ['-', '1', '"x"'],
  ] as const
  expect(grade({ attributes: 'hitPolicy="OUTPUT ORDER"', outputs, rules }, 1)).toEqual([
    { a: 1, b: 'x' },
    { a: 1, b: 'y' },
    { a: 2, b: 'x' },
  ])
  expect(grade({ attributes: 'hitPolicy="PRIORITY"', outputs, rules }, 1)).toEqual({ a: 1, b: 'x' })
})

test('collect counts, adds, and takes the least and the greatest', () => {
  const rules = [
    ['< 100', '0.1'],
    ['< 200', '0.2'],
    ['< 300', '0.2'],
  ] as const
  const collected = (aggregation: string) =>
    grade({ attributes: `hitPolicy="COLLECT" aggregation="${aggregation}"`, rules }, 50)
  expect(['COUNT', 'SUM', 'MIN', 'MAX'].map(collected)).toEqual([3, 0.5, 0.1, 0.2])
})

test('where no rule matches the default outputs are the result, else null', () => {
  const outputs = `<output><defaultOutputEntry>${cell('"none"')}</defaultOutputEntry></output>`
  const rules = [['> 1000', '"much"']] as const
  for (const policy of ['UNIQUE', 'FIRST', 'COLLECT']) {
    expect(grade({ attributes: `hitPolicy="${policy}"`, outputs, rules }, 1)).toBe('none')
    expect(grade({ attributes: `hitPolicy="${policy}"`, rules }, 1)).toBeNull()
  }
  const two = `<output name="a"><defaultOutputEntry>${cell('1')}</defaultOutputEntry></output><output name="b"/>`
  expect(grade({ outputs: two, rules: [['> 1000', '2', '3']] }, 1)).toEqual({ a: 1, b: null })
})

test('a dash matches anything that the input values allow', () => {
  const rules = [['-', 'true']] as const
  expect(grade({ rules }, null)).toBe(true)
  const values = `<inputValues>${cell('[0..10]')}</inputValues>`
  expect(grade({ rules, values }, 5)).toBe(true)
  expect(grade({ rules, values }, 50)).toBeNull()
})

test('cells know negation, lists of tests and the input as a question mark', () => {
  const rules = [
    ['not(1, 2)', '"no"'],
    ['1, 2', '"yes"'],
  ] as const
  expect(grade({ rules }, 2)).toBe('yes')
  expect(grade({ rules }, 3)).toBe('no')
  expect(grade({ rules: [['? * 2 > 10', '? + 1']] }, 6)).toBeDefined()
})

test('a cell that cannot be read fails only where it is looked at', () => {
  const rules = [
    ['< 10', '1 +'],
    ['>= 10', '2'],
  ] as const
  expect(grade({ rules }, 20)).toBe(2)
  expect(grade({ rules }, 2)).toMatchObject({ error: { code: 'dmn.broken-expression' } })
})
