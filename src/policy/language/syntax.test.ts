import { expect, test } from 'vitest'
import { Problem } from './problems.ts'
import { readSyntax, type Syntax, type Test } from './syntax.ts'

/** Writes the tree back with every pair of brackets. */
const show = (syntax: Syntax): string => {
  if (syntax.kind === 'name') return syntax.name
  if (syntax.kind === 'path') return `${show(syntax.of)}.${syntax.name}`
  if (syntax.kind === 'literal') return JSON.stringify(syntax.value)
  if (syntax.kind === 'list') return `[${syntax.items.map(show).join(' ')}]`
  if (syntax.kind === 'binary') return `(${show(syntax.left)} ${syntax.sign} ${show(syntax.right)})`
  if (syntax.kind === 'in') return `(${show(syntax.left)} in ${syntax.tests.map(showTest).join(' ')})`
  if (syntax.kind === 'each')
    return `(${syntax.word} ${syntax.variable}: ${show(syntax.list)}: ${show(syntax.body)})`
  return syntax.kind
}
const showTest = (test: Test): string => {
  if (test.kind === 'compare') return `${test.sign}${show(test.right)}`
  return test.kind === 'value'
    ? show(test.value)
    : `${test.lowSign}${show(test.low)}${test.highSign}${show(test.high)}`
}

test.for([
  ['x in ["a"] and y', '((x in ["a"]) and y)'],
  ['a and x in ["b"] and c or d', '(((a and (x in ["b"])) and c) or d)'],
  ['x in ["a"] or y and z', '((x in ["a"]) or (y and z))'],
  ['x in parameters.l and y in ["b"] or z', '(((x in parameters.l) and (y in ["b"])) or z)'],
  ['x in > 5 and y', '((x in >5) and y)'],
  ['x in [1..3] and y or z', '(((x in >=1<=3) and y) or z)'],
  ['x in ]1..3[ or y', '((x in >1<3) or y)'],
  ['x in (1, < 2) and y', '((x in 1 <2) and y)'],
  ['a and (x in ["b"] or c)', '(a and ((x in ["b"]) or c))'],
  ['some m in l satisfies m.a in ["b"] and m.c', '(some m: l: ((m.a in ["b"]) and m.c))'],
  ['a or b and c', '(a or (b and c))'],
  ['// a note\n a = 1', '(a = 1)'],
])('%s groups as FEEL has it', ([text = '', expected]) => {
  expect(show(readSyntax(text))).toBe(expected)
})

test.for(['a +', '', 'if a then b', '(a'])('%s is a syntax problem with its place', (text) => {
  expect(() => readSyntax(text)).toThrow(Problem)
})

test.for(['1.5', '{a: 1}', 'a instance of number', 'f(x: 1)', 'some a in l, b in l satisfies a', 'date(a)'])(
  '%s is outside the SQL profile',
  (text) => {
    expect(() => readSyntax(text)).toThrow(/outside-sql-profile/u)
  },
)
