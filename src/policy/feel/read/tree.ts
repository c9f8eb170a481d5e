import type { parser } from '@bpmn-io/lezer-feel'
import { finite } from '../value/arithmetic.ts'
import { parseTemporal } from '../value/temporal.ts'
import { type FeelSpan, number } from '../value/value.ts'
import type { Ast, Iterator, Parameter, Sign, Tests } from './ast.ts'
import { type Item, joinChain, Unreadable } from './chain.ts'
import type { Lexeme, Scanned } from './scan.ts'

/** A node of the library's tree. */
export type Tree = ReturnType<typeof parser.parse>['topNode']

type Reader = (tree: Tree, scanned: Scanned) => Ast

const partsOf = (tree: Tree): Tree[] => {
  const parts: Tree[] = []
  for (let child = tree.firstChild; child; child = child.nextSibling) parts.push(child)
  return parts
}

const at = (tree: Tree, index: number): Tree => {
  const part = partsOf(tree).at(index)
  if (!part) throw new Unreadable({ from: tree.from, until: tree.to })
  return part
}

const textOf = (tree: Tree, { text }: Scanned): string => text.slice(tree.from, tree.to)

// A place holder is shorter than what it stands for.
const spanOf = (tree: Tree, { lexemes }: Scanned): FeelSpan => ({
  from: tree.from,
  until: Math.max(tree.to, lexemes.get(tree.from)?.until ?? 0),
})

const lexemeOf = (tree: Tree, scanned: Scanned): Lexeme => {
  const words = partsOf(tree)
  const lexeme = scanned.lexemes.get(tree.from)
  if (words.length > 1) throw new Unreadable({ from: words[1]?.from ?? tree.from, until: tree.to })
  return lexeme ?? { kind: 'name', name: textOf(tree, scanned), until: tree.to }
}

const nameOf = (tree: Tree, scanned: Scanned): string => {
  const lexeme = lexemeOf(tree, scanned)
  if (lexeme.kind === 'name') return lexeme.name
  if (lexeme.kind === 'string') return lexeme.value
  throw new Unreadable(spanOf(tree, scanned))
}

const variable: Reader = (tree, scanned) => {
  const lexeme = lexemeOf(tree, scanned)
  const span = spanOf(tree, scanned)
  if (lexeme.kind === 'name') return { kind: 'name', name: lexeme.name, span }
  if (lexeme.kind === 'string') return { kind: 'literal', value: lexeme.value, span }
  if (lexeme.kind === 'temporal') return { kind: 'literal', value: parseTemporal(lexeme.text), span }
  throw new Unreadable(span)
}

const numeric: Reader = (tree, scanned) => {
  const value = finite(number(textOf(tree, scanned).replaceAll(/\s/gu, '')).plus(0))
  return { kind: 'literal', value, span: spanOf(tree, scanned) }
}

const arithmetic: Reader = (tree, scanned) => {
  const [first, second, third] = partsOf(tree)
  const span = spanOf(tree, scanned)
  if (!first || !second) throw new Unreadable(span)
  if (third) {
    const [left, right] = [astOf(first, scanned), astOf(third, scanned)]
    return { kind: 'arithmetic', sign: textOf(second, scanned), left, right, span }
  }
  if (textOf(first, scanned) !== '-') throw new Unreadable(span)
  return { kind: 'negative', of: astOf(second, scanned), span }
}

const chain: Reader = (tree, scanned) => joinChain(itemsOf(tree, scanned), spanOf(tree, scanned))

