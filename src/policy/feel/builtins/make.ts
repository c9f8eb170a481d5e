import { anyType, type FeelType } from '../type/type.ts'
import type { FeelFunction, FeelParameter, FeelRun, FeelValue } from '../value/value.ts'

type Call = (args: readonly FeelValue[], run: FeelRun) => FeelValue

export const anything = anyType
export const boolean: FeelType = { kind: 'boolean' }
export const text: FeelType = { kind: 'string' }
export const numeric: FeelType = { kind: 'number' }
export const list: FeelType = { kind: 'list', of: anyType }
export const context: FeelType = { kind: 'context' }
export const lambda: FeelType = { kind: 'function' }

/** A parameter whose domain leaves null out. */
export const parameter = (name: string, type: FeelType): FeelParameter => ({ name, type, notNull: true })
/** The list a list function works on; a single value is taken for a list of one (10.3.2.9.4), null is not. */
export const aList: FeelParameter = { name: 'list', type: list, notNull: true }
/** The list of a function that also takes its values one by one, so that a single value is already meant otherwise. */
export const theList: FeelParameter = { name: 'list', type: list, notNull: true, asIs: true }
/** A parameter that takes null as a value. */
export const nullable = (name: string, type: FeelType): FeelParameter => ({ name, type })
/** A parameter that may be left out; null stands for leaving it out. */
export const optional = (name: string, type: FeelType): FeelParameter => ({ name, type, optional: true })

/** One way to call a built-in function. */
export const signature = (parameters: readonly FeelParameter[], call: Call): FeelFunction => ({
  kind: 'function',
  parameters,
  call,
})

/** A way to call it with any number of arguments in place of the last parameter. */
export const variadic = (parameters: readonly FeelParameter[], call: Call): FeelFunction => ({
  ...signature(parameters, call),
  variadic: true,
})

/** A built-in function under its name; the first signature is the one shown where only one can be. */
export const builtin = (
  name: string,
  ...signatures: readonly FeelFunction[]
): readonly [string, FeelFunction] => {
  const [first] = signatures as readonly [FeelFunction]
  const named = signatures.map((one) => ({ ...one, name, builtin: true }))
  return [name, { ...first, name, overloads: named }]
}

/** A family of built-in functions. */
export type Builtins = readonly (readonly [string, FeelFunction])[]
