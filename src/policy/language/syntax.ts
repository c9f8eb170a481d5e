import { parser } from '@bpmn-io/lezer-feel'
import { Problem, type Span } from './problems.ts'
import type { Scalar } from './values.ts'

/** FEEL as written, before names and types are looked up. */
export type Syntax = { readonly span: Span } & (
  | { readonly kind: 'literal'; readonly value: Scalar }
  | { readonly kind: 'temporal'; readonly maker: string; readonly text: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'path'; readonly of: Syntax; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Syntax[] }
  | { readonly kind: 'binary'; readonly sign: string; readonly left: Syntax; readonly right: Syntax }
  | { readonly kind: 'in'; readonly left: Syntax; readonly tests: readonly Test[] }
  | { readonly kind: 'between'; readonly of: Syntax; readonly low: Syntax; readonly high: Syntax }
  | { readonly kind: 'negative'; readonly of: Syntax }
  | { readonly kind: 'if'; readonly parts: readonly Syntax[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Syntax[] }
  | { readonly kind: 'filter'; readonly of: Syntax; readonly condition: Syntax }
  | {
      readonly kind: 'each'
      readonly word: string
      readonly variable: string
      readonly list: Syntax
      readonly body: Syntax
    }
)

/** What may stand right of `in`: a comparison, an interval, or an expression that is a value or a list. */
export type Test =
  | { readonly kind: 'compare'; readonly sign: string; readonly right: Syntax }
  | {
      readonly kind: 'interval'
      readonly low: Syntax
      readonly high: Syntax
      readonly lowSign: string
      readonly highSign: string
    }
  | { readonly kind: 'value'; readonly value: Syntax }

type Tree = ReturnType<typeof parser.parse>['topNode']

/** Reads one FEEL expression. Throws a Problem: `syntax`, or `outside-sql-profile` for FEEL we do not carry yet. */
export const readSyntax = (text: string): Syntax => {
  const top = parser.parse(text).topNode
  const [expression, ...rest] = partsOf(top)
  const broken = firstError(top)
  if (broken) throw new Problem('syntax', spanOf(broken))
  if (!expression || rest.length > 0) throw new Problem('syntax', spanOf(rest[0] ?? top))
  return syntaxOf(expression, text)
}

const spanOf = (tree: Tree): Span => ({ from: tree.from, until: tree.to })

/** The children that carry meaning: without comments. */
const partsOf = (tree: Tree): Tree[] => {
  const parts: Tree[] = []
  for (let child = tree.firstChild; child; child = child.nextSibling) {
    if (!child.name.endsWith('Comment')) parts.push(child)
  }
  return parts
}

const firstError = (tree: Tree): Tree | undefined => {
  if (tree.type.isError) return tree
  for (const child of partsOf(tree)) {
    const found = firstError(child)
    if (found) return found
  }
  return undefined
}

type Reader = (tree: Tree, text: string) => Syntax

const syntaxOf = (tree: Tree, text: string): Syntax => {
  const read = readers[tree.name]
  if (!read)
    throw new Problem('outside-sql-profile', spanOf(tree), { what: text.slice(tree.from, tree.to), use: '' })
  return read(tree, text)
}

const at = (parts: readonly Tree[], index: number): Tree => {
  const part = parts.at(index)
  if (!part) throw new Problem('syntax', { from: 0, until: 0 })
  return part
}

const textOf = (tree: Tree, text: string): string => text.slice(tree.from, tree.to)

const stringOf = (tree: Tree, text: string): string => JSON.parse(textOf(tree, text)) as string

const number: Reader = (tree, text) => {
  const value = Number(textOf(tree, text).replaceAll(/\s/gu, ''))
  if (!Number.isSafeInteger(value))
    throw new Problem('outside-sql-profile', spanOf(tree), { what: textOf(tree, text), use: '1, 2, 3 …' })
  return { kind: 'literal', value, span: spanOf(tree) }
}

const temporal: Reader = (tree, text) => {
  const inner = at(partsOf(tree), 0)
  if (inner.name === 'AtLiteral')
    return {
      kind: 'temporal',
      maker: '@',
      text: stringOf(at(partsOf(inner), 0), text),
      span: spanOf(tree),
    }
  const argument = partsOf(at(partsOf(tree), 2))[0]
  if (argument?.name !== 'StringLiteral')
    throw new Problem('outside-sql-profile', spanOf(tree), {
      what: textOf(tree, text),
      use: 'date("2026-01-31")',
    })
  return {
    kind: 'temporal',
    maker: textOf(inner, text),
    text: stringOf(argument, text),
    span: spanOf(tree),
  }
}

const binary: Reader = (tree, text) => {
  const [left, sign, right] = partsOf(tree)
  if (left && sign && !right) return { kind: 'negative', of: syntaxOf(sign, text), span: spanOf(tree) }
  return {
    kind: 'binary',
    sign: textOf(at(partsOf(tree), 1), text),
    left: syntaxOf(at(partsOf(tree), 0), text),
    right: syntaxOf(at(partsOf(tree), 2), text),
    span: spanOf(tree),
  }
}

const comparison: Reader = (tree, text) => {
  const parts = partsOf(tree)
  const word = at(parts, 1).name
  if (word === 'between') {
    const [of, low, high] = [at(parts, 0), at(parts, 2), at(parts, 4)].map((part) => syntaxOf(part, text))
    return { kind: 'between', of: of as Syntax, low: low as Syntax, high: high as Syntax, span: spanOf(tree) }
  }
  return word === 'in' ? chain(tree, text) : binary(tree, text)
}

const call: Reader = (tree, text) => {
  const parts = partsOf(tree)
  const parameters = parts.find(({ name }) => name.endsWith('Parameters'))
  if (parameters?.name === 'NamedParameters')
    throw new Problem('outside-sql-profile', spanOf(tree), { what: textOf(tree, text), use: 'f(x)' })
  return {
    kind: 'call',
    name: textOf(at(parts, 0), text),
    args: parameters ? partsOf(parameters).map((part) => syntaxOf(part, text)) : [],
    span: spanOf(tree),
  }
}

const each: Reader = (tree, text) => {
  const parts = partsOf(tree)
  const [loop, ...more] = partsOf(at(parts, 1))
  if (!loop || more.length > 0)
    throw new Problem('outside-sql-profile', spanOf(tree), {
      what: textOf(tree, text),
      use: 'some m in members',
    })
  const inside = partsOf(loop)
  return {
    kind: 'each',
    word: textOf(at(parts, 0), text),
    variable: textOf(at(inside, 0), text),
    list: syntaxOf(at(partsOf(at(inside, 2)), 0), text),
    body: syntaxOf(at(parts, 3), text),
    span: spanOf(tree),
  }
}

// The grammar lets the test right of a bare `in` swallow all that follows: `x in ["a"] and y` arrives as
// `x in (["a"] and y)`. In FEEL `in` binds tighter than `and` and `or`, so a chain of these is taken apart into operands
// and signs and put together again by precedence.
type Chain = (Syntax | 'and' | 'or')[]

const chain: Reader = (tree, text) => {
  const items = chainOf(tree, text)
  return joined(items, 'or', (part) => joined(part, 'and', ([operand]) => operand as Syntax))
}

const chainOf = (tree: Tree, text: string): Chain => {
  const parts = partsOf(tree)
  if (tree.name === 'Conjunction' || tree.name === 'Disjunction') {
    const sign = tree.name === 'Conjunction' ? 'and' : 'or'
    return [...chainOf(at(parts, 0), text), sign, ...chainOf(at(parts, 2), text)]
  }
  if (tree.name !== 'Comparison' || at(parts, 1).name !== 'in') return [syntaxOf(tree, text)]
  const left = syntaxOf(at(parts, 0), text)
  if (at(parts, 2).name === '(') {
    const tests = partsOf(at(parts, 3)).map((part) => onlyTest(part, text))
    return [{ kind: 'in', left, tests, span: spanOf(tree) }]
  }
  const [test, rest] = testChain(at(partsOf(at(parts, 2)), 0), text)
  const until = test.kind === 'interval' ? test.high.span.until + 1 : rightOf(test).span.until
  return [{ kind: 'in', left, tests: [test], span: { from: tree.from, until } }, ...rest]
}

const rightOf = (test: Exclude<Test, { kind: 'interval' }>): Syntax =>
  test.kind === 'compare' ? test.right : test.value

/** The test at the head of what follows `in`, and the rest of the chain it had swallowed. */
const testChain = (tree: Tree, text: string): [Test, Chain] => {
  if (tree.name === 'Conjunction' || tree.name === 'Disjunction') {
    const parts = partsOf(tree)
    const [test, rest] = testChain(at(parts, 0), text)
    return [test, [...rest, tree.name === 'Conjunction' ? 'and' : 'or', ...chainOf(at(parts, 2), text)]]
  }
  const parts = partsOf(tree)
  if (tree.name === 'SimplePositiveUnaryTest') {
    if (at(parts, 0).name === 'Interval') return [interval(at(parts, 0), text), []]
    const [right, ...rest] = chainOf(at(parts, 1), text)
    return [{ kind: 'compare', sign: textOf(at(parts, 0), text), right: right as Syntax }, rest]
  }
  if (tree.name === 'Interval') return [interval(tree, text), []]
  const [value, ...rest] = chainOf(tree, text)
  return [{ kind: 'value', value: value as Syntax }, rest]
}

const onlyTest = (tree: Tree, text: string): Test => {
  const [test, rest] = testChain(at(partsOf(tree), 0), text)
  if (rest.length > 0) throw new Problem('syntax', spanOf(tree))
  return test
}

const interval = (tree: Tree, text: string): Test => {
  const parts = partsOf(tree)
  return {
    kind: 'interval',
    low: syntaxOf(at(parts, 1), text),
    high: syntaxOf(at(parts, 3), text),
    lowSign: textOf(at(parts, 0), text) === '[' ? '>=' : '>',
    highSign: textOf(at(parts, 4), text) === ']' ? '<=' : '<',
  }
}

const joined = (items: Chain, sign: 'and' | 'or', read: (part: Chain) => Syntax): Syntax => {
  const groups: Chain[] = [[]]
  for (const item of items) {
    if (item === sign) groups.push([])
    else groups.at(-1)?.push(item)
  }
  return groups.map(read).reduce((left, right) => ({
    kind: 'binary',
    sign,
    left,
    right,
    span: { from: left.span.from, until: right.span.until },
  }))
}

const inner =
  (index: number): Reader =>
  (tree, text) =>
    syntaxOf(at(partsOf(tree), index), text)

const readers: Readonly<Record<string, Reader>> = {
  NumericLiteral: number,
  StringLiteral: (tree, text) => ({ kind: 'literal', value: stringOf(tree, text), span: spanOf(tree) }),
  BooleanLiteral: (tree, text) => ({
    kind: 'literal',
    value: textOf(tree, text) === 'true',
    span: spanOf(tree),
  }),
  null: (tree) => ({ kind: 'literal', value: null, span: spanOf(tree) }),
  DateTimeLiteral: temporal,
  VariableName: (tree, text) => ({ kind: 'name', name: textOf(tree, text), span: spanOf(tree) }),
  PathExpression: (tree, text) => ({
    kind: 'path',
    of: syntaxOf(at(partsOf(tree), 0), text),
    name: textOf(at(partsOf(tree), 2), text),
    span: spanOf(tree),
  }),
  List: (tree, text) => ({
    kind: 'list',
    items: partsOf(tree)
      .filter(({ name }) => name !== '[' && name !== ']')
      .map((item) => syntaxOf(item, text)),
    span: spanOf(tree),
  }),
  ParenthesizedExpression: inner(1),
  ArithmeticExpression: binary,
  Conjunction: chain,
  Disjunction: chain,
  Comparison: comparison,
  IfExpression: (tree, text) => ({
    kind: 'if',
    parts: [1, 3, 5].map((index) => syntaxOf(at(partsOf(tree), index), text)),
    span: spanOf(tree),
  }),
  FunctionInvocation: call,
  FilterExpression: (tree, text) => ({
    kind: 'filter',
    of: syntaxOf(at(partsOf(tree), 0), text),
    condition: syntaxOf(at(partsOf(tree), 2), text),
    span: spanOf(tree),
  }),
  QuantifiedExpression: each,
  ForExpression: each,
}