const itemsOf = (tree: Tree, scanned: Scanned): Item[] => {
  const parts = partsOf(tree)
  const [first, second, third] = parts
  if ((tree.name === 'Conjunction' || tree.name === 'Disjunction') && first && third)
    return [
      ...itemsOf(first, scanned),
      { kind: 'logic', sign: tree.name === 'Conjunction' ? 'and' : 'or' },
      ...itemsOf(third, scanned),
    ]
  if (tree.name === 'PositiveUnaryTest' && first) return itemsOf(first, scanned)
  if (tree.name === 'SimplePositiveUnaryTest' && first && second)
    return [{ kind: 'sign', sign: textOf(first, scanned) as Sign }, ...itemsOf(second, scanned)]
  if (tree.name !== 'Comparison' || !first || !second || !third)
    return [{ kind: 'operand', ast: astOf(tree, scanned) }]
  return [...itemsOf(first, scanned), ...comparisonItems(tree, second, third, scanned)]
}

const comparisonItems = (tree: Tree, word: Tree, third: Tree, scanned: Scanned): Item[] => {
  if (word.name === 'between') {
    const high = itemsOf(at(tree, 4), scanned)
    return [{ kind: 'between', low: astOf(third, scanned) }, ...high]
  }
  if (word.name !== 'in')
    return [{ kind: 'sign', sign: textOf(word, scanned) as Sign }, ...itemsOf(third, scanned)]
  if (third.name === '(')
    return [{ kind: 'in-several', tests: testsOf(at(tree, 3), scanned), until: tree.to }]
  return [{ kind: 'in' }, ...itemsOf(third, scanned)]
}

const testsOf = (tree: Tree, scanned: Scanned): Ast[] =>
  partsOf(tree)
    .filter(({ name }) => name === 'PositiveUnaryTest')
    .map((test) => chain(test, scanned))

const interval: Reader = (tree, scanned) => ({
  kind: 'range',
  low: astOf(at(tree, 1), scanned),
  high: astOf(at(tree, 3), scanned),
  lowIncluded: at(tree, 0).name === '[',
  highIncluded: at(tree, -1).name === ']',
  span: spanOf(tree, scanned),
})

const list: Reader = (tree, scanned) => ({
  kind: 'list',
  items: partsOf(tree)
    .slice(1, -1)
    .map((item) => astOf(item, scanned)),
  span: spanOf(tree, scanned),
})

const context: Reader = (tree, scanned) => ({
  kind: 'context',
  entries: partsOf(tree)
    .filter(({ name }) => name === 'ContextEntry')
    .map((entry) => [nameOf(at(at(entry, 0), 0), scanned), astOf(at(entry, -1), scanned)] as const),
  span: spanOf(tree, scanned),
})

const call: Reader = (tree, scanned) => {
  const of = astOf(at(tree, 0), scanned)
  const span = spanOf(tree, scanned)
  const written = partsOf(tree).find(({ name }) => name.endsWith('Parameters'))
  const args = written ? partsOf(written) : []
  if (written?.name !== 'NamedParameters')
    return { kind: 'call', of, args: args.map((arg) => astOf(arg, scanned)), span }
  const named = args.map((arg) => [nameOf(at(at(arg, 0), 0), scanned), astOf(at(arg, -1), scanned)] as const)
  return { kind: 'named-call', of, args: named, span }
}

const iteratorsOf = (tree: Tree, scanned: Scanned): Iterator[] =>
  partsOf(tree).map((loop) => {
    const over = at(loop, -1)
    const [from, , to] = over.name === 'IterationContext' ? partsOf(over) : [over]
    if (!from) throw new Unreadable(spanOf(loop, scanned))
    const name = nameOf(at(loop, 0), scanned)
    return { name, from: astOf(from, scanned), ...(to ? { to: astOf(to, scanned) } : {}) }
  })

const quantified: Reader = (tree, scanned) => ({
  kind: 'quantified',
  word: textOf(at(tree, 0), scanned) === 'some' ? 'some' : 'every',
  iterators: iteratorsOf(at(tree, 1), scanned),
  body: astOf(at(tree, -1), scanned),
  span: spanOf(tree, scanned),
})

