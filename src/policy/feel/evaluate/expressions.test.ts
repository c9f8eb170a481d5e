import { describe, expect, test } from 'vitest'
import { evaluated, textOfValue } from '../try-feel.ts'

const check = (rows: readonly (readonly [string, string | null])[]): void => {
  test.each(rows)('%s', (text, value) => {
    expect(
      textOfValue(text, {
        people: [
          { name: 'A', age: 10 },
          { name: 'B', age: 20 },
        ],
        n: null,
      }),
    ).toBe(value)
  })
}

describe('arithmetic', () => {
  check([
    ['0.1 + 0.2', '0.3'],
    ['1 / 3', '0.3333333333333333333333333333333333'],
    ['9999999999999999999999999999999999 + 1', '10000000000000000000000000000000000'],
    ['10 ** 6145', null],
    ['1 / 0', null],
    ['1 + null', null],
    ['"a" + "b"', 'ab'],
    ['"a" + 1', null],
    ['-"a"', null],
    ['-(-0)', '0'],
    ['@"P1Y" + @"P2M"', 'P1Y2M'],
    ['@"P1Y" + @"P1D"', null],
    ['@"P1Y" / 5', 'P2M'],
    ['@"P1Y" / @"P3M"', '4'],
    ['1.5 * @"P1DT1H"', 'P1DT13H30M'],
    ['@"PT1H" / @"PT7M" > 8', 'true'],
    ['date("2012-12-25") - date("2012-12-24")', 'P1D'],
    ['@"2019-01-31" + @"P1M"', '2019-02-28'],
    ['@"2020-02-29" - @"P1Y"', '2019-02-28'],
    ['@"2020-01-01" + @"PT36H"', '2020-01-02'],
    ['@"2020-01-01" - @"PT1S"', '2019-12-31'],
    ['@"2020-01-01T00:00:00Z" - @"2020-01-01T00:00:00"', null],
    ['@"2020-01-01T00:00:00Z" - @"2019-12-31"', 'P1D'],
    ['@"2021-03-28T01:30:00@Europe/Paris" + @"PT1H"', '2021-03-28T03:30:00@Europe/Paris'],
    ['@"2020-06-01T10:00:00@Europe/Paris" - @"2020-06-01T08:00:00Z"', 'PT0S'],
    ['@"23:59:00Z" + @"PT2M"', '00:01:00Z'],
    ['@"10:00:00+02:00" - @"08:00:00Z"', 'PT0S'],
    ['@"999999999-12-31" + @"P1D"', null],
  ])
})

describe('comparison and logic', () => {
  check([
    ['null = null', 'true'],
    ['null = 1', 'false'],
    ['1 != null', 'true'],
    ['1 = "1"', null],
    ['1 < null', null],
    ['"a" < "b"', 'true'],
    ['"\\uFFFD" < "\\U01F40E"', 'true'],
    ['[1, 2] = [1, 2.0]', 'true'],
    ['[1, 2] = [2, 1]', 'false'],
    ['{a: 1, b: 2} = {b: 2, a: 1}', 'true'],
    ['{a: 1} = {a: 1, b: 2}', 'false'],
    ['[1..2] = [1..2]', 'true'],
    ['[1..2] = [1..2)', 'false'],
    ['(> 1) = (> 1)', 'true'],
    ['(> 1) = (>= 1)', 'false'],
    ['(> 1) = (1..null)', 'true'],
    ['(>= 2) = range("[2..)")', 'true'],
    ['(!= 2) = [2..2]', 'false'],
    ['(!= 1) = (!= 1)', 'true'],
    ['[1..null]', null],
    ['[1..null) = [1..null)', 'true'],
    ['@"P1Y" = @"P12M"', 'true'],
    ['@"10:00:00Z" = @"12:00:00+02:00"', 'true'],
    ['@"10:00:00Z" = @"10:00:00"', 'false'],
    ['@"2020-01-01T00:00:00Z" = @"2020-01-01T01:00:00@Europe/Paris"', 'true'],
    ['@"2020-01-01" = @"2020-01-01T00:00:00Z"', null],
    ['true and null', null],
    ['false and null', 'false'],
    ['null or true', 'true'],
    ['"x" or false', null],
    ['1 between 1 and 2', 'true'],
    ['1 between null and 2', null],
    ['if null then 1 else 2', '2'],
    ['if "x" then 1 else 2', '2'],
  ])
})

describe('in', () => {
  check([
    ['1 in [1, 2]', 'true'],
    ['1 in [[1..2], 5]', 'true'],
    ['1 in ([2..3], < 0)', 'false'],
    ['5 in (> 1, < 0)', 'true'],
    ['[1, 2] in [[1, 2], [3]]', 'true'],
    ['[1, 2] in ([1, 2], [3])', 'true'],
    ['5 in [10..1]', 'false'],
    ['5 in (null..10]', null],
    ['{r: (> 3), v: 5 in r}.v', 'true'],
    ['{r: (!= 3), v: 5 in r}.v', 'true'],
    ['"a" in [1..2]', null],
    ['null in (1, null)', 'true'],
    ['5 in (? > 3)', 'true'],
    ['@"2019-03-31" in [@"2019-01-01"..@"2019-12-31"]', 'true'],
  ])
})

