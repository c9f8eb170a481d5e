import { expect, test } from 'vitest'
import { evaluateFeel, matchesTests, parseFeel, scopeOf } from '../index.ts'
import { passes } from '../try-feel.ts'

const facts = { limit: 5, list: [1, 2], age: 20 }

test.each([
  ['-', 1, true],
  ['1, 2', 2, true],
  ['1, 2', 3, false],
  ['not(1, 2)', 3, true],
  ['not(1, 2)', 1, false],
  ['not(> 3, < 1)', 2, true],
  ['> 3', 4, true],
  ['> 3', 'x', null],
  ['[1..3], > 5', 6, true],
  ['(1..3)', 1, false],
  ['= 3', 3, true],
  ['!= 3', 3, false],
  ['limit', 5, true],
  ['>= limit + 1', 6, true],
  ['list', 2, true],
  ['[1, 2]', [1, 2], true],
  ['null', null, true],
  ['null', 1, false],
  ['> 3, null', null, true],
  ['true', true, true],
  ['true', null, false],
  ['? > 3 and ? < limit', 4, true],
  ['[? - 1..? + 1]', 2, true],
  ['count(?) > 1', [1, 2], true],
  ['some x in ? satisfies x > 1', [1, 2], true],
  ['age > 18', 'anything', true],
  ['age > 18', true, true],
  ['contains(?, "b")', 'abc', true],
  ['not(contains(?, "b"))', 'abc', false],
])('the tests %s on %j', (tests, input, result) => {
  expect(passes(tests, input, facts)).toBe(result)
})

test('an expression is not taken for tests, nor tests for an expression', () => {
  const tests = parseFeel('> 1', { names: [], dialect: 'unaryTests' })
  const expression = parseFeel('1', { names: [] })
  if (tests.kind !== 'parsed' || expression.kind !== 'parsed') throw new Error('both can be read')
  expect(evaluateFeel(tests, scopeOf(new Map()))).toBeNull()
  expect(matchesTests(expression, 1 > 0, scopeOf(new Map()))).toBeNull()
})
