import { expect, test } from 'vitest'
import { parseFeel } from '../index.ts'
import { evaluated, textOfValue } from '../try-feel.ts'
import { builtins } from './table.ts'

/** A call by position, the same call by name where the function has names, and the value both give. */
type Row = readonly [position: string, names: string | null, value: string | null]

const byName = (name: string, args: string): string => `${name}(${args})`

const conversions: Row[] = [
  ['date("2012-12-25")', byName('date', 'from: "2012-12-25"'), '2012-12-25'],
  ['date(date and time("2012-12-25T11:00:00Z"))', null, '2012-12-25'],
  ['date(2012, 12, 25)', byName('date', 'day: 25, month: 12, year: 2012'), '2012-12-25'],
  [
    'date and time("2012-12-24T23:59:00")',
    byName('date and time', 'from: "2012-12-24T23:59:00"'),
    '2012-12-24T23:59:00',
  ],
  [
    'date and time(date("2012-12-24"), time("23:59:00"))',
    byName('date and time', 'date: date("2012-12-24"), time: time("23:59:00")'),
    '2012-12-24T23:59:00',
  ],
  ['date and time("2012-12-24")', null, '2012-12-24T00:00:00'],
  ['time("23:59:00z")', byName('time', 'from: "23:59:00Z"'), '23:59:00Z'],
  ['time(date and time("2012-12-25T11:00:00Z"))', null, '11:00:00Z'],
  [
    'time(23, 59, 0.5, duration("PT1H"))',
    byName('time', 'hour: 23, minute: 59, second: 0.5, offset: duration("PT1H")'),
    '23:59:00.5+01:00',
  ],
  ['time(23, 59, 0)', byName('time', 'hour: 23, minute: 59, second: 0'), '23:59:00'],
  [
    'number("1 000,5", " ", ",")',
    byName('number', 'from: "1 000,5", grouping separator: " ", decimal separator: ","'),
    '1000.5',
  ],
  ['number("00123")', byName('number', 'from: "123"'), '123'],
  ['number(11.11)', byName('number', 'from: 11.11'), '11.11'],
  ['string(1.1)', byName('string', 'from: 1.1'), '1.1'],
  ['duration("P2Y2M")', byName('duration', 'from: "P26M"'), 'P2Y2M'],
  ['duration("P0DT25H")', null, 'P1DT1H'],
  [
    'years and months duration(date("2011-12-22"), date("2013-08-24"))',
    byName('years and months duration', 'from: date("2011-12-22"), to: date("2013-08-24")'),
    'P1Y8M',
  ],
  ['range("[18..21)")', byName('range', 'from: "[18..21)"'), '[18..21)'],
]

const strings: Row[] = [
  ['substring("foobar", 3)', byName('substring', 'string: "foobar", start position: 3'), 'obar'],
  ['substring("foobar", -2, 1)', byName('substring', 'string: "foobar", start position: -2, length: 1'), 'a'],
  ['substring("\\U01F40Eab", 2)', null, 'ab'],
  ['string length("\\U01F40Eab")', byName('string length', 'string: "foo"'), '3'],
  ['upper case("aBc4")', byName('upper case', 'string: "aBc4"'), 'ABC4'],
  ['lower case("aBc4")', byName('lower case', 'string: "aBc4"'), 'abc4'],
  ['substring before("foobar", "bar")', byName('substring before', 'string: "foobar", match: "bar"'), 'foo'],
  ['substring after("foobar", "ob")', byName('substring after', 'string: "foobar", match: "ob"'), 'ar'],
  ['contains("foobar", "of")', byName('contains', 'string: "foobar", match: "of"'), 'false'],
  ['starts with("foobar", "fo")', byName('starts with', 'string: "foobar", match: "fo"'), 'true'],
  ['ends with("foobar", "r")', byName('ends with', 'string: "foobar", match: "r"'), 'true'],
  [
    'replace("banana", "a", "o")',
    byName('replace', 'input: "banana", pattern: "a", replacement: "o"'),
    'bonono',
  ],
  [
    'replace("aBa", "A", "x", "i")',
    byName('replace', 'input: "aBa", pattern: "A", replacement: "x", flags: "i"'),
    'xBx',
  ],
  ['matches("foobar", "^fo*b")', byName('matches', 'input: "foobar", pattern: "^fo*b"'), 'true'],
  ['matches("FOO", "foo", "i")', byName('matches', 'input: "FOO", pattern: "foo", flags: "i"'), 'true'],
  ['split("a;b;;", ";")', byName('split', 'string: "a;b;;", delimiter: ";"'), '["a", "b", "", ""]'],
  [
    'string join(["a", null, "c"], "X")',
    byName('string join', 'list: ["a", null, "c"], delimiter: "X"'),
    'aXc',
  ],
  ['string join(["a", "b"])', byName('string join', 'list: ["a", "b"]'), 'ab'],
]

