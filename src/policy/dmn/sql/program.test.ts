import { afterAll, beforeAll, expect, test } from 'vitest'
import { readDmn } from '../read/model.ts'
import type { JsonObject } from '../run/inputs.ts'
import { compileDmn } from '../run/program.ts'
import { aModel, decision, feel, input, knowledge } from '../samples/build.ts'
import { openDmnDuckdb } from './duckdb.server.ts'
import { compileDmnSql } from './program.ts'

let duckdb: Awaited<ReturnType<typeof openDmnDuckdb>>
beforeAll(async () => {
  duckdb = await openDmnDuckdb()
})
afterAll(() => duckdb.close())

const inDuckdb = async (model: string, lines: readonly JsonObject[], invoke?: string) => {
  const program = compileDmnSql(readDmn(model, 'main.dmn'), [], { engine: 'duckdb', query: duckdb.query })
  const asked = lines.map((inputs) => ({ inputs, ...(invoke === undefined ? {} : { invoke }) }))
  return (await program.answer(asked)).map(({ results }) => results)
}

/** Both engines' answers, which have to be the same. */
const same = async (model: string, lines: readonly JsonObject[]) => {
  const program = compileDmn(readDmn(model, 'main.dmn'))
  const found = await inDuckdb(model, lines)
  expect(found).toEqual(lines.map((inputs) => program.answer({ inputs }).results))
  return found
}

const number = (name: string): string => input(name, 'number')

const amounts: readonly JsonObject[] = [
  { a: 1, b: 2 },
  { a: '0.1', b: 0.2 },
  { a: -3.25, b: null },
  {},
  { a: 'no number', b: 123456789.5 },
  { a: 0, b: 0 },
]

test('arithmetic, comparisons and choices answer as the interpreter does', async () => {
  const texts = [
    'a + b * 2 - 0.5',
    'a / 8 + b / 100',
    '-(a * b)',
    'a < b',
    'a = b',
    'a != null',
    'a between 0 and b',
    'a in (1, [-5..0), > 100000)',
    'if a > b then a else b',
    'if a > b then "more" else null',
    'a > 0 or b > 0',
    'not(a > 0 and b > 0)',
    'abs(a - b)',
    '{least: a, most: {b: b}}.most.b + 1',
    '[a, 1, b]',
  ]
  const model = aModel(
    number('a') +
      number('b') +
      texts.map((text, at) => decision(`d${at}`, feel(text), { inputs: ['a', 'b'] })).join(''),
  )
  const [first] = await same(model, amounts)
  expect(first).toMatchObject({ d0: 4.5, d1: 0.145, d2: -2, d3: true, d7: true, d11: false, d13: 3 })
})

test('results of more than 18 digits keep all of them', async () => {
  const texts = ['a * b', 'a + b', 'a * a + b * b', '-(a * b) - b']
  const model = aModel(
    number('a') +
      number('b') +
      texts.map((text, at) => decision(`d${at}`, feel(text), { inputs: ['a', 'b'] })).join(''),
  )
  const [found] = await same(model, [
    { a: '29240.20', b: '3419957184.16' },
    { a: '99999999999.99', b: '9999999999.9' },
  ])
  const sum = aModel(number('a') + decision('it', feel('a + a'), { inputs: ['a'] }))
  expect(await same(sum, [{ a: '999999999999999999' }])).toEqual([{ it: '1999999999999999998' }])
  expect(found?.d0).toBe('100000232056275.232')
  const [second] = await same(
    tableModel('hitPolicy="COLLECT" aggregation="SUM"', '<output/>', [
      ['-', '-', 'income'],
      ['-', '-', 'income'],
      ['-', '-', '1'],
    ]),
    [{ income: '999999999999999999' }],
  )
  expect(second?.grade).toBe('1999999999999999999')
})

