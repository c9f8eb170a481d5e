import type { Ast, Sign } from '../read/ast.ts'
import { compareValues, equalValues, inRange } from '../value/compare.ts'
import { type FeelRange, type FeelValue, isList, kindOf } from '../value/value.ts'
import { bind, type Env, evaluate } from './env.ts'
import { asksInput } from './free-names.ts'

/** `left sign right` by FEEL's comparison: null for values without an order between them. */
export const compareBy = (sign: Sign, left: FeelValue, right: FeelValue): boolean | null => {
  if (sign === '=') return equalValues(left, right)
  if (sign === '!=') {
    const equal = equalValues(left, right)
    return equal === null ? null : !equal
  }
  const order = compareValues(left, right)
  if (order === null) return null
  if (sign === '<') return order < 0
  if (sign === '<=') return order <= 0
  return sign === '>' ? order > 0 : order >= 0
}

/**
 * Does the value pass one of the tests? `whole`: a list among them may also equal the value, not only hold it. One test alone
 * answers null where it has no answer; among several the others decide.
 */
export const satisfies = (
  value: FeelValue,
  tests: readonly Ast[],
  env: Env,
  whole: boolean,
): boolean | null => {
  const [only, ...more] = tests
  if (only && more.length === 0) return passes(value, only, env, whole)
  return tests.some((test) => passes(value, test, env, whole) === true)
}

const passes = (value: FeelValue, test: Ast, outside: Env, whole: boolean): boolean | null => {
  const env = bind(outside, '?', value)
  if (test.kind === 'test') return compareBy(test.sign, value, evaluate(test.of, env))
  if (test.kind === 'range') return passesRange(value, test, env)
  const found = evaluate(test, env)
  if (asksInput(test)) return typeof found === 'boolean' ? found : null
  return fits(value, found, test, whole)
}

// An interval written as a test is two comparisons, whatever the order of its ends.
const passesRange = (value: FeelValue, test: Extract<Ast, { kind: 'range' }>, env: Env): boolean | null => {
  const [low, high] = [evaluate(test.low, env), evaluate(test.high, env)]
  if (low === null || high === null) return null
  return inRange(value, {
    kind: 'range',
    low,
    high,
    lowIncluded: test.lowIncluded,
    highIncluded: test.highIncluded,
  })
}

const fits = (value: FeelValue, found: FeelValue, test: Ast, whole: boolean): boolean | null => {
  if (kindOf(found) === 'range' && kindOf(value) !== 'range') return inRange(value, found as FeelRange)
  if (isList(found)) {
    if (whole && equalValues(value, found) === true) return true
    return found.some((item) =>
      kindOf(item) === 'range' && kindOf(value) !== 'range'
        ? inRange(value, item as FeelRange) === true
        : equalValues(value, item) === true,
    )
  }
  // A condition that does not name its input, as in a cell `age > 18`, is itself the answer.
  if (typeof found === 'boolean' && typeof value !== 'boolean' && test.kind !== 'literal') return found
  return equalValues(value, found) === true
}
