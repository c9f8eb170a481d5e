import { expect, test } from 'vitest'
import { rowsOf, textOfValue } from '../try-feel.ts'

const table = String.raw`
# instance of
1 instance of Any => true
"a" instance of string => true
true instance of boolean => true
[1] instance of list<number> => true
[1] instance of list<Any> => true
[1] instance of list<string> => false
[[1]] instance of list<list<number>> => true
[] instance of list<string> => true
1 instance of list<number> => false
[1] instance of number => false
{a: 1} instance of context<a: string> => false
{a: null} instance of context<a: string> => true
{} instance of context<a: Any> => false
["a".."b"] instance of range<string> => true
(< 5) instance of range<number> => true
(< 5) instance of range<string> => false
@"2020-01-01" instance of date => true
@"2020-01-01" instance of date and time => false
@"2020-01-01T00:00:00" instance of date => false
@"2020-01-01T00:00:00" instance of date and time => true
@"10:00:00" instance of time => true
@"P1D" instance of days and time duration => true
null instance of number => false
1 instance of Null => false
(function(x: number) x) instance of function<number>->number => true
(function(x: Any) 1) instance of function<number>->number => true
(function(x: number) "a") instance of function<number>->Any => true
(function() 1) instance of function<>->number => true
(function(x: number, y: number) 1) instance of function<number>->number => false
1 instance of function<number>->number => false
(1 instance of number) and true => true
not(1 instance of string) => true
if 1 instance of number then "n" else "s" => n
[1, "a"][item instance of number] => [1]
every x in [1,2] satisfies x instance of number => true
1 instance of  number => true
{a: 1}.a instance of number => true
count([1]) instance of number => true
1 + 1 instance of number => null
# grammar
/* c */ 1 // d => 1
1 /* a */ + /* b */ 2 => 3
"a//b" => a//b
"/* x */" => /* x */
1+-1 => 0
1--1 => 2
- -1 => 1
-(1) => -1
--1 => 1
2*-3 => -6
2**-1 => 0.5
(1+2)*3 => 9
((1)) => 1
[ ] => []
{ } => {}
{a : 1 , b : 2}.b => 2
{"a": 1}.a => 1
{"a b": 1}.a b => 1
{a b: 1}.a b => 1
{a-b: 1, c: a-b}.c => 1
{a+b: 1, c: a+b + 1}.c => 2
{a*b: 2, a: 5, b: 3, c: a*b}.c => 2
{a/b: 2, a: 6, b: 3, c: a/b}.c => 2
{a.b: 2, c: a.b}.c => 2
{a'b: 2, c: a'b}.c => 2
{day in month: 3, r: day in month + 1}.r => 4
{profit and loss: 3, r: profit and loss}.r => 3
{number of items: 3, r: number of items * 2}.r => 6
{date of birth: @"2000-01-01", r: date of birth.year}.r => 2000
{date: @"2000-01-01", r: date.year}.r => 2000
{a: 1, b: {c: 2}, r: a + b.c}.r => 3
{x: [1,2,3], r: x[1] + x[2]}.r => 3
{x1: 1, x2: 2, r: x1+x2}.r => 3
{_a: 1, r: _a}.r => 1
{a1b: 1, r: a1b}.r => 1
{é: 1, r: é}.r => 1
{中文 名: 1, r: 中文 名}.r => 1
{a: 1, "b": 2, r: a+b}.r => 3
{"1a": 1}."1a" => 1
{a?: 1, r: a?}.r => 1
{"with \"quote\"": 1} => {"with \"quote\"": 1}
for item in [1,2] return item => [1, 2]
for x y in [1,2] return x y + 1 => [2, 3]
[1,2,3][item=2] => [2]
function(x) x => function(x)
function(x: number, y: list<string>) x => function(x, y)
if true then if false then 1 else 2 else 3 => 2
if false then 1 else 2 + 3 => 5
(if true then 1 else 2) + 3 => 4
for i in [1,2] return if i = 1 then "a" else "b" => ["a", "b"]
{a: for i in [1] return i, b: 2}.a => [1]
[for i in [1,2] return i, 3] => [[1, 2], 3]
some x in [1] satisfies x = 1 and true => true
not(some x in [1] satisfies x = 2) => true
1 = 1 = true => true
1 < 2 = true => true
true = 1 < 2 => null
1 + 1 = 2 and 2 + 2 = 4 => true
not(true) or true => true
1 in [1,2] and 3 in [3] => true
1 in (1) => true
(1) in (1) => true
1 in [2..3] or true => true
5 between 1 and 10 and 3 between 1 and 2 => false
5 between 1 and 10 or false => true
@"2020-01-01".year + 1 => 2021
date("2020-01-01").year => 2020
date("2020-01-01") . year => 2020
[{a: 1}][1].a => 1
{a: [{b: 1}, {b: 2}]}.a.b => [1, 2]
{a: [{b: 1}, {b: 2}]}.a[2].b => 2
{a: [{b: 1}, {b: 2}]}.a[b = 2].b => [2]
"\u0041" => A
"\\n" => \n
"\"" => "
"'" => '
"a\/b" => a\/b
"\uD83D\uDC0E" => 🐎
"\U01F40E" => 🐎
"😀" => 😀
"" =>
1.0 => 1
01 => 1
-.5 => -0.5
1E+2 => 100
0.000001 => 0.000001
1234567890123456789012345678901234567890 => 1234567890123456789012345678901235000000
@"x" => null
@ "P1D" => P1D
TRUE => null
[1..5] => [1..5]
(1..5) => (1..5)
]1..5] => (1..5]
[1..5[ => [1..5)
[5..1] => null
[1..1] => [1..1]
["a".."b"] => ["a".."b"]
[@"2020-01-01"..@"2021-01-01"] => [@"2020-01-01"..@"2021-01-01"]
[date("2020-01-01")..date("2021-01-01")] => [@"2020-01-01"..@"2021-01-01"]
[1.."a"] => null
[[1]..[2]] => null
[1+1..2*3] => [2..6]
(=1) => = 1
(!=1) => != 1
(>=1) => >= 1
(<1) = (<1) => true
(< 1).start included => false
< 5 => < 5
{a: > 5}.a => > 5
[> 5][1] => > 5
count([<5, >3]) => 2
6 in {r: (> 5)}.r => true
# scope
{a: 1, r: {a: 2, s: a}.s}.r => 2
{a: 1, r: {b: a, a: 3}.b}.r => 1
{x: 5, r: [1,2,3][item > 2 or x = 5]}.r => [1, 2, 3]
{x: 5, r: [{x: 1}][x = 1]}.r => [{x: 1}]
{item: 7, r: [1,2][item = 1]}.r => [1]
{i: 10, r: for i in [1,2] return i}.r => [1, 2]
{i: 10, r: (for i in [1,2] return i)[1] + i}.r => 11
{sum: 3, r: sum + 1}.r => 4
{count: 3, r: count}.r => 3
{f: function(a) {b: a}.b, r: f(3)}.r => 3
{x: {y: null}, r: x.y.z}.r => null
{x: null, r: x.y}.r => null
{x: [], r: x.y}.r => []
{x: [null, {y: 1}], r: x.y}.r => [null, 1]
{x: [[{y: 1}]], r: x.y}.r => [[1]]
`

test.each(rowsOf(table))('what the grammar and the types of DMN 1.5, 10.3 give, %s: %s', (_, text, value) => {
  expect(String(textOfValue(text))).toBe(value)
})
