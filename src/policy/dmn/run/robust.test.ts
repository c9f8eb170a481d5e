import { expect, test } from 'vitest'
import { aModel, answerTo, decision, feel, input, knowledge, programOf, resultsTo } from '../samples/build.ts'
import type { Json } from './inputs.ts'

const told = (code: string) => ({ error: expect.objectContaining({ code }) })

const broken = `<itemDefinition name="tB"><typeRef>number</typeRef><allowedValues><text>1 + * 2</text></allowedValues></itemDefinition>`

const nested = (depth: number): Json => {
  let json: Json = 1
  for (let at = 0; at < depth; at += 1) json = [json]
  return json
}

test('a type whose tests cannot be read fails what is of that type, also where its value is given', () => {
  const model = aModel(
    broken +
      input('a', 'tB') +
      decision('of it', feel('a'), { inputs: ['a'] }) +
      decision('typed', feel('1'), { typeRef: 'tB' }) +
      decision('after', feel('typed'), { decisions: ['typed'] }) +
      decision('sound', feel('1')),
  )
  const failed = {
    'of it': told('dmn.required-failed'),
    typed: told('dmn.broken-expression'),
    after: told('dmn.required-failed'),
    sound: 1,
  }
  expect(resultsTo(model, { a: 1 })).toEqual(failed)
  expect(resultsTo(model, { a: 1, typed: 1 })).toEqual(failed)
})

test('values nested beyond the stack fail what reads them, not the program', () => {
  const model = aModel(
    input('a') + decision('it', feel('a'), { inputs: ['a'] }) + decision('sound', feel('1')),
  )
  const deep = nested(20_000)
  expect(resultsTo(model, { a: deep })).toEqual({ it: told('dmn.too-deep'), sound: 1 })
  expect(resultsTo(model, { it: deep })).toEqual({ it: told('dmn.too-deep'), sound: 1 })
})

test.each([
  ['straight on', 'f(n + 1)'],
  ['on two ways, each of which would go on from every level', 'f(n + 1) + f(n + 1)'],
  ['through a loop', 'for i in [1, 2] return f(n + i)'],
  ['through tests', 'n in (f(n + 1), f(n + 2))'],
])('a recursion without end is an error, %s', (_, body) => {
  const model = aModel(
    knowledge('f', ['n'], feel(body), { knowledge: ['f'] }) +
      decision('it', feel('f(1)'), { knowledge: ['f'] }) +
      decision('sound', feel('1')),
  )
  expect(resultsTo(model)).toEqual({ it: told('dmn.too-deep'), sound: 1 })
  expect(resultsTo(model, { n: 1 }, 'f')).toEqual({ f: told('dmn.too-deep') })
})

test('a parameter with a tested type does not hide the end of the stack', () => {
  const model = aModel(
    `<itemDefinition name="tN"><typeRef>number</typeRef><typeConstraint><text>matches(string(?), "\\d")</text></typeConstraint></itemDefinition>` +
      knowledge('f', ['n: tN'], feel('f(n + 1) + f(n + 1)'), { knowledge: ['f'] }) +
      decision('it', feel('f(1)'), { knowledge: ['f'] }),
  )
  expect(resultsTo(model)).toEqual({ it: told('dmn.too-deep') })
})

test('a recursion that ends is no error', () => {
  const model = aModel(
    knowledge('f', ['n'], feel('if n = 0 then 0 else 1 + f(n - 1)'), { knowledge: ['f'] }) +
      decision('it', feel('f(200)'), { knowledge: ['f'] }),
  )
  expect(resultsTo(model)).toEqual({ it: 200 })
})

const chain = (length: number): string =>
  Array.from({ length }, (_, at) =>
    decision(`d${at}`, feel(at === 0 ? 'a' : `d${at - 1} + 1`), {
      inputs: ['a'],
      decisions: at === 0 ? [] : [`d${at - 1}`, `d${Math.floor(at / 2)}`],
    }),
  ).join('')

test('hundreds of decisions upon each other answer, whichever is asked for first', () => {
  const program = programOf(aModel(input('a', 'number') + chain(300)))
  expect(program.answer({ invoke: 'd299', inputs: { a: 1 } }).results).toEqual({ d299: 300 })
  expect(program.answer({ inputs: { a: 2 } }).results).toMatchObject({ d0: 2, d150: 152, d299: 301 })
})

test('a circle is found beside what is sound, and again when asked for later', () => {
  const program = programOf(
    aModel(
      input('a', 'number') +
        chain(5) +
        decision('x', feel('y'), { decisions: ['y', 'd4'] }) +
        decision('y', feel('x'), { decisions: ['x'] }) +
        decision('z', feel('x'), { decisions: ['x'] }),
    ),
  )
  for (const a of [1, 2])
    expect(program.answer({ inputs: { a } }).results).toMatchObject({
      d4: a + 4,
      x: told('dmn.cycle'),
      y: told('dmn.cycle'),
      z: told('dmn.required-failed'),
    })
})

const entry = (name: string, typeRef: string, text: string): string =>
  `<contextEntry><variable name="${name}" typeRef="${typeRef}"/>${feel(text)}</contextEntry>`

test('an entry of a context and a cell of a relation become what their item declares, or null', () => {
  const types = `<itemDefinition name="tAdult"><typeRef>number</typeRef><allowedValues><text>&gt;= 18</text></allowedValues></itemDefinition>
    <itemDefinition name="tNums" isCollection="true"><typeRef>number</typeRef></itemDefinition>`
  const entries = [
    entry('single', 'number', '[5]'),
    entry('listed', 'tNums', '5'),
    entry('day', 'date and time', '@"2020-01-01"'),
    entry('wrong', 'number', '"x"'),
    entry('young', 'tAdult', '5'),
    '<contextEntry><variable name="empty"/></contextEntry>',
  ]
  const relation = `<relation><column name="n" typeRef="number"/><column name="s"/><row>${feel('"x"')}${feel('"x"')}</row><row>${feel('[1]')}</row></relation>`
  const answer = answerTo(
    aModel(types + decision('it', `<context>${entries.join('')}</context>`) + decision('rows', relation)),
  )
  expect(answer.results).toEqual({
    it: { single: 5, listed: [5], day: '2020-01-01T00:00:00Z', wrong: null, young: null, empty: null },
    rows: [
      { n: null, s: 'x' },
      { n: 1, s: null },
    ],
  })
  expect(answer.problems.map(({ code }) => code)).toEqual(Array(3).fill('dmn.wrong-type'))
})