const lists: Row[] = [
  ['list contains([1, 2, 3], 2)', byName('list contains', 'list: [1, 2, 3], element: 2'), 'true'],
  ['count([1, [2, 3]])', byName('count', 'list: [1, [2, 3]]'), '2'],
  ['min(3, 1, 2)', byName('min', 'list: [3, 1, 2]'), '1'],
  ['max("a", "c", "b")', byName('max', 'list: ["a", "c", "b"]'), 'c'],
  ['sum(1, 2, 3)', byName('sum', 'list: [1, 2, 3]'), '6'],
  ['mean(1, 2, 3)', byName('mean', 'list: [1, 2, 3]'), '2'],
  ['all(true, false)', byName('all', 'list: [true, false]'), 'false'],
  ['any(false, true)', byName('any', 'list: [false, true]'), 'true'],
  ['sublist([4, 5, 6], 1, 2)', byName('sublist', 'list: [4, 5, 6], start position: 1, length: 2'), '[4, 5]'],
  ['sublist([4, 5, 6], -2)', byName('sublist', 'list: [4, 5, 6], start position: 2'), '[5, 6]'],
  ['append([1], 2, 3)', null, '[1, 2, 3]'],
  ['concatenate([1, 2], [3])', null, '[1, 2, 3]'],
  [
    'insert before([1, 3], 1, 2)',
    byName('insert before', 'list: [1, 3], position: 1, newItem: 2'),
    '[2, 1, 3]',
  ],
  ['remove([1, 2, 3], 2)', byName('remove', 'list: [1, 2, 3], position: -2'), '[1, 3]'],
  [
    'list replace([1, 2, 3], 2, 9)',
    byName('list replace', 'list: [1, 2, 3], position: 2, newItem: 9'),
    '[1, 9, 3]',
  ],
  [
    'list replace([2, 4, 7], function(item, newItem) item < newItem, 5)',
    byName('list replace', 'list: [2, 4, 7], match: function(item, newItem) item < newItem, newItem: 5'),
    '[5, 5, 7]',
  ],
  ['reverse([1, 2, 3])', byName('reverse', 'list: [1, 2, 3]'), '[3, 2, 1]'],
  ['index of([1, 2, 3, 2], 2)', byName('index of', 'list: [1, 2, 3, 2], match: 2'), '[2, 4]'],
  ['union([1, 2], [2, 3])', null, '[1, 2, 3]'],
  ['distinct values([1, 2, 3, 2, 1])', byName('distinct values', 'list: [1, 2, 3, 2, 1]'), '[1, 2, 3]'],
  ['flatten([[1, 2], [[3]], 4])', byName('flatten', 'list: [[1, 2], [[3]], 4]'), '[1, 2, 3, 4]'],
  ['product(2, 3, 4)', byName('product', 'list: [2, 3, 4]'), '24'],
  ['median(8, 2, 5, 3, 4)', byName('median', 'list: [8, 2, 5, 3, 4]'), '4'],
  ['stddev(2, 4, 7, 5)', byName('stddev', 'list: [2, 4, 7, 5]'), '2.081665999466132735282297706979931'],
  ['mode(6, 3, 9, 6, 3)', byName('mode', 'list: [6, 3, 9, 6, 3]'), '[3, 6]'],
  [
    'sort([3, 1, 4, 5, 2], function(x, y) x < y)',
    byName('sort', 'list: [3, 1, 4, 5, 2], precedes: function(x, y) x < y'),
    '[1, 2, 3, 4, 5]',
  ],
]

