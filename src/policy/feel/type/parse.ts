import { afterSpace, normalName, wordFrom } from '../read/names.ts'
import { anyType, type FeelType, type FindType } from './type.ts'

const simple: Readonly<Record<string, FeelType>> = {
  Any: anyType,
  any: anyType,
  Null: { kind: 'null' },
  number: { kind: 'number' },
  string: { kind: 'string' },
  boolean: { kind: 'boolean' },
  date: { kind: 'date' },
  time: { kind: 'time' },
  'date and time': { kind: 'date and time' },
  dateTime: { kind: 'date and time' },
  'days and time duration': { kind: 'days and time duration' },
  dayTimeDuration: { kind: 'days and time duration' },
  'years and months duration': { kind: 'years and months duration' },
  yearMonthDuration: { kind: 'years and months duration' },
}

/** What stands where a type should: undefined where the name is not known, and where the text after it begins. */
export type ReadType = { readonly type: FeelType | undefined; readonly until: number }

type Reader = { readonly text: string; readonly find: FindType }

const nothing: FindType = () => undefined

const expect = (text: string, at: number, sign: string): number | undefined => {
  const from = afterSpace(text, at)
  return text.startsWith(sign, from) ? from + sign.length : undefined
}

const keywords = new Set([
  'and',
  'or',
  'then',
  'else',
  'return',
  'satisfies',
  'in',
  'between',
  'external',
  'instance',
])

// A type's name may have spaces and dots; the longest beginning that is known is the name.
const readName = ({ text, find }: Reader, at: number): ReadType => {
  let until = at
  let known: ReadType | undefined
  let end = at
  while (true) {
    const word = wordFrom(text, until)
    if (word === undefined) break
    until += word.length
    const name = normalName(text.slice(at, until))
    const type = find(name) ?? simple[name]
    if (type) known = { type, until }
    const next = afterSpace(text, until)
    const dotted = text[next] === '.' && text[next + 1] !== '.'
    if (end === at || !keywords.has(word)) end = until
    until = dotted ? afterSpace(text, next + 1) : next
  }
  return known ?? { type: undefined, until: firstWords(text, at) }
}

const firstWords = (text: string, at: number): number => {
  let end = at
  for (let next = at; ; ) {
    const word = wordFrom(text, next)
    if (word === undefined || (end > at && keywords.has(word))) return end
    end = next + word.length
    const dot = expect(text, end, '.')
    next = dot === undefined ? afterSpace(text, end) : afterSpace(text, dot)
  }
}

const readOne = (reader: Reader, at: number, make: (of: FeelType) => FeelType): ReadType | undefined => {
  const inner = readType(reader.text, at, reader.find)
  const until = inner && expect(reader.text, inner.until, '>')
  if (!inner || until === undefined) return undefined
  return { type: inner.type && make(inner.type), until }
}

const readContext = (reader: Reader, at: number): ReadType | undefined => {
  const { text } = reader
  const members = new Map<string, FeelType>()
  let known = true
  for (let next = at; ; ) {
    const colon = text.indexOf(':', next)
    if (colon < 0) return undefined
    const member = readType(text, colon + 1, reader.find)
    if (!member) return undefined
    if (member.type) members.set(normalName(text.slice(next, colon)).replaceAll('"', ''), member.type)
    else known = false
    const comma = expect(text, member.until, ',')
    const end = expect(text, member.until, '>')
    if (end !== undefined) return { type: known ? { kind: 'context', members } : undefined, until: end }
    if (comma === undefined) return undefined
    next = comma
  }
}

const readFunction = (reader: Reader, at: number): ReadType | undefined => {
  const { text } = reader
  const parameters: (FeelType | undefined)[] = []
  let next = expect(text, at, '>')
  for (let from = at; next === undefined; ) {
    const parameter = readType(text, from, reader.find)
    if (!parameter) return undefined
    parameters.push(parameter.type)
    next = expect(text, parameter.until, '>')
    from = expect(text, parameter.until, ',') ?? text.length
  }
  const arrow = expect(text, next, '->')
  const result = arrow === undefined ? undefined : readType(text, arrow, reader.find)
  if (!result) return undefined
  const known = parameters.filter((parameter) => parameter !== undefined)
  const whole = result.type && known.length === parameters.length
  return {
    type: whole ? { kind: 'function', parameters: known, result: result.type } : undefined,
    until: result.until,
  }
}

const readGeneric = (reader: Reader, word: string, at: number): ReadType | undefined => {
  if (word === 'list') return readOne(reader, at, (of) => ({ kind: 'list', of }))
  if (word === 'range') return readOne(reader, at, (of) => ({ kind: 'range', of }))
  return word === 'context' ? readContext(reader, at) : readFunction(reader, at)
}

/** Reads a type at this place; undefined where none can be read. */
export const readType = (text: string, from: number, find: FindType = nothing): ReadType | undefined => {
  const at = afterSpace(text, from)
  const word = wordFrom(text, at)
  if (word === undefined) return undefined
  const inside = expect(text, at + word.length, '<')
  if (inside !== undefined && ['list', 'range', 'context', 'function'].includes(word))
    return readGeneric({ text, find }, word, inside)
  return readName({ text, find }, at)
}

const bare: Readonly<Record<string, FeelType>> = {
  list: { kind: 'list', of: anyType },
  range: { kind: 'range', of: anyType },
  context: { kind: 'context' },
  function: { kind: 'function' },
}

/**
 * A type as models and expressions write it: `number`, `list<string>`, `context<a: date>`, `function<number>->string`, `range<date>`, or a
 * name that `find` knows. `list`, `context`, `range` and `function` alone mean any of their kind. Undefined for all else.
 */
export const parseType = (text: string, find: FindType = nothing): FeelType | undefined => {
  const read = readType(text, 0, find)
  if (read?.type) return afterSpace(text, read.until) === text.length ? read.type : undefined
  return bare[text.trim()]
}
