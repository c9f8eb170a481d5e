import { readType } from '../type/parse.ts'
import type { FeelType, FindType } from '../type/type.ts'
import type { FeelProblem } from '../value/value.ts'
import {
  addName,
  afterSpace,
  knownName,
  type NameTable,
  nameTable,
  normalName,
  startsName,
  wordFrom,
} from './names.ts'
import { readString } from './strings.ts'

/** What a place holder stands for. */
export type Lexeme =
  | { readonly kind: 'name'; readonly name: string; readonly until: number }
  | { readonly kind: 'string'; readonly value: string; readonly until: number }
  | { readonly kind: 'temporal'; readonly text: string; readonly until: number }
  | { readonly kind: 'type'; readonly type: FeelType | undefined; readonly until: number }

/** The text as the library's grammar reads it without doubt, of the same length, and what stands at each place holder. */
export type Scanned = { readonly text: string; readonly lexemes: ReadonlyMap<number, Lexeme> }

type Frame = {
  readonly open: string
  loops: number
  squares: number
  dots: number
  readonly parameters: boolean
}

const frameOf = (open: string, parameters = false): Frame => ({
  open,
  loops: 0,
  squares: 0,
  dots: 0,
  parameters,
})

/** Where the scan is. The one mutable thing here: it lives for one call of `scan`. */
type Scan = {
  readonly source: string
  readonly find: FindType
  readonly unary: boolean
  readonly members: Set<string>
  readonly table: NameTable
  readonly functions: NameTable
  readonly lexemes: Map<number, Lexeme>
  readonly frames: Frame[]
  out: string
  at: number
  last: string
  problem?: FeelProblem
}

const keywords = new Set([
  ...['for', 'in', 'return', 'if', 'then', 'else', 'some', 'every', 'satisfies', 'and', 'or', 'between'],
  ...['function', 'external', 'true', 'false', 'null'],
])

const properties = nameTable(['time offset', 'start included', 'end included'])

/**
 * Names with spaces and signs, strings, `@` literals, types and comments are found here and replaced by place holders, because
 * which words are one name depends on the scope. Grammar and precedence are then the library's.
 */
export const scan = (
  source: string,
  options: {
    readonly names: Iterable<string>
    readonly functions: NameTable
    readonly find: FindType
    readonly unary: boolean
  },
): Scanned | FeelProblem => {
  const members = new Set(options.names)
  const state: Scan = {
    source,
    find: options.find,
    unary: options.unary,
    members,
    table: nameTable(members),
    functions: options.functions,
    lexemes: new Map(),
    frames: [frameOf('')],
    out: '',
    at: 0,
    last: '',
  }
  while (state.at < source.length && !state.problem) step(state)
  return state.problem ?? { text: state.out, lexemes: state.lexemes }
}

const fail = (state: Scan, text: string): void => {
  state.problem = {
    kind: 'problem',
    code: 'feel.syntax',
    text,
    span: { from: state.at, until: state.source.length },
  }
}

const blank = (state: Scan, until: number): void => {
  state.out += ' '.repeat(until - state.at)
  state.at = until
}

const copy = (state: Scan, token: string): void => {
  state.out += token
  state.at += token.length
  state.last = token
}

const hold = (state: Scan, lexeme: Lexeme, holder = 'x'): void => {
  state.lexemes.set(state.at, lexeme)
  state.out += holder.padEnd(lexeme.until - state.at)
  state.at = lexeme.until
  state.last = 'x'
}

const declare = (state: Scan, name: string): void => {
  if (state.members.has(name)) return
  state.members.add(name)
  addName(state.table, name)
}

const numberAt = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/uy
const signAt = /\*\*|\.\.|->|!=|<=|>=|[\s\S]/uy

const step = (state: Scan): void => {
  const { source, at } = state
  const next = afterSpace(source, at)
  if (next > at) blank(state, next)
  else if (source.startsWith('//', at)) blank(state, endOfLine(source, at))
  else if (source.startsWith('/*', at)) comment(state)
  else if (!declaration(state)) token(state)
}

const token = (state: Scan): void => {
  const { source, at } = state
  numberAt.lastIndex = at
  const number = state.last === '.' ? undefined : numberAt.exec(source)?.[0]
  if (source[at] === '"') string(state)
  else if (source[at] === '@') temporal(state)
  else if (number !== undefined) copy(state, number)
  else if (startsName(source, at)) word(state)
  else sign(state)
}

const endOfLine = (source: string, at: number): number => {
  const end = source.slice(at).search(/[\n\r]/u)
  return end < 0 ? source.length : at + end
}

const comment = (state: Scan): void => {
  const end = state.source.indexOf('*/', state.at + 2)
  if (end < 0) fail(state, 'a comment that does not end')
  else blank(state, end + 2)
}

const string = (state: Scan): void => {
  const read = readString(state.source, state.at)
  if (read) {
    if (top(state).open === '{' && (state.last === '{' || state.last === ',')) declare(state, read.value)
    hold(state, { kind: 'string', ...read })
  } else fail(state, 'a string that does not end')
}