const numbers: Row[] = [
  ['decimal(1/3, 2)', byName('decimal', 'n: 1/3, scale: 2'), '0.33'],
  ['decimal(2.5, 0)', null, '2'],
  ['floor(-1.56, 1)', byName('floor', 'n: -1.56, scale: 1'), '-1.6'],
  ['floor(1.5)', byName('floor', 'n: 1.5'), '1'],
  ['ceiling(-1.56, 1)', byName('ceiling', 'n: -1.56, scale: 1'), '-1.5'],
  ['ceiling(1.5)', byName('ceiling', 'n: 1.5'), '2'],
  ['round up(-1.126, 2)', byName('round up', 'n: -1.126, scale: 2'), '-1.13'],
  ['round down(-1.126, 2)', byName('round down', 'n: -1.126, scale: 2'), '-1.12'],
  ['round half up(-5.5, 0)', byName('round half up', 'n: -5.5, scale: 0'), '-6'],
  ['round half down(-5.5, 0)', byName('round half down', 'n: -5.5, scale: 0'), '-5'],
  ['round up(1234, -2)', null, '1300'],
  ['abs(-10)', byName('abs', 'n: -10'), '10'],
  ['abs(@"-PT5H")', null, 'PT5H'],
  ['abs(@"-P5M")', null, 'P5M'],
  ['modulo(-10.1, 4.5)', byName('modulo', 'dividend: -10.1, divisor: 4.5'), '3.4'],
  ['modulo(12, -5)', null, '-3'],
  ['sqrt(16)', byName('sqrt', 'number: 16'), '4'],
  ['decimal(log(10), 8)', byName('decimal', 'n: log(number: 10), scale: 8'), '2.30258509'],
  ['decimal(exp(5), 8)', byName('decimal', 'n: exp(number: 5), scale: 8'), '148.4131591'],
  ['log(1)', byName('log', 'number: 1'), '0'],
  ['exp(0)', byName('exp', 'number: 0'), '1'],
  ['odd(5)', byName('odd', 'number: 5'), 'true'],
  ['even(5)', byName('even', 'number: 5'), 'false'],
]

const others: Row[] = [
  ['not(true)', byName('not', 'negand: true'), 'false'],
  ['is(time("23:00:50z"), time("23:00:50"))', byName('is', 'value1: 1, value2: "1"'), 'false'],
  ['is(null, null)', byName('is', 'value1: null, value2: null'), 'true'],
  ['day of year(date(2019, 9, 17))', byName('day of year', 'date: date(2019, 9, 17)'), '260'],
  ['day of week(date(2019, 9, 17))', byName('day of week', 'date: date(2019, 9, 17)'), 'Tuesday'],
  ['month of year(date(2019, 9, 17))', byName('month of year', 'date: date(2019, 9, 17)'), 'September'],
  ['week of year(date(2005, 1, 1))', byName('week of year', 'date: date(2005, 1, 1)'), '53'],
  ['now() instance of date and time', null, 'true'],
  ['today() instance of date', null, 'true'],
  ['get value({a: 1}, "a")', byName('get value', 'm: {a: 1}, key: "a"'), '1'],
  ['get entries({a: 1})', byName('get entries', 'm: {a: 1}'), '[{key: "a", value: 1}]'],
  ['context([{key: "a", value: 1}])', byName('context', 'entries: [{key: "a", value: 1}]'), '{a: 1}'],
  [
    'context put({x: 1}, "y", 2)',
    byName('context put', 'context: {x: 1}, key: "y", value: 2'),
    '{x: 1, y: 2}',
  ],
  [
    'context put({x: 1, y: {a: 0}}, ["y", "a"], 2)',
    byName('context put', 'context: {x: 1, y: {a: 0}}, keys: ["y", "a"], value: 2'),
    '{x: 1, y: {a: 2}}',
  ],
  [
    'context merge([{x: 1}, {x: 2, y: 3}])',
    byName('context merge', 'contexts: [{x: 1}, {x: 2, y: 3}]'),
    '{x: 2, y: 3}',
  ],
]

