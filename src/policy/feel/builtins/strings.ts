import { type FeelNumber, type FeelValue, number } from '../value/value.ts'
import { type Builtins, builtin, numeric, optional, parameter, signature, text } from './make.ts'
import { matchesPattern, replacePattern, splitPattern } from './patterns.ts'

// Positions and lengths count characters, which are code points.
const substring = (all: string, position: FeelNumber, length: FeelNumber | null): FeelValue => {
  const characters = [...all]
  const at = position.trunc().toNumber()
  if (at === 0 || Math.abs(at) > characters.length) return null
  const from = at > 0 ? at - 1 : characters.length + at
  if (length === null) return characters.slice(from).join('')
  const count = length.trunc().toNumber()
  if (count < 1 || from + count > characters.length) return null
  return characters.slice(from, from + count).join('')
}

const before = (all: string, match: string): string => {
  const at = all.indexOf(match)
  return at < 0 ? '' : all.slice(0, at)
}

const after = (all: string, match: string): string => {
  const at = all.indexOf(match)
  return at < 0 ? '' : all.slice(at + match.length)
}

const one = (name: string, call: (value: string) => FeelValue) =>
  builtin(
    name,
    signature([parameter('string', text)], ([value]) => call(value as string)),
  )

const withMatch = (name: string, call: (value: string, match: string) => FeelValue) =>
  builtin(
    name,
    signature([parameter('string', text), parameter('match', text)], ([value, match]) =>
      call(value as string, match as string),
    ),
  )

/** String functions: DMN 1.5, table 74. */
export const strings: Builtins = [
  builtin(
    'substring',
    signature(
      [parameter('string', text), parameter('start position', numeric), optional('length', numeric)],
      ([all, position, length]) =>
        substring(all as string, position as FeelNumber, length as FeelNumber | null),
    ),
  ),
  one('string length', (value) => number([...value].length)),
  one('upper case', (value) => value.toUpperCase()),
  one('lower case', (value) => value.toLowerCase()),
  withMatch('substring before', before),
  withMatch('substring after', after),
  withMatch('contains', (value, match) => value.includes(match)),
  withMatch('starts with', (value, match) => value.startsWith(match)),
  withMatch('ends with', (value, match) => value.endsWith(match)),
  builtin(
    'replace',
    signature(
      [
        parameter('input', text),
        parameter('pattern', text),
        parameter('replacement', text),
        optional('flags', text),
      ],
      ([input, pattern, replacement, flags]) =>
        replacePattern(input as string, pattern as string, replacement as string, flags as string | null),
    ),
  ),
  builtin(
    'matches',
    signature(
      [parameter('input', text), parameter('pattern', text), optional('flags', text)],
      ([input, pattern, flags]) => matchesPattern(input as string, pattern as string, flags as string | null),
    ),
  ),
  builtin(
    'split',
    signature([parameter('string', text), parameter('delimiter', text)], ([all, delimiter]) =>
      splitPattern(all as string, delimiter as string),
    ),
  ),
]
