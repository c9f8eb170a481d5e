import { type FeelContext, type FeelList, type FeelValue, isContext } from '../value/value.ts'
import {
  anything,
  type Builtins,
  builtin,
  context,
  list,
  nullable,
  parameter,
  signature,
  text,
} from './make.ts'

const entriesOf = (value: FeelContext): FeelList =>
  [...value].map(
    ([key, item]) =>
      new Map<string, FeelValue>([
        ['key', key],
        ['value', item],
      ]),
  )

const fromEntries = (entries: FeelList): FeelValue => {
  const made = new Map<string, FeelValue>()
  for (const entry of entries) {
    const key = isContext(entry) ? entry.get('key') : undefined
    const value = isContext(entry) ? entry.get('value') : undefined
    if (typeof key !== 'string' || value === undefined || made.has(key)) return null
    made.set(key, value)
  }
  return made
}

// What is missing on the way becomes a context; what is there and is none ends the way.
const put = (value: FeelValue, keys: FeelList, item: FeelValue): FeelValue => {
  const [key, ...more] = keys
  if (!isContext(value) || typeof key !== 'string') return null
  if (more.length === 0) return new Map([...value, [key, item]])
  const next = value.get(key)
  const inner = put(next === undefined ? new Map() : next, more, item)
  return inner && new Map([...value, [key, inner]])
}

const merge = (contexts: FeelList): FeelValue => {
  const some = contexts.filter((one) => one !== null)
  if (contexts.length === 0 || !some.every((one) => isContext(one))) return null
  return new Map(some.flatMap((one) => [...one]))
}

const theContext = parameter('context', context)

const get = (value: FeelValue | undefined, key: FeelValue | undefined): FeelValue =>
  (value as FeelContext).get(key as string) ?? null

const getDeep = (value: FeelValue, keys: FeelList): FeelValue =>
  keys.reduce<FeelValue>(
    (at, key) => (isContext(at) && typeof key === 'string' ? (at.get(key) ?? null) : null),
    value,
  )

/** Context functions: DMN 1.5, table 81. */
export const contexts: Builtins = [
  builtin(
    'get value',
    signature([parameter('m', context), parameter('key', text)], ([value, key]) => get(value, key)),
    signature([parameter('context', context), parameter('key', text)], ([value, key]) => get(value, key)),
    signature([theContext, parameter('keys', list)], ([value = null, keys]) =>
      getDeep(value, keys as FeelList),
    ),
  ),
  builtin(
    'get entries',
    signature([parameter('m', context)], ([value]) => entriesOf(value as FeelContext)),
    signature([theContext], ([value]) => entriesOf(value as FeelContext)),
  ),
  builtin(
    'context',
    signature([parameter('entries', list)], ([entries]) => fromEntries(entries as FeelList)),
  ),
  builtin(
    'context put',
    signature(
      [theContext, parameter('key', text), nullable('value', anything)],
      ([value = null, key = null, item = null]) => put(value, [key], item),
    ),
    signature(
      [theContext, parameter('keys', list), nullable('value', anything)],
      ([value = null, keys, item = null]) => put(value, keys as FeelList, item),
    ),
  ),
  builtin(
    'context merge',
    signature([parameter('contexts', list)], ([all]) => merge(all as FeelList)),
  ),
]
