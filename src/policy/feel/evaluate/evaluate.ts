import { type Clock, systemClock } from '#base'
import { builtins } from '../builtins/table.ts'
import type { ParsedFeel } from '../read/parse.ts'
import { shanghaiNow } from '../value/clock.ts'
import { isStackEnd } from '../value/stack-end.ts'
import type { FeelProblem, FeelRun, FeelScope, FeelValue } from '../value/value.ts'
import { evaluate } from './expressions.ts'
import { satisfies } from './tests.ts'

/** What an evaluation carries along: its problems go into the list, and the clock answers `now()` and `today()`. */
export const newRun = (problems: FeelProblem[], clock: Clock): FeelRun => ({
  problems,
  now: () => shanghaiNow(clock.now()),
})

const withBuiltins = (scope: FeelScope): FeelScope => ({
  find: (name) => {
    const value = scope.find(name)
    return value === undefined ? builtins.get(name) : value
  },
})

const guarded = <T>(run: FeelRun, work: () => T): T | null => {
  try {
    return work()
  } catch (error) {
    // What is thrown below is the stack's end, from an expression or a recursion that is too deep, or a size no machine holds.
    if (!(error instanceof RangeError) && !isStackEnd(error)) throw error
    run.problems.push({ kind: 'problem', code: 'feel.too-deep', text: 'nested too deep' })
    return null
  }
}

/**
 * As `evaluateFeel`, as a part of a larger evaluation. The end of the stack is thrown on to whoever began: taken for null halfway down, a
 * recursion would go on from each of its levels once more, and never come to an end.
 */
export const evaluateInside = ({ ast }: ParsedFeel, scope: FeelScope, run: FeelRun): FeelValue =>
  ast ? inside(run, () => evaluate(ast, { scope: withBuiltins(scope), run, evaluate })) : null

const inside = <T>(run: FeelRun, work: () => T): T | null => {
  try {
    return work()
  } catch (error) {
    if (isStackEnd(error)) throw error
    return guarded(run, () => {
      throw error
    })
  }
}

/**
 * The value of an expression in a scope; the built-in functions stand behind it. Null for what cannot be computed, with the reason
 * appended to `problems`. `clock` answers `now()` and `today()`.
 */
export const evaluateFeel = (
  parsed: ParsedFeel,
  scope: FeelScope,
  problems: FeelProblem[] = [],
  clock: Clock = systemClock(),
): FeelValue => {
  const run = newRun(problems, clock)
  const { ast } = parsed
  return ast ? guarded(run, () => evaluate(ast, { scope: withBuiltins(scope), run, evaluate })) : null
}

/** Does the input pass unary tests? Null where they have no answer, as for values that cannot be compared. */
export const matchesTests = (
  parsed: ParsedFeel,
  input: FeelValue,
  scope: FeelScope,
  problems: FeelProblem[] = [],
  clock: Clock = systemClock(),
): boolean | null => {
  const run = newRun(problems, clock)
  return guarded(run, () => answerOf(parsed, input, scope, run))
}

/** As `matchesTests`, as a part of a larger evaluation: see `evaluateInside`. */
export const matchesInside = (
  parsed: ParsedFeel,
  input: FeelValue,
  scope: FeelScope,
  run: FeelRun,
): boolean | null => inside(run, () => answerOf(parsed, input, scope, run))

const answerOf = (
  { tests }: ParsedFeel,
  input: FeelValue,
  scope: FeelScope,
  run: FeelRun,
): boolean | null => {
  if (!tests) return null
  if (tests.any) return true
  const found = satisfies(input, tests.tests, { scope: withBuiltins(scope), run, evaluate }, true)
  return tests.negated && found !== null ? !found : found
}