const ranges: Row[] = [
  ['before(1, 10)', byName('before', 'point1: 1, point2: 10'), 'true'],
  ['before(1, (1..10])', byName('before', 'point: 1, range: (1..10]'), 'true'],
  ['before([1..10), 10)', byName('before', 'range: [1..10), point: 10'), 'true'],
  ['before([1..10], [10..20])', byName('before', 'range1: [1..10], range2: [10..20]'), 'false'],
  ['after(10, [1..10))', byName('after', 'point: 10, range: [1..10)'), 'true'],
  ['after((11..20], [1..11])', byName('after', 'range1: (11..20], range2: [1..11]'), 'true'],
  ['meets([1..5], [5..10])', byName('meets', 'range1: [1..5], range2: [5..10]'), 'true'],
  ['met by([5..10], [1..5))', byName('met by', 'range1: [5..10], range2: [1..5)'), 'false'],
  ['overlaps([1..5], [5..8])', byName('overlaps', 'range1: [1..5], range2: [5..8]'), 'true'],
  ['overlaps before([1..5), (1..5])', byName('overlaps before', 'range1: [1..5), range2: (1..5]'), 'true'],
  ['overlaps after((1..5], [1..5))', byName('overlaps after', 'range1: (1..5], range2: [1..5)'), 'true'],
  ['finishes(10, [1..10])', byName('finishes', 'point: 10, range: [1..10]'), 'true'],
  ['finished by([1..10], (1..10])', byName('finished by', 'range1: [1..10], range2: (1..10]'), 'true'],
  ['includes([1..10], 10)', byName('includes', 'range: [1..10], point: 10'), 'true'],
  ['during((1..10), [1..10])', byName('during', 'range1: (1..10), range2: [1..10]'), 'true'],
  ['starts([1..5], (1..10])', byName('starts', 'range1: [1..5], range2: (1..10]'), 'false'],
  ['started by([1..10], 1)', byName('started by', 'range: [1..10], point: 1'), 'true'],
  ['coincides([1..5], [1..5])', byName('coincides', 'range1: [1..5], range2: [1..5]'), 'true'],
  ['coincides(3, 4)', byName('coincides', 'point1: 3, point2: 4'), 'false'],
]

const rows = [...conversions, ...strings, ...lists, ...numbers, ...others, ...ranges]

test.each(rows)('%s is the same as %s', (position, names, value) => {
  expect(textOfValue(position)).toBe(value)
  if (names !== null) expect(textOfValue(names)).toBe(value)
})

test('every built-in function stands in the table, and by name wherever it has one signature of fixed length', () => {
  const called = rows.flatMap(([position, names]) => [position, names ?? ''])
  for (const [name, { overloads = [] }] of builtins) {
    expect(called.some((call) => call.includes(`${name}(`))).toBe(true)
    const named = overloads.some(({ variadic, parameters }) => !variadic && parameters.length > 0)
    if (!named) continue
    const first = new RegExp(`${name}\\([a-z ]+[12]?: `, 'u')
    expect(rows.some(([, names]) => names !== null && first.test(names))).toBe(true)
  }
})

// Where null is a value of the domain, or stands for an argument left out.
const nullAllowed: Readonly<Record<string, readonly number[]>> = {
  is: [0, 1],
  'list contains': [1],
  'index of': [1],
  append: [1, 2],
  'insert before': [2],
  'list replace': [2],
  'context put': [2],
  number: [1, 2],
  time: [3],
  substring: [2],
  sublist: [2],
  'string join': [1],
  replace: [3],
  matches: [2],
  any: [0],
  all: [0],
}

test('null in the place of an argument gives null, unless null is in its domain', () => {
  for (const [text] of rows) {
    const parsed = parseFeel(text, { names: [] })
    const ast = parsed.kind === 'parsed' ? parsed.ast : undefined
    if (ast?.kind !== 'call' || ast.of.kind !== 'name') continue
    const { name } = ast.of
    for (const [index, { span }] of ast.args.entries()) {
      const asked = `${text.slice(0, span.from)}null${text.slice(span.until)}`
      if (!nullAllowed[name]?.includes(index)) expect([asked, evaluated(asked)]).toEqual([asked, null])
    }
  }
})