test('texts, truth values and dates answer as the interpreter does', async () => {
  const texts = [
    'name + "一"',
    'name < "二"',
    'name in ("a", "b")',
    'ready = true',
    'ready and day > date("2020-01-01")',
    'day + @"P1M"',
    'day - @"P10D"',
    'day - date("2020-02-29")',
    'day.year * 100 + day.month',
    'if day - @"2020-01-01" > @"P365D" then "late" else name',
    'day = @"2024-02-29"',
  ]
  const model = aModel(
    input('name', 'string') +
      input('ready', 'boolean') +
      input('day', 'date') +
      texts.map((text, at) => decision(`d${at}`, feel(text), { inputs: ['name', 'ready', 'day'] })).join(''),
  )
  const found = await same(model, [
    { name: 'a', ready: true, day: '2024-01-31' },
    { name: "it's 三", ready: false, day: '2024-02-29' },
    { name: '\u{1f600}', day: '2019-12-31' },
    { name: '\uffff' },
    {},
  ])
  expect(found[0]).toMatchObject({ d0: 'a一', d5: '2024-02-29', d7: 'P1432D', d8: 202401, d9: 'late' })
})

const cell = (text: string): string => `<text>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`

const table = (attributes: string, outputs: string, rules: readonly (readonly string[])[]): string =>
  `<decisionTable ${attributes}><input><inputExpression>${cell('income')}</inputExpression></input><input><inputExpression>${cell('kind')}</inputExpression></input>${outputs}${rules
    .map(
      ([first = '', second = '', ...entries]) =>
        `<rule><inputEntry>${cell(first)}</inputEntry><inputEntry>${cell(second)}</inputEntry>${entries
          .map((entry) => `<outputEntry>${cell(entry)}</outputEntry>`)
          .join('')}</rule>`,
    )
    .join('')}</decisionTable>`

const tableModel = (attributes: string, outputs: string, rules: readonly (readonly string[])[]): string =>
  aModel(
    number('income') +
      input('kind', 'string') +
      decision('grade', table(attributes, outputs, rules), { inputs: ['income', 'kind'] }),
  )

const households: readonly JsonObject[] = [
  { income: 50, kind: 'urban' },
  { income: 150, kind: 'rural' },
  { income: 250.5, kind: 'urban' },
  { income: 900 },
  { kind: 'rural' },
  {},
]

test.each(['UNIQUE', 'ANY', 'FIRST', 'PRIORITY', 'RULE ORDER', 'OUTPUT ORDER', 'COLLECT'])(
  'a table of policy %s answers as the interpreter does',
  async (policy) => {
    const outputs = `<output name="it"><outputValues>${cell('3, 2, 1')}</outputValues></output>`
    const rules = [
      ['< 100', '-', '1'],
      ['[100..300)', '"urban", "rural"', '2'],
      ['-', 'not("urban")', '3'],
      ['> 800', 'null', '3'],
      ['? * 2 = 300', '-', '2'],
    ]
    await same(tableModel(`hitPolicy="${policy}"`, outputs, rules), households)
    const two = `${outputs}<output name="why"><defaultOutputEntry>${cell('"none"')}</defaultOutputEntry></output>`
    const named = rules.map((rule, at) => [...rule, at % 2 === 0 ? '"even"' : 'kind'])
    const isRanked = policy === 'PRIORITY' || policy.endsWith('ORDER') || policy === 'COLLECT'
    if (!isRanked) await same(tableModel(`hitPolicy="${policy}"`, two, named), households)
  },
)

test.each(['COUNT', 'SUM', 'MIN', 'MAX'])('collecting by %s answers as the interpreter does', async (by) => {
  const rules = [
    ['< 200', '-', 'income * 0.5'],
    ['-', '"rural"', '0.25'],
    ['> 10', '"urban"', '7'],
  ]
  await same(tableModel(`hitPolicy="COLLECT" aggregation="${by}"`, '<output/>', rules), households)
})

test('decisions require each other, functions are written out, and declared types bind', async () => {
  const grades = `<itemDefinition name="tGrade"><typeRef>string</typeRef><allowedValues>${cell('"high", "low"')}</allowedValues></itemDefinition><itemDefinition name="tMoney"><typeRef>number</typeRef><allowedValues>${cell('[0..1000]')}</allowedValues></itemDefinition><itemDefinition name="tPerson"><itemComponent name="income"><typeRef>tMoney</typeRef></itemComponent><itemComponent name="town"><typeRef>string</typeRef></itemComponent></itemDefinition>`
  const model = aModel(
    grades +
      input('person', 'tPerson') +
      knowledge('share', ['of: number', 'parts: number'], feel('of * parts / 100'), { typeRef: 'number' }) +
      decision('part', feel('share(person.income, 30) + share(parts: 1, of: 5)'), {
        inputs: ['person'],
        knowledge: ['share'],
      }) +
      decision('grade', feel('if part > 100 then "high" else if part > 10 then "low" else person.town'), {
        inputs: ['person'],
        decisions: ['part'],
        typeRef: 'tGrade',
      }) +
      decision('text', feel('grade + "!"'), { decisions: ['grade'], typeRef: 'string' }),
  )
  const found = await same(model, [
    { person: { income: 900, town: 'A' } },
    { person: { income: 100, town: 'A' } },
    { person: { income: 1, town: 'A' } },
    { person: { income: 5000, town: 'A' } },
    { person: null },
    {},
  ])
  expect(found[0]).toEqual({ part: 270.05, grade: 'high', text: 'high!' })
  expect(found[2]).toMatchObject({ grade: null, text: null })
})

