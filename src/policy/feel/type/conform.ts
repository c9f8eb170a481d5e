import {
  type FeelContext,
  type FeelFunction,
  type FeelList,
  type FeelRange,
  type FeelValue,
  isContext,
  isList,
  kindOf,
} from '../value/value.ts'
import { midnight } from '../value/zone.ts'
import { anyType, type FeelType } from './type.ts'

const named = (type: FeelType): FeelType => (type.kind === 'named' ? named(type.base) : type)

/** Does every value of the first type fit where the second is asked for? (DMN 1.5, 10.3.2.9.2) */
export const typeConforms = (left: FeelType, right: FeelType): boolean => {
  const [a, b] = [named(left), named(right)]
  if (b.kind === 'any' || a.kind === 'null') return true
  if (a.kind === 'list') return b.kind === 'list' && typeConforms(a.of, b.of)
  if (a.kind === 'range') return b.kind === 'range' && typeConforms(a.of, b.of)
  if (a.kind === 'context') {
    if (b.kind !== 'context') return false
    return [...(b.members ?? [])].every(([name, wanted]) => {
      const member = a.members?.get(name)
      return member !== undefined && typeConforms(member, wanted)
    })
  }
  if (a.kind === 'function') return b.kind === 'function' && functionConforms(a, b, anyType)
  return a.kind === b.kind
}

type FunctionType = Extract<FeelType, { kind: 'function' }>

// `unsaid` is the result of a function that does not say what it gives.
const functionConforms = (a: FunctionType, b: FunctionType, unsaid: FeelType): boolean => {
  if (!b.parameters) return true
  if (a.parameters?.length !== b.parameters.length) return false
  const parameters = b.parameters.every((wanted, index) =>
    typeConforms(wanted, a.parameters?.[index] ?? anyType),
  )
  return parameters && typeConforms(a.result ?? unsaid, b.result ?? anyType)
}

/** The one of the types that holds all others; any where none does. */
export const joined = (types: readonly FeelType[]): FeelType => {
  const [first, ...rest] = types
  if (!first) return { kind: 'null' }
  return rest.reduce((all, type) => {
    if (typeConforms(type, all)) return all
    return typeConforms(all, type) ? type : anyType
  }, first)
}

/** The type of a value: the narrowest list, context, range or function type that holds it. */
export const feelTypeOf = (value: FeelValue): FeelType => {
  if (isList(value)) return { kind: 'list', of: joined(value.map(feelTypeOf)) }
  if (isContext(value))
    return { kind: 'context', members: new Map([...value].map(([key, item]) => [key, feelTypeOf(item)])) }
  const kind = kindOf(value)
  if (kind === 'range') {
    const { low, high } = value as FeelRange
    return { kind: 'range', of: joined([low, high].filter((end) => end !== null).map(feelTypeOf)) }
  }
  if (kind === 'function') return functionType(value as FeelFunction)
  return { kind } as FeelType
}

const functionType = ({ parameters, result }: FeelFunction): FunctionType => ({
  kind: 'function',
  parameters: parameters.map(({ type }) => type ?? anyType),
  result,
})

const holdsList = (value: FeelList, type: Extract<FeelType, { kind: 'list' }>): boolean =>
  value.every((item) => conformsTo(item, type.of))

const holdsContext = (value: FeelContext, type: Extract<FeelType, { kind: 'context' }>): boolean =>
  [...(type.members ?? [])].every(([name, member]) => {
    const item = value.get(name)
    return item !== undefined && conformsTo(item, member)
  })

const holdsRange = ({ low, high }: FeelRange, type: Extract<FeelType, { kind: 'range' }>): boolean =>
  conformsTo(low, type.of) && conformsTo(high, type.of)

/** Does the value fit the type as it is? Null fits every type; an item definition also asks for its allowed values. */
export const conformsTo = (value: FeelValue, type: FeelType): boolean => {
  if (value === null) return true
  if (type.kind === 'named') return conformsTo(value, type.base) && (type.allows?.(value) ?? true)
  if (type.kind === 'any') return true
  const kind = kindOf(value)
  if (kind !== type.kind) return false
  if (type.kind === 'list') return holdsList(value as FeelList, type)
  if (type.kind === 'context') return holdsContext(value as FeelContext, type)
  if (type.kind === 'range') return holdsRange(value as FeelRange, type)
  // A function that does not say what it gives may give what is wanted.
  const unsaid: FeelType = { kind: 'null' }
  return type.kind !== 'function' || functionConforms(functionType(value as FeelFunction), type, unsaid)
}

/** FEEL's `instance of`: as `conformsTo`, but null is an instance only of Null, and a function only of what it says. */
export const instanceOf = (value: FeelValue, type: FeelType): boolean => {
  if (value === null) return named(type).kind === 'null'
  return kindOf(value) === 'function' ? typeConforms(feelTypeOf(value), type) : conformsTo(value, type)
}

/**
 * The value as the type wants it: as it is where it conforms; else a single value as a list of one, a list of one as its value,
 * a date as midnight in UTC where a date and time is wanted (DMN 1.5, 10.3.2.9.4); else undefined.
 */
export const converted = (value: FeelValue, type: FeelType): FeelValue | undefined => {
  if (conformsTo(value, type)) return value
  const base = named(type)
  if (base.kind === 'date and time' && kindOf(value) === 'date')
    return within(midnight(value as Parameters<typeof midnight>[0]), type)
  if (base.kind === 'list' && !isList(value)) return within([value], type)
  // One conversion and no more: a list of a list of one stays what it is.
  if (isList(value) && value.length === 1 && base.kind !== 'list') return within(value[0] ?? null, type)
  return undefined
}

const within = (value: FeelValue, type: FeelType): FeelValue | undefined =>
  conformsTo(value, type) ? value : undefined

/** As `converted`, with null for what does not fit: how a value is bound to a typed variable. */
export const coerce = (value: FeelValue, type: FeelType): FeelValue => converted(value, type) ?? null