const wrong = ['{a: 1}', '[[], {}]', 'function(x, y, z) x', '@"P1D"', 'true', '"x"', '1']

test('what fits no signature gives null and never throws', () => {
  const free = new Set(['is', 'string', 'count', 'append', 'concatenate', 'union', 'distinct values'])
  for (const name of ['reverse', 'flatten']) free.add(name) // a single value is a list of one
  for (const name of builtins.keys()) {
    for (const arg of wrong) {
      const one = evaluated(`${name}(${arg})`)
      if (arg.startsWith('function') && !free.has(name)) expect([name, arg, one]).toEqual([name, arg, null])
      expect(evaluated(`${name}(${arg}, ${arg}, ${arg}, ${arg}, ${arg}, null)`)).not.toBeUndefined()
      expect(evaluated(`${name}(no such parameter: ${arg})`)).toBeNull()
    }
  }
})

test.each([
  'substring("foobar", 0)',
  'substring("foobar", 3, 10)',
  'substring("foobar", 3, 0)',
  'sublist([1, 2], 3)',
  'insert before([1], 3, 0)',
  'remove([1], 0)',
  'list replace([1], 2, 0)',
  'list replace([1], function(a) true, 0)',
  'list replace([1], function(a, b) null, 0)',
  'sum([])',
  'sum([1, null])',
  'max([])',
  'max(1, "a")',
  'mean([])',
  'product([])',
  'median([])',
  'stddev([47])',
  'all(0)',
  'any([false, null])',
  'number("1,000.0", ".", ".")',
  'number("1,000", ";", ".")',
  'number("one", null, null)',
  'number("1 2")',
  'number(12, ".", ",")',
  'date("2012-02-30")',
  'date("12-12-12")',
  'date(2012, 13, 1)',
  'time("25:00:00")',
  'time(12, 60, 0)',
  'time("12:00:00@Nowhere/Land")',
  'duration("P1Y1D")',
  'duration("P")',
  'modulo(1, 0)',
  'sqrt(-1)',
  'log(0)',
  'decimal(1, 7000)',
  'matches("a", "(")',
  'matches("a", "a", "z")',
  'replace("abc", "b", "$")',
  'replace("abc", "x*", "y")',
  'context([{key: "a"}])',
  'context([{key: "a", value: 1}, {key: "a", value: 2}])',
  'context put({x: 1}, [], 2)',
  'context put({x: 1}, ["x", "y"], 2)',
  'get value({a: 1}, "b")',
  'before(1, "a")',
  'meets(1, [1..2])',
  'range("[5..1]")',
  'range("1..5")',
  'range("[1..\\"a\\"]")',
  'not(1)',
])('%s is outside the domain', (text) => {
  expect(evaluated(text)).toBeNull()
})

test.each([
  ['matches("hello world", "hello\\\\ sworld", "x")', true],
  ['matches("helloworld", "hello[ ]world", "x")', false],
  ['matches("bcd", "^[a-z-[aeiou]]+$")', true],
  ['matches("bad", "^[a-z-[aeiou]]+$")', false],
  ['matches("a\\nb", "^b$", "m")', true],
  ['matches("a\\nb", "a.b")', false],
  ['matches("a\\nb", "a.b", "s")', true],
  ['matches("a.b", "a.b", "q")', true],
  ['matches("axb", "a.b", "q")', false],
  ['matches("xyzxyz", "^(xyz)\\\\1$")', true],
  ['matches("_a1", "^\\\\i\\\\c*$")', true],
])('patterns follow XPath: %s', (text, value) => {
  expect(evaluated(text)).toBe(value)
})

test('a single value is a list of one for a list function, and a position is a whole number', () => {
  expect(evaluated('list replace(1, 1, 5)')).toEqual(evaluated('[5]'))
  expect(evaluated('concatenate("a", ["b"], "c")')).toEqual(['a', 'b', 'c'])
  expect(evaluated('list contains("a", "a")')).toBe(true)
  expect(evaluated('reverse(null)')).toBeNull()
  expect(evaluated('list replace([1, 2, 3], 2.5, 4)')).toBeNull()
})