describe('loops', () => {
  check([
    ['for i in 3..1 return i', '[3, 2, 1]'],
    ['for i in [1..3) return i', '[1, 2]'],
    ['for i in 1..2, j in i..3 return i * 10 + j', '[11, 12, 13, 22, 23]'],
    ['for i in 0..5 return if i = 0 then 1 else i * partial[-1]', '[1, 1, 2, 6, 24, 120]'],
    ['for i in @"2021-01-31"..@"2021-02-01" return i', '[2021-01-31, 2021-02-01]'],
    ['for i in 5 return i', '[5]'],
    ['for i in null return i', null],
    ['for i in 1.5..3 return i', null],
    ['for i in 1..1000000000 return i', null],
    ['some x in [1, 2], y in [2, 3] satisfies x = y', 'true'],
    ['every x in [1, 2] satisfies x > 1', 'false'],
    ['some x in [null, true] satisfies x', 'true'],
    ['every x in [null, true] satisfies x', null],
    ['some x in [] satisfies x', 'false'],
    ['every x in [] satisfies x', 'true'],
  ])
})

describe('filters and paths', () => {
  check([
    ['[1, 2, 3][-1]', '3'],
    ['[1, 2, 3][0]', null],
    ['[1, 2, 3][4]', null],
    ['[1, 2, 3][1.5]', null],
    ['[1, 2, 3][item > 1][item < 3]', '[2]'],
    ['[1, 2, 3]["x"]', null],
    ['[][1]', null],
    ['[][item = 1]', '[]'],
    ['"foo"[1]', 'foo'],
    ['3[item > 2]', '[3]'],
    ['null[1]', null],
    ['people[age = 20].name', '["B"]'],
    ['people[name = "A"][1].age', '10'],
    ['people[item.age > 15].name[1]', 'B'],
    ['people.age', '[10, 20]'],
    ['[{item: 1}, {item: 2}][item = 2]', '[{item: 2}]'],
    ['[{b: [1]}, {b: [2, 3]}].b', '[[1], [2, 3]]'],
    ['[{a: 1}, {b: 2}].a', '[1, null]'],
    ['{a: {b: null}}.a.b', null],
    ['n.a', null],
    ['@"2021-01-31".weekday', '7'],
    ['@"2021-01-31T10:20:30.5-02:00".second', '30.5'],
    ['@"2021-01-31T10:20:30-02:00".time offset', '-PT2H'],
    ['@"2021-07-31T10:20:30@Europe/Paris".time offset', 'PT2H'],
    ['@"10:00:00@Etc/UTC".timezone', 'Etc/UTC'],
    ['@"10:00:00".time offset', null],
    ['@"P1DT25H3M4.5S".hours', '1'],
    ['@"-P1DT2H".hours', '2'],
    ['@"P14M".months', '2'],
    ['@"P14M".days', null],
    ['(1..2].start included', 'false'],
    ['(> 1).end', null],
  ])
})

describe('contexts and functions', () => {
  check([
    ['{a: 1, b: a + 1}.b', '2'],
    ['{a: 1, a: 2}', null],
    ['{f: function(n) if n = 0 then 1 else n * f(n - 1), r: f(20)}.r', '2432902008176640000'],
    ['{f: function(x) function(y) x + y, r: f(1)(2)}.r', '3'],
    ['(function(x: number) x)("a")', null],
    ['(function(x: number) x)([1])', '1'],
    ['(function(x: list<number>) count(x))(1)', '1'],
    ['(function(x: date and time) x)(@"2020-01-01")', '2020-01-01T00:00:00Z'],
    ['(function(x, y) y)(x: 1)', null],
    ['(function(x, y) x)(x: 1)', '1'],
    ['(function(x) x)(1, 2)', null],
    ['(function(x) x)(z: 1)', null],
    ['(function(f: function<number>->number) f(2))(function(n) n * 2)', '4'],
    ['(function(x) external {java: {class: "C", method signature: "m()"}})(1)', null],
    ['1(2)', null],
    ['{count: function(x) 9, r: count([1])}.r', '9'],
  ])
})

describe('instance of', () => {
  check([
    ['1 instance of number', 'true'],
    ['null instance of Any', 'false'],
    ['null instance of Null', 'true'],
    ['[1, "a"] instance of list<number>', 'false'],
    ['[] instance of list<number>', 'true'],
    ['[1, null] instance of list<number>', 'true'],
    ['{a: 1, b: 2} instance of context<a: number>', 'true'],
    ['{a: 1} instance of context<a: number, b: number>', 'false'],
    ['[1..2] instance of range<number>', 'true'],
    ['[1..2] instance of range<date>', 'false'],
    ['(function(x: number) x) instance of function<number>->Any', 'true'],
    ['(function(x: number) x) instance of function<string>->Any', 'false'],
    ['(function(x: number) x * 2) instance of function<number>->number', 'true'],
    ['(function(x: number) x > 2) instance of function<number>->number', 'false'],
    ['(function() {a: 1, b: ["x"]}) instance of function<>->context<b: list<string>>', 'true'],
    ['(function(x) x) instance of function<Any>->number', 'false'],
    ['(function(x: string) if x = "" then "none" else x + "!") instance of function<string>->string', 'true'],
    ['@"P1Y" instance of years and months duration', 'true'],
    ['@"P1D" instance of years and months duration', 'false'],
    ['1 instance of list', null],
    ['1 instance of no such type', null],
  ])
})

test('every null that is computed comes with a reason', () => {
  for (const text of [
    '1 + "a"',
    'n.a',
    'f(1)',
    '[1][9]',
    '(function(x: number) x)("a")',
    '1 instance of t',
  ]) {
    const problems: Parameters<typeof evaluated>[2] = []
    expect(evaluated(text, { n: 1 }, problems)).toBeNull()
    expect(problems.length).toBeGreaterThan(0)
  }
})
