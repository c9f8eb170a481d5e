import { type Ast, childrenOf, type FeelType, parseFeel } from '../../feel/index.ts'
import type { Expression, Literal } from '../model/expression.ts'

/** Names in scope with the names under each: what tells `net income - tax` from one long name. */
export interface Names extends ReadonlyMap<string, Names> {}

const none: Names = new Map()

/** The names under a value of this type; a type that contains itself, `above` it, adds none that are not known. */
export const namesOfType = (type: FeelType, above: ReadonlySet<FeelType> = new Set()): Names => {
  switch (type.kind) {
    case 'named':
      return above.has(type) ? none : namesOfType(type.base, new Set([...above, type]))
    case 'list':
    case 'range':
      return namesOfType(type.of, above)
    case 'function':
      return type.result ? namesOfType(type.result, above) : none
    case 'context':
      return new Map([...(type.members ?? [])].map(([name, member]) => [name, namesOfType(member, above)]))
    default:
      return none
  }
}

/** The names under what an expression gives, where its boxes show them; for values without a declared type. */
export const namesOfExpression = (expression: Expression | undefined): Names => {
  switch (expression?.kind) {
    case 'context': {
      const result = expression.entries.find(({ variable }) => !variable)
      if (result) return namesOfExpression(result.value)
      const entries = expression.entries.flatMap(({ variable, value }) =>
        variable ? [[variable.name, namesOfExpression(value)] as const] : [],
      )
      return new Map(entries)
    }
    case 'relation':
      return new Map(expression.columns.map(({ name }) => [name, none]))
    case 'table': {
      const { outputs } = expression
      return outputs.length > 1 ? new Map(outputs.map(({ name = '' }) => [name, none])) : none
    }
    case 'function':
      return namesOfExpression(expression.body)
    case 'filter':
      return namesOfExpression(expression.items)
    case 'for':
      return namesOfExpression(expression.body)
    case 'list':
      return namesOfExpression(expression.items[0])
    case 'literal':
      return keysIn(expression)
    default:
      return none
  }
}

// A text is read once, however many decisions require it; it has no state that could differ between them.
const keys = new WeakMap<Literal, Names>()

// The keys of contexts written in FEEL: `{net-income: 1}` lets others ask for `it.net-income`.
const keysIn = (literal: Literal): Names => {
  const known = keys.get(literal)
  if (known) return known
  const parsed = literal.text.includes('{') ? parseFeel(literal.text, { names: [] }) : undefined
  const found = parsed?.kind === 'parsed' && parsed.ast ? keysOf(parsed.ast) : []
  const names: Names = new Map(found.map((key) => [key, none]))
  keys.set(literal, names)
  return names
}

const keysOf = (ast: Ast): readonly string[] => [
  ...(ast.kind === 'context' ? ast.entries.map(([key]) => key) : []),
  ...childrenOf(ast).flatMap(keysOf),
]

/** More names in front of those there are. */
export const withNames = (names: Names, more: Iterable<readonly [string, Names]>): Names =>
  new Map([...names, ...more])
