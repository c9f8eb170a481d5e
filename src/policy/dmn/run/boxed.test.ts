import { expect, test } from 'vitest'
import { aModel, answerTo, decision, feel, input, knowledge, resultsTo } from '../samples/build.ts'

const boxed = (logic: string, inputs = {}) =>
  resultsTo(
    aModel(input('a') + input('net income') + decision('it', logic, { inputs: ['a', 'net income'] })),
    inputs,
  ).it

test('a context knows its earlier entries, and gives its result cell where it has one', () => {
  const entries = `<contextEntry><variable name="per month"/>${feel('net income / 12')}</contextEntry>
    <contextEntry><variable name="twice"/>${feel('per month * 2')}</contextEntry>`
  expect(boxed(`<context>${entries}</context>`, { 'net income': 1200 })).toEqual({
    'per month': 100,
    twice: 200,
  })
  const result = `<contextEntry>${feel('twice + 1')}</contextEntry>`
  expect(boxed(`<context>${entries}${result}</context>`, { 'net income': 1200 })).toBe(201)
})

test('a boxed function is a closure and may call itself', () => {
  const body = feel('if n <= 1 then 1 else n * times(n - 1)')
  const fn = `<functionDefinition><formalParameter name="n" typeRef="number"/>${body}</functionDefinition>`
  const context = `<context><contextEntry><variable name="times"/>${fn}</contextEntry><contextEntry>${feel('times(a)')}</contextEntry></context>`
  expect(boxed(context, { a: 5 })).toBe(120)
})

test('a function of another language gives null and says so', () => {
  const fn = `<functionDefinition kind="Java"><formalParameter name="n"/>${feel('{class: "java.lang.Math"}')}</functionDefinition>`
  const answer = answerTo(aModel(decision('it', fn)))
  expect(answer.results.it).toBeNull()
  expect(answer.problems).toMatchObject([{ code: 'feel.external-function' }])
})

test('an invocation binds by name, to knowledge models, built-in functions and boxes that give functions', () => {
  const bind = (name: string, text: string) => `<binding><parameter name="${name}"/>${feel(text)}</binding>`
  const model = aModel(
    knowledge('share of', ['the amount: number', 'parts'], feel('the amount / parts')) +
      decision(
        'own',
        `<invocation>${feel('share of')}${bind('parts', '4')}${bind('the amount', '10')}</invocation>`,
        {
          knowledge: ['share of'],
        },
      ) +
      decision(
        'built in',
        `<invocation>${feel('substring')}${bind('string', '"foobar"')}${bind('start position', '4')}</invocation>`,
      ) +
      decision(
        'made',
        `<invocation>${feel('if true then (function(x) x + 1) else null')}${bind('x', '1')}</invocation>`,
      ) +
      decision('none', `<invocation>${feel('no such thing')}${bind('x', '1')}</invocation>`),
  )
  expect(resultsTo(model)).toEqual({ own: 2.5, 'built in': 'bar', made: 2, none: null })
})

test('relations are lists of contexts, lists are lists', () => {
  const relation = `<relation><column name="name"/><column name="age" typeRef="number"/>
    <row>${feel('"Li"')}${feel('1 + 1')}</row><row>${feel('"Wu"')}${feel('3')}</row></relation>`
  expect(boxed(relation)).toEqual([
    { name: 'Li', age: 2 },
    { name: 'Wu', age: 3 },
  ])
  expect(boxed(`<list>${feel('1')}<list>${feel('a')}</list></list>`, { a: 'x' })).toEqual([1, ['x']])
})

const part = (name: string, text: string): string => `<${name}>${feel(text)}</${name}>`

test('a conditional takes its second arm for all but true', () => {
  const conditional = `<conditional>${part('if', 'a > 1')}${part('then', '"yes"')}${part('else', '"no"')}</conditional>`
  expect([2, 1, null].map((a) => boxed(conditional, { a }))).toEqual(['yes', 'no', 'no'])
})

test('for runs through lists and ranges and sees what came before', () => {
  const loop = (items: string, body: string) =>
    boxed(`<for iteratorVariable="i">${part('in', items)}${part('return', body)}</for>`)
  expect(loop('[1, 2, 3]', 'i * i')).toEqual([1, 4, 9])
  expect(loop('[1..3]', 'i')).toEqual([1, 2, 3])
  expect(loop('[1, 2, 3]', 'count(partial)')).toEqual([0, 1, 2])
  expect(loop('3..1', 'i')).toEqual([3, 2, 1])
  expect(loop('null', 'i')).toBeNull()
})

test('every and some follow the logic of three values', () => {
  const quantified = (word: string, body: string) =>
    boxed(`<${word} iteratorVariable="i">${part('in', '[1, 2, null]')}${part('satisfies', body)}</${word}>`)
  expect(quantified('some', 'i > 1')).toBe(true)
  expect(quantified('some', 'i > 5')).toBeNull()
  expect(quantified('every', 'i > 1')).toBe(false)
  expect(quantified('every', 'i > 0')).toBeNull()
  expect(quantified('every', 'i = i')).toBe(true)
})

test('a filter keeps what matches, with members and item in sight, or takes a position', () => {
  const filter = (items: string, match: string) =>
    boxed(`<filter>${part('in', items)}${part('match', match)}</filter>`)
  expect(filter('[{age: 1}, {age: 20}]', 'age > 5')).toEqual([{ age: 20 }])
  expect(filter('[1, 2, 3]', 'item >= 2')).toEqual([2, 3])
  expect(filter('[1, 2, 3]', '-1')).toBe(3)
  expect(filter('7', 'item > 5')).toEqual([7])
  expect(['[1]', 'null'].map((items) => filter(items, '2'))).toEqual([null, null])
})

test('values kept elsewhere and other languages give null and say so', () => {
  const other = `<literalExpression expressionLanguage="https://example.org/python"><text>1</text></literalExpression>`
  const elsewhere = `<literalExpression><importedValues namespace="urn:x" importType="csv"/></literalExpression>`
  const answer = answerTo(aModel(decision('one', other) + decision('two', elsewhere)))
  expect(answer.results).toEqual({ one: null, two: null })
  expect(answer.problems.map(({ code }) => code)).toEqual(['dmn.other-language', 'dmn.imported-values'])
})

test('names with signs are known from the keys of a context, typed or not', () => {
  expect(
    boxed(
      `<for iteratorVariable="one of them">${part('in', '[{net-pay: 1}]')}${part('return', 'one of them.net-pay + 1')}</for>`,
    ),
  ).toEqual([2])
  const model = aModel(
    decision('pay', feel('{net-pay: 1, parts: {in-kind: 2}}')) +
      decision('it', feel('pay.net-pay + pay.parts.in-kind'), { decisions: ['pay'] }),
  )
  expect(resultsTo(model).it).toBe(3)
})
