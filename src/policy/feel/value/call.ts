import { conformsTo, converted } from '../type/conform.ts'
import type { FeelFunction, FeelParameter, FeelRun, FeelValue } from './value.ts'

type Bound = readonly FeelValue[] | undefined

// Null is every type's: only where a parameter's domain leaves it out does it stop the call.
const fitted = (value: FeelValue, parameter: FeelParameter, convert: boolean): FeelValue | undefined => {
  if (value === null) return parameter.notNull ? undefined : null
  if (!parameter.type) return value
  if (convert && !parameter.asIs) return converted(value, parameter.type)
  return conformsTo(value, parameter.type) ? value : undefined
}

const bindPositional = (fn: FeelFunction, args: readonly FeelValue[], convert: boolean): Bound => {
  const { parameters, variadic } = fn
  const needed = parameters.filter(({ optional }) => !optional).length
  if (args.length < needed || (args.length > parameters.length && !variadic)) return undefined
  const bound: FeelValue[] = []
  for (let index = 0; index < Math.max(args.length, parameters.length); index += 1) {
    const parameter = parameters[Math.min(index, parameters.length - 1)]
    if (!parameter) return undefined
    const arg = args[index]
    const value = arg === undefined ? null : fitted(arg, parameter, convert)
    if (value === undefined) return undefined
    bound.push(value)
  }
  return bound
}

const bindNamed = (fn: FeelFunction, args: ReadonlyMap<string, FeelValue>, convert: boolean): Bound => {
  const names = new Set(fn.parameters.map(({ name }) => name))
  if ([...args.keys()].some((name) => !names.has(name))) return undefined
  const bound = fn.parameters.map((parameter) => {
    const arg = args.get(parameter.name)
    if (arg === undefined) return fn.builtin && !parameter.optional ? undefined : null
    return fitted(arg, parameter, convert)
  })
  return bound.every((value) => value !== undefined) ? (bound as FeelValue[]) : undefined
}

// A signature that fits as it stands goes before one that needs a conversion.
const callFirst = (
  fn: FeelFunction,
  candidates: readonly FeelFunction[],
  run: FeelRun,
  bind: (fn: FeelFunction, convert: boolean) => Bound,
): FeelValue => {
  for (const convert of [false, true]) {
    for (const candidate of candidates) {
      const bound = bind(candidate, convert)
      if (bound) return candidate.call(bound, run)
    }
  }
  run.problems.push({
    kind: 'problem',
    code: 'feel.wrong-arguments',
    text: `${fn.name ?? 'the function'} cannot take these arguments`,
  })
  return null
}

/** Calls a function with arguments in order. Wrong in number or type, the result is null and a problem is noted. */
export const callFunction = (fn: FeelFunction, args: readonly FeelValue[], run: FeelRun): FeelValue =>
  callFirst(fn, fn.overloads ?? [fn], run, (candidate, convert) => bindPositional(candidate, args, convert))

/**
 * Calls a function with arguments by name; what is not given is null. Unknown names give null and a problem. Of two signatures
 * with the same names, as `before(point, range)` and `before(range, point)`, the order written tells which is meant.
 */
export const callNamed = (
  fn: FeelFunction,
  args: ReadonlyMap<string, FeelValue>,
  run: FeelRun,
): FeelValue => {
  const [first] = args.keys()
  const all = fn.overloads ?? [fn]
  const inOrder = all.filter(({ parameters }) => parameters[0]?.name === first)
  return callFirst(fn, [...inOrder, ...all], run, (candidate, convert) => bindNamed(candidate, args, convert))
}