const definition: Reader = (tree, scanned) => {
  const parts = partsOf(tree)
  const formal = parts.find(({ name }) => name === 'FormalParameters')
  const parameters = (formal ? partsOf(formal) : []).map((parameter): Parameter => {
    const type = partsOf(parameter).find((child) => child.name === 'Type')
    const lexeme = type && scanned.lexemes.get(type.from)
    const name = nameOf(at(at(parameter, 0), 0), scanned)
    return lexeme?.kind === 'type' && lexeme.type ? { name, type: lexeme.type } : { name }
  })
  return {
    kind: 'function',
    parameters,
    body: astOf(at(at(tree, -1), 0), scanned),
    external: parts.some(({ name }) => name === 'external'),
    span: spanOf(tree, scanned),
  }
}

const instance: Reader = (tree, scanned) => {
  const type = at(tree, -1)
  const lexeme = scanned.lexemes.get(type.from)
  return {
    kind: 'instance',
    of: astOf(at(tree, 0), scanned),
    type: lexeme?.kind === 'type' ? lexeme.type : undefined,
    span: { from: tree.from, until: lexeme?.until ?? tree.to },
  }
}

const readers: Readonly<Record<string, Reader>> = {
  NumericLiteral: numeric,
  BooleanLiteral: (tree, scanned) => ({
    kind: 'literal',
    value: textOf(tree, scanned) === 'true',
    span: spanOf(tree, scanned),
  }),
  null: (tree, scanned) => ({ kind: 'literal', value: null, span: spanOf(tree, scanned) }),
  VariableName: variable,
  PathExpression: (tree, scanned) => ({
    kind: 'path',
    of: astOf(at(tree, 0), scanned),
    name: nameOf(at(tree, -1), scanned),
    span: { from: tree.from, until: spanOf(at(tree, -1), scanned).until },
  }),
  List: (tree, scanned) => list(tree, scanned),
  Context: context,
  ParenthesizedExpression: (tree, scanned) => astOf(at(tree, 1), scanned),
  ArithmeticExpression: arithmetic,
  Conjunction: chain,
  Disjunction: chain,
  Comparison: chain,
  PositiveUnaryTest: chain,
  SimplePositiveUnaryTest: (tree, scanned) => {
    const only = at(tree, 0)
    return only.name === 'Interval' ? interval(only, scanned) : chain(tree, scanned)
  },
  Interval: interval,
  IfExpression: (tree, scanned) => ({
    kind: 'if',
    condition: astOf(at(tree, 1), scanned),
    yes: astOf(at(tree, 3), scanned),
    no: astOf(at(tree, 5), scanned),
    span: spanOf(tree, scanned),
  }),
  ForExpression: (tree, scanned) => ({
    kind: 'for',
    iterators: iteratorsOf(at(tree, 1), scanned),
    body: astOf(at(tree, -1), scanned),
    span: spanOf(tree, scanned),
  }),
  QuantifiedExpression: quantified,
  FilterExpression: (tree, scanned) => ({
    kind: 'filter',
    of: astOf(at(tree, 0), scanned),
    by: astOf(at(tree, 2), scanned),
    span: spanOf(tree, scanned),
  }),
  FunctionInvocation: call,
  FunctionDefinition: definition,
  InstanceOfExpression: instance,
}

/** The tree of one expression. Throws `Unreadable` where the grammar found something the standard does not have. */
export const astOf = (tree: Tree, scanned: Scanned): Ast => {
  const read = readers[tree.name]
  if (!read) throw new Unreadable(spanOf(tree, scanned))
  return read(tree, scanned)
}

/** The unary tests under the library's top node. */
export const unaryTestsOf = (top: Tree, scanned: Scanned): Tests => {
  const parts = partsOf(top)
  if (parts[0]?.name === 'Wildcard') return { any: true, negated: false, tests: [] }
  const tests = parts.find(({ name }) => name === 'PositiveUnaryTests')
  if (!tests) throw new Unreadable({ from: top.from, until: top.to })
  return { any: false, negated: parts[0]?.name === 'not', tests: testsOf(tests, scanned) }
}