const temporal = (state: Scan): void => {
  const read = readString(state.source, afterSpace(state.source, state.at + 1))
  if (read) hold(state, { kind: 'temporal', text: read.value, until: read.until })
  else fail(state, 'no string after @')
}

const top = (state: Scan): Frame => state.frames.at(-1) as Frame

// The places where a name is made: keys of contexts, names of parameters and arguments, variables of loops.
const declaration = (state: Scan): boolean => {
  const { last } = state
  const frame = top(state)
  if (frame.open === '{' && (last === '{' || last === ',')) return until(state, /[^:{}[\]"]*?(?=\s*:)/uy)
  if (frame.open === '(' && frame.parameters && (last === '(' || last === ','))
    return until(state, /[^:,(){}[\]"]*?(?=\s*[:,)])/uy)
  if (['for', 'some', 'every'].includes(last) || (last === ',' && frame.loops > 0))
    return until(state, /[^,(){}[\]"]*?(?=\s+in\b)/uy)
  if (frame.open === '(' && (last === '(' || last === ',')) return argument(state)
  if (last === ':' && frame.parameters) return typed(state)
  return false
}

const until = (state: Scan, pattern: RegExp): boolean => {
  pattern.lastIndex = state.at
  const found = pattern.exec(state.source)?.[0]
  if (!found || !startsName(state.source, state.at)) return false
  const name = normalName(found)
  declare(state, name)
  hold(state, { kind: 'name', name, until: state.at + found.length })
  return true
}

const argument = (state: Scan): boolean => {
  const pattern = /[^:,(){}[\]"<>=]*?(?=\s*:)/uy
  pattern.lastIndex = state.at
  const found = pattern.exec(state.source)?.[0]
  if (!found || !startsName(state.source, state.at)) return false
  hold(state, { kind: 'name', name: normalName(found), until: state.at + found.length })
  return true
}

const typed = (state: Scan): boolean => {
  const read = readType(state.source, state.at, state.find)
  if (!read) fail(state, 'no type can be read')
  else hold(state, { kind: 'type', ...read })
  return true
}

const word = (state: Scan): void => {
  const { source, at, last } = state
  const text = wordFrom(source, at) ?? ''
  const negation =
    state.unary && text === 'not' && state.out.trim() === '' && source[afterSpace(source, at + 3)] === '('
  if (last === '.') named(state, [state.table, properties], text)
  else if (negation) copy(state, text)
  else if (keywords.has(text)) keyword(state, text)
  else if (text !== 'instance' || !instanceOf(state)) named(state, [state.table, state.functions], text)
}

const named = (state: Scan, tables: readonly NameTable[], text: string): void => {
  const known = knownName(tables, state.source, state.at)
  hold(state, { kind: 'name', ...(known ?? unknownName(state, text)) })
}

const keyword = (state: Scan, text: string): void => {
  const frame = top(state)
  if (['for', 'some', 'every'].includes(text)) frame.loops += 1
  if (['return', 'satisfies'].includes(text)) frame.loops = Math.max(0, frame.loops - 1)
  copy(state, text)
}

const instanceOf = (state: Scan): boolean => {
  const of = afterSpace(state.source, state.at + 'instance'.length)
  if (wordFrom(state.source, of) !== 'of') return false
  copy(state, 'instance')
  blank(state, of)
  copy(state, 'of')
  const from = afterSpace(state.source, state.at)
  blank(state, from)
  return typed(state)
}

// Words in a row that no scope knows are taken for one name: nothing else could stand there.
const unknownName = (state: Scan, first: string): { readonly name: string; readonly until: number } => {
  const { source, at } = state
  let end = at + first.length
  while (true) {
    const next = afterSpace(source, end)
    const more = next === end ? undefined : wordFrom(source, next)
    if (more === undefined || keywords.has(more) || more === 'instance' || !startsName(source, next)) break
    end = next + more.length
  }
  return { name: normalName(source.slice(at, end)), until: end }
}

const sign = (state: Scan): void => {
  signAt.lastIndex = state.at
  const token = signAt.exec(state.source)?.[0] ?? ''
  if (token === '(' || token === '{') state.frames.push(frameOf(token, state.last === 'function'))
  else bracket(state, token)
  // The library's grammar knows two signs more than the standard.
  if (token === '^' || token === '`') fail(state, `${token} is no sign of FEEL`)
  else copy(state, token)
}

// A range may open with one kind of bracket and close with another, so the two dots decide what a bracket closes.
const bracket = (state: Scan, token: string): void => {
  const frame = top(state)
  if (token === '..') frame.dots += 1
  if (token === '[') frame.squares += 1
  if (token === ']' && frame.squares > 0) frame.squares -= 1
  else if (token === ']' && frame.open === '(' && frame.dots > 0) state.frames.pop()
  if (token === '}' && frame.open === '{') state.frames.pop()
  if (token !== ')') return
  if (frame.squares > 0 && frame.dots > 0) frame.squares -= 1
  else if (frame.open === '(') state.frames.pop()
}