const place = (text: string) => ({
  error: {
    code: 'feel.not-in-sql-profile',
    en: expect.stringMatching(
      new RegExp(`${text.replaceAll(/[()[\]?+*.]/gu, String.raw`\$&`)}.*main\\.dmn, line \\d`, 'u'),
    ),
  },
})

test('what SQL cannot answer the same is told with its place, and fails nobody else', async () => {
  const texts = ['a / b', 'sum([a, b])', 'a = "x"', '[a, b][1]', 'today()', 'a ** 2', 'u + 1', 'string(a)']
  const model = aModel(
    number('a') +
      number('b') +
      input('u') +
      texts.map((text, at) => decision(`d${at}`, feel(text), { inputs: ['a', 'b', 'u'] })).join('') +
      decision('after', feel('d0 + 1'), { decisions: ['d0'] }) +
      decision('fine', feel('a + 1'), { inputs: ['a'] }),
  )
  const [found] = await inDuckdb(model, [{ a: 6, b: 3 }])
  for (const [at, text] of texts.entries()) expect(found?.[`d${at}`]).toMatchObject(place(text))
  expect(found?.after).toMatchObject(place('a / b'))
  expect(found?.fine).toBe(7)
})

test('a line whose values no column holds is outside, the lines beside it are not', async () => {
  const model = aModel(
    number('a') +
      input('day', 'date') +
      decision('cube', feel('a * a * a'), { inputs: ['a'] }) +
      decision('next', feel('day + @"P1D"'), { inputs: ['day'] }),
  )
  const found = await inDuckdb(model, [
    { a: 11, day: '2024-02-28' },
    { a: 123456789012345, day: '0099-01-01' },
    { a: 0.00002, day: '2024-12-31' },
  ])
  expect(found[0]).toEqual({ cube: 1331, next: '2024-02-29' })
  expect(found[1]).toMatchObject({
    cube: { error: { code: 'feel.not-in-sql-profile' } },
    next: { error: { code: 'feel.not-in-sql-profile' } },
  })
  expect(found[2]).toEqual({ cube: 8e-15, next: '2025-01-01' })
  const wide = ['1e60', '1e30', '1e-30'].map((a) => ({ a, day: '2024-12-31' }))
  expect(await inDuckdb(model, wide)).toMatchObject([
    { cube: { error: { code: 'feel.not-in-sql-profile' } }, next: '2025-01-01' },
    { cube: { error: { code: 'feel.not-in-sql-profile' } }, next: '2025-01-01' },
    { cube: { error: { code: 'feel.not-in-sql-profile' } }, next: '2025-01-01' },
  ])
  const unused = aModel(number('a') + decision('one', feel('1'), { inputs: ['a'] }))
  expect(await inDuckdb(unused, wide.slice(1))).toEqual([{ one: 1 }, { one: 1 }])
})

test('other failures are the interpreter’s, and only decisions are computed', async () => {
  const model = aModel(
    knowledge('f', ['x'], feel('x')) +
      decision('a', feel('b'), { decisions: ['b'] }) +
      decision('b', feel('a'), { decisions: ['a'] }) +
      decision('c', feel('a'), { decisions: ['a'] }),
  )
  const [found] = await inDuckdb(model, [{}])
  expect(found).toMatchObject({
    a: { error: { code: 'dmn.cycle' } },
    c: { error: { code: 'dmn.required-failed' } },
  })
  expect(await inDuckdb(model, [{}], 'f')).toMatchObject([
    { f: { error: { code: 'feel.not-in-sql-profile' } } },
  ])
  expect(await inDuckdb(model, [{}], 'x')).toMatchObject([
    { x: { error: { code: 'dmn.unknown-invocable' } } },
  ])
})
