import { callFunction } from '../value/call.ts'
import { equalValues } from '../value/compare.ts'
import {
  type FeelFunction,
  type FeelList,
  type FeelNumber,
  type FeelRun,
  type FeelValue,
  isList,
  number,
} from '../value/value.ts'
import {
  aList,
  anything,
  type Builtins,
  builtin,
  lambda,
  nullable,
  numeric,
  optional,
  parameter,
  signature,
  text,
  variadic,
} from './make.ts'
import { sort } from './sort.ts'

const items = (value: FeelValue | undefined): FeelList => value as FeelList

/** The index of a position that counts from 1, or from the end with a minus; undefined outside the list. */
const indexOf = (position: FeelValue | undefined, length: number): number | undefined => {
  const at = (position as FeelNumber).trunc().toNumber()
  if (at === 0 || Math.abs(at) > length) return undefined
  return at > 0 ? at - 1 : length + at
}

const sublist = (
  all: FeelList,
  position: FeelValue | undefined,
  length: FeelValue | undefined,
): FeelValue => {
  const from = indexOf(position, all.length)
  if (from === undefined) return null
  if (length === null || length === undefined) return all.slice(from)
  const count = (length as FeelNumber).trunc().toNumber()
  return count < 1 || from + count > all.length ? null : all.slice(from, from + count)
}

const without = (all: FeelList): FeelList =>
  all.reduce<FeelValue[]>((kept, item) => {
    if (!kept.some((other) => equalValues(other, item) === true)) kept.push(item)
    return kept
  }, [])

const flatten = (all: FeelList): FeelValue[] => all.flatMap((item) => (isList(item) ? flatten(item) : [item]))

const join = (all: FeelList, delimiter: FeelValue | undefined): FeelValue => {
  const parts = all.filter((item) => item !== null)
  return parts.every((item) => typeof item === 'string')
    ? parts.join((delimiter as string | null) ?? '')
    : null
}

const replaceMatching = (all: FeelList, match: FeelFunction, newItem: FeelValue, run: FeelRun): FeelValue => {
  if (match.parameters.length !== 2) return null
  const replaced: FeelValue[] = []
  for (const item of all) {
    const matches = callFunction(match, [item, newItem], run)
    if (typeof matches !== 'boolean') return null
    replaced.push(matches ? newItem : item)
  }
  return replaced
}

const replaceAt = (all: FeelList, position: FeelValue | undefined, newItem: FeelValue): FeelValue => {
  const at = (position as FeelNumber).isInteger() ? indexOf(position, all.length) : undefined
  return at === undefined ? null : all.with(at, newItem)
}

const contains = ([all, wanted = null]: readonly FeelValue[]): FeelValue =>
  items(all).some((item) => equalValues(item, wanted) === true)

/** List functions without counting: DMN 1.5, table 75, and `sort` of table 80. */
export const lists: Builtins = [
  builtin(
    'list contains',
    signature([aList, nullable('element', anything)], contains),
    signature([aList, nullable('match', anything)], contains),
  ),
  builtin(
    'sublist',
    signature(
      [aList, parameter('start position', numeric), optional('length', numeric)],
      ([all, position, length]) => sublist(items(all), position, length),
    ),
  ),
  builtin(
    'append',
    variadic([aList, nullable('item', anything)], ([all, ...more]) => [...items(all), ...more]),
  ),
  builtin(
    'concatenate',
    variadic([aList], (all) => all.flatMap((one) => [...items(one)])),
  ),
  builtin(
    'union',
    variadic([aList], (all) => without(all.flatMap((one) => [...items(one)]))),
  ),
  builtin(
    'insert before',
    signature([aList, parameter('position', numeric), nullable('newItem', anything)], (args) => {
      const at = indexOf(args[1], items(args[0]).length)
      return at === undefined ? null : items(args[0]).toSpliced(at, 0, args[2] ?? null)
    }),
  ),
  builtin(
    'remove',
    signature([aList, parameter('position', numeric)], ([all, position]) => {
      const at = indexOf(position, items(all).length)
      return at === undefined ? null : items(all).toSpliced(at, 1)
    }),
  ),
  builtin(
    'list replace',
    signature(
      [aList, parameter('position', numeric), nullable('newItem', anything)],
      ([all, at, item = null]) => replaceAt(items(all), at, item),
    ),
    signature(
      [aList, parameter('match', lambda), nullable('newItem', anything)],
      ([all, match, item = null], run) => replaceMatching(items(all), match as FeelFunction, item, run),
    ),
  ),
  builtin(
    'reverse',
    signature([aList], ([all]) => items(all).toReversed()),
  ),
  builtin(
    'index of',
    signature([aList, nullable('match', anything)], ([all, wanted = null]) =>
      items(all).flatMap((item, index) => (equalValues(item, wanted) === true ? [number(index + 1)] : [])),
    ),
  ),
  builtin(
    'distinct values',
    signature([aList], ([all]) => without(items(all))),
  ),
  builtin(
    'flatten',
    signature([aList], ([all]) => flatten(items(all))),
  ),
  builtin(
    'string join',
    signature([aList, optional('delimiter', text)], ([all, delimiter]) => join(items(all), delimiter)),
    signature([parameter('list', text), optional('delimiter', text)], ([only = null]) => only),
  ),
  builtin(
    'sort',
    signature([aList, parameter('precedes', lambda)], ([all, precedes], run) =>
      sort(items(all), precedes as FeelFunction, run),
    ),
  ),
]
