import { coerce } from '../type/conform.ts'
import type { FeelType } from '../type/type.ts'
import { finite } from './arithmetic.ts'
import { parseDate, parseDateTime, parseDuration, parseTemporal, parseTime } from './temporal.ts'
import { textOf } from './text.ts'
import { type FeelValue, isContext, isList, isNumber, number } from './value.ts'

/** JSON as it comes from `JSON.parse`. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const marks: Readonly<Record<string, (text: string) => FeelValue>> = {
  '@date': parseDate,
  '@time': parseTime,
  '@date and time': parseDateTime,
  '@dateTime': parseDateTime,
  '@duration': parseDuration,
  '@temporal': parseTemporal,
  '@number': (text) =>
    /^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/u.test(text) ? finite(number(text).plus(0)) : null,
}

const marked = (json: { readonly [key: string]: Json }): FeelValue | undefined => {
  const [only, ...rest] = Object.entries(json)
  if (!only || rest.length > 0) return undefined
  const read = marks[only[0]]
  return read && (typeof only[1] === 'string' || typeof only[1] === 'number')
    ? read(String(only[1]))
    : undefined
}

const plain = (json: Json): FeelValue => {
  if (json === null || typeof json === 'boolean' || typeof json === 'string') return json
  if (typeof json === 'number') return finite(number(json))
  if (Array.isArray(json)) return json.map(plain)
  const object = json as { readonly [key: string]: Json }
  const value = marked(object)
  return value === undefined
    ? new Map(Object.entries(object).map(([key, item]) => [key, plain(item)]))
    : value
}

const baseOf = (type: FeelType): FeelType => (type.kind === 'named' ? baseOf(type.base) : type)

// A string becomes a date, time, duration or number where the type says so, deep inside lists and contexts too.
const typed = (value: FeelValue, type: FeelType): FeelValue => {
  const base = baseOf(type)
  if (isList(value)) return base.kind === 'list' ? value.map((item) => typed(item, base.of)) : value
  if (base.kind === 'list') return typed(value, base.of)
  if (isContext(value) && base.kind === 'context')
    return new Map(
      [...value].map(([key, item]) => {
        const member = base.members?.get(key)
        return [key, member ? typed(item, member) : item]
      }),
    )
  if (typeof value !== 'string') return value
  const read = readers[base.kind]
  // A text that is nothing of the kind stays one, so that no type takes the whole for what it asked.
  return read?.(value) ?? value
}

const readers: Readonly<Record<string, (text: string) => FeelValue>> = {
  date: parseDate,
  time: parseTime,
  'date and time': (text) => parseDateTime(text) ?? parseDate(text),
  'days and time duration': parseDuration,
  'years and months duration': parseDuration,
  number: marks['@number'] ?? (() => null),
}

/**
 * A value from JSON. `{"@date": "…"}`, `@time`, `@date and time`, `@duration` and `@number` mark what JSON has no kind for; with
 * a type, ISO texts become what it says, and what does not conform is null.
 */
export const fromJson = (json: Json, type?: FeelType): FeelValue => {
  const value = plain(json)
  return type ? coerce(typed(value, type), type) : value
}

/**
 * A value as JSON: temporal values, ranges and functions as texts, a number as a JSON number where a double gives back the same
 * digits, else as a text.
 */
export const toJson = (value: FeelValue): Json => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (isNumber(value)) return number(value.toNumber()).equals(value) ? value.toNumber() + 0 : textOf(value)
  if (isList(value)) return value.map(toJson)
  if (isContext(value)) return Object.fromEntries([...value].map(([key, item]) => [key, toJson(item)]))
  return textOf(value)
}
