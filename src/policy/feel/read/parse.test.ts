import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { evaluateFeel, matchesTests, parseFeel, scopeOf } from '../index.ts'
import { evaluated, textOfValue } from '../try-feel.ts'

const facts = {
  a: 5,
  b: 7,
  'a-b': 100,
  'first name': 'Ann',
  'Profit and loss': 9,
  yes: true,
  list: [1, 2, 3],
  person: { 'first name': 'Bo', age: 33 },
}

test.each([
  ['1 + 2 * 3 - 4 / 5', '6.2'],
  ['2 ** 3 ** 2', '64'],
  ['-2 ** 2', '4'],
  ['2 ** -1', '0.5'],
  ['1 - -1', '2'],
  ['-list[1]', '-1'],
  ['-person.age', '-33'],
  ['a < b = true', 'true'],
  ['1 = 1 and 2 = 3 or yes', 'true'],
  ['a in [5] and b in (1, 2)', 'false'],
  ['a in > 4 and yes', 'true'],
  ['a in [1..5] or b in (8..9)', 'true'],
  ['a in list or yes and false', 'false'],
  ['a between 1 and 6 and yes', 'true'],
  ['a between 1 + 4 and 2 * 3', 'true'],
  ['if a = 5 then 1 else 2 + 3', '1'],
  ['if a = 1 then 1 else if b = 7 then 2 else 3', '2'],
  ['1 + if yes then 1 else 2', '2'],
  ['for x in list return x + 1', '[2, 3, 4]'],
  ['some x in list satisfies x > 2 and yes', 'true'],
  ['a + 1 instance of number', null],
  ['(a + 1) instance of number', 'true'],
  ['[for i in 1..2 return i][1]', '[1, 2]'],
])('precedence: %s', (text, value) => {
  expect(textOfValue(text, facts)).toBe(value)
})

test.each([
  ['a-b', '100'],
  ['a - b', '100'],
  ['(a)-(b)', '-2'],
  ['first   name + "!"', 'Ann!'],
  ['Profit and loss + 1', '10'],
  ['person.first name', 'Bo'],
  ['person . age+1', '34'],
  ['{first name: "x", b: first name}.b', 'x'],
  ['{a+b: 3, c: a + b}.c', '3'],
  ['{"any thing {": 1}', '{"any thing {": 1}'],
  ['{if: 1, for: 2}.if', '1'],
  ['for one item in list return one item * 2', '[2, 4, 6]'],
  ['(function(one arg: number, two) one arg + two)(two: 1, one arg: 2)', '3'],
  ['{姓名: "王"}.姓名', '王'],
  ['{🐎: 1}.🐎', '1'],
])('the longest name in scope is the one meant: %s', (text, value) => {
  expect(textOfValue(text, facts)).toBe(value)
})

test.each([
  ['"a\\"b\\\\c\\n"', 'a"b\\c\n'],
  ['"\\u00e9\\U01F40E\\ud83d\\udc0e"', 'é🐎🐎'],
  ['"a pattern \\d"', 'a pattern \\d'],
  ['1.2e-3', '0.0012'],
  ['.5', '0.5'],
  ['@"2020-02-29"', '2020-02-29'],
  ['@"no date"', null],
  ['1 /* one */ + // two\n 2', '3'],
  ['(1..3]', '(1..3]'],
  [']1..3[', '(1..3)'],
  ['{a: (1..3], b: [2..4)}.b', '[2..4)'],
  ['(< 5).end', '5'],
])('literals and comments: %s', (text, value) => {
  expect(textOfValue(text)).toBe(value)
})

test.each([
  '1 +',
  '(1',
  '{a 1}',
  '"open',
  '/* open',
  'if 1 then 2',
  '1 2',
  '2 ^ 2',
  '[1, 2',
  'for x return x',
  '',
  '+1',
])('what is no FEEL is a problem with its place, never an exception: %s', (text) => {
  expect(parseFeel(text, { names: [] })).toMatchObject({ kind: 'problem', code: 'feel.syntax' })
})

test('a problem says where it is', () => {
  expect(parseFeel('1 + * 2', { names: [] })).toMatchObject({ span: { from: 4 } })
})

test('a name nobody knows is null, with a note', () => {
  const problems: Parameters<typeof evaluated>[2] = []
  expect(evaluated('no such name', {}, problems)).toBeNull()
  expect(problems).toMatchObject([{ code: 'feel.unknown-name', span: { from: 0, until: 12 } }])
})

test('deep nesting and endless recursion end in a value or null', () => {
  expect(evaluated(`${'('.repeat(500)}1${')'.repeat(500)}`)).not.toBeNull()
  const problems: Parameters<typeof evaluated>[2] = []
  expect(evaluated('{f: function(n) f(n + 1), r: f(1)}.r', {}, problems)).toBeNull()
  expect(problems.at(-1)?.code).toBe('feel.too-deep')
})

const words = [
  ...['1', '2.5', '"a"', 'null', 'true', 'a', 'first name', '?', '@"2020-01-01"', 'item', 'partial'],
  ...['+', '-', '*', '/', '**', '=', '!=', '<', '>=', 'and', 'or', 'in', 'between', '.', '..', ',', ':'],
  ...['(', ')', '[', ']', '{', '}', 'for', 'return', 'some', 'satisfies', 'if', 'then', 'else', 'function'],
  ...['instance of', 'number', 'list<number>', 'count', 'not', 'sort', '// c', '/* c */', '"', '^', '\n'],
]

property.prop([fc.array(fc.constantFrom(...words), { maxLength: 14 })])(
  'any heap of words is read or refused, and what is read has a value',
  (heap) => {
    const text = heap.join(' ')
    const scope = scopeOf(new Map<string, string>([['first name', 'Ann']]))
    for (const dialect of ['expression', 'unaryTests'] as const) {
      const parsed = parseFeel(text, { names: ['a', 'first name'], dialect })
      if (parsed.kind === 'problem') expect(parsed.text).not.toBe('')
      else if (dialect === 'expression') expect(evaluateFeel(parsed, scope)).not.toBeUndefined()
      else expect([true, false, null]).toContain(matchesTests(parsed, 'Ann', scope))
    }
  },
)

const operand = fc.constantFrom('1', '2', '3', 'a')
const sum = fc.tuple(
  operand,
  fc.constantFrom('+', '-', '*'),
  operand,
  fc.constantFrom('+', '-', '*'),
  operand,
)
const test3 = fc.tuple(sum, fc.constantFrom('<', '=', '>='), sum)
const logic = fc.tuple(test3, fc.constantFrom('and', 'or'), test3, fc.constantFrom('and', 'or'), test3)

property.prop([logic])('and binds before or, comparison before both, whatever stands between', (parts) => {
  const comparisons = [parts[0], parts[2], parts[4]].map(([left, sign, right]) =>
    [...left, sign, ...right].join(' '),
  )
  const [one = '', two = '', three = ''] = comparisons.map((comparison) => `(${comparison})`)
  const [first, second] = [parts[1], parts[3]]
  const bracketed =
    first === 'or' && second === 'and'
      ? `${one} or (${two} and ${three})`
      : `((${one} ${first} ${two}) ${second} ${three})`
  const plain = `${comparisons[0]} ${first} ${comparisons[1]} ${second} ${comparisons[2]}`
  expect(evaluated(plain, { a: 2 })).toBe(evaluated(bracketed, { a: 2 }))
})
