import { type Clock, systemClock } from '#base'
import { builtins } from '../builtins/table.ts'
import type { ParsedFeel } from '../read/parse.ts'
import { shanghaiNow } from '../value/clock.ts'
import type { FeelProblem, FeelRun, FeelScope, FeelValue } from '../value/value.ts'
import { evaluate } from './expressions.ts'
import { satisfies } from './tests.ts'

const runOf = (problems: FeelProblem[], clock: Clock): FeelRun => ({
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
    // The only thing thrown below is the stack's end, from an expression or a recursion that is too deep.
    if (!(error instanceof RangeError)) throw error
    run.problems.push({ kind: 'problem', code: 'feel.too-deep', text: 'nested too deep' })
    return null
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
  const run = runOf(problems, clock)
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
  const run = runOf(problems, clock)
  const { tests } = parsed
  if (!tests) return null
  if (tests.any) return true
  const found = guarded(run, () =>
    satisfies(input, tests.tests, { scope: withBuiltins(scope), run, evaluate }, true),
  )
  return tests.negated && found !== null ? !found : found
}
