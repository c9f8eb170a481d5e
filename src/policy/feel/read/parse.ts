import { parser } from '@bpmn-io/lezer-feel'
import { builtins } from '../builtins/table.ts'
import type { FindType } from '../type/type.ts'
import type { FeelProblem, FeelSpan } from '../value/value.ts'
import type { Ast, Tests } from './ast.ts'
import { Unreadable } from './chain.ts'
import { nameTable } from './names.ts'
import { scan } from './scan.ts'
import { astOf, type Tree, unaryTestsOf } from './tree.ts'

/**
 * What a text is read with: the names of variables in scope and of members of their values (all in one set, since which words are one
 * name depends on it), whether it is an expression or the tests of a decision table's cell, and where types named in it are found.
 */
export type FeelNames = {
  readonly names: Iterable<string>
  readonly dialect?: 'expression' | 'unaryTests'
  readonly types?: FindType
}

/** A text that could be read. An expression has `ast`, unary tests have `tests`. */
export type ParsedFeel = {
  readonly kind: 'parsed'
  readonly text: string
  readonly ast?: Ast
  readonly tests?: Tests
}

const functions = nameTable(builtins.keys())
const testsParser = parser.configure({ top: 'UnaryTests' })

/** Reads FEEL, or says what stands in the way and where. Never throws. */
export const parseFeel = (text: string, options: FeelNames): ParsedFeel | FeelProblem => {
  const unary = options.dialect === 'unaryTests'
  const scanned = scan(text, {
    names: options.names,
    functions,
    find: options.types ?? (() => undefined),
    unary,
  })
  if ('kind' in scanned) return scanned
  const top = (unary ? testsParser : parser).parse(scanned.text).topNode
  try {
    const broken = firstError(top)
    if (broken) throw new Unreadable({ from: broken.from, until: Math.max(broken.to, broken.from) })
    if (unary) return { kind: 'parsed', text, tests: unaryTestsOf(top, scanned) }
    return { kind: 'parsed', text, ast: astOf(only(top), scanned) }
  } catch (error) {
    if (error instanceof Unreadable) return problem(text, error.span)
    if (error instanceof RangeError)
      return { kind: 'problem', code: 'feel.too-deep', text: 'nested too deep' }
    throw error
  }
}

const only = (top: Tree): Tree => {
  const first = top.firstChild
  if (!first || first.nextSibling)
    throw new Unreadable({ from: first?.nextSibling?.from ?? top.from, until: top.to })
  return first
}

const firstError = (tree: Tree): Tree | undefined => {
  if (tree.type.isError) return tree
  for (let child = tree.firstChild; child; child = child.nextSibling) {
    const found = firstError(child)
    if (found) return found
  }
  return undefined
}

const problem = (text: string, span: FeelSpan): FeelProblem => {
  const near = text.slice(span.from, Math.max(span.until, span.from + 1)).trim()
  return {
    kind: 'problem',
    code: 'feel.syntax',
    text: near === '' ? 'unexpected end' : `unexpected: ${near}`,
    span,
  }
}
