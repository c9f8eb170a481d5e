import type { FeelSpan } from '../value/value.ts'
import type { Ast, Sign } from './ast.ts'

/**
 * Comparisons, `and` and `or` in the order they are written. The library's grammar lets what follows `in` or a test like `< 5`
 * swallow the rest of the expression, so these are laid out flat and put together again by the standard's precedence.
 */
export type Item =
  | { readonly kind: 'operand'; readonly ast: Ast }
  | { readonly kind: 'sign'; readonly sign: Sign }
  | { readonly kind: 'logic'; readonly sign: 'and' | 'or' }
  | { readonly kind: 'in' }
  | { readonly kind: 'in-several'; readonly tests: readonly Ast[]; readonly until: number }
  | { readonly kind: 'between'; readonly low: Ast }

type Cursor = { readonly items: readonly Item[]; at: number }

/** Thrown for what cannot be put together; the parser turns it into a problem. */
export class Unreadable extends Error {
  readonly span: FeelSpan
  constructor(span: FeelSpan) {
    super('unreadable')
    this.span = span
  }
}

const around = (left: Ast, right: Ast): FeelSpan => ({ from: left.span.from, until: right.span.until })

/** The tree of a flat chain. */
export const joinChain = (items: readonly Item[], span: FeelSpan): Ast => {
  const cursor: Cursor = { items, at: 0 }
  const ast = logic(cursor, 'or', span)
  if (cursor.at < items.length) throw new Unreadable(span)
  return ast
}

const logic = (cursor: Cursor, sign: 'and' | 'or', span: FeelSpan): Ast => {
  const inner = (): Ast => (sign === 'or' ? logic(cursor, 'and', span) : comparison(cursor, span))
  let left = inner()
  while (true) {
    const item = cursor.items[cursor.at]
    if (item?.kind !== 'logic' || item.sign !== sign) return left
    cursor.at += 1
    const right = inner()
    left = { kind: 'logic', sign, left, right, span: around(left, right) }
  }
}

const comparison = (cursor: Cursor, span: FeelSpan): Ast => {
  let left = operand(cursor, span)
  while (true) {
    const item = cursor.items[cursor.at]
    if (!item || item.kind === 'operand' || item.kind === 'logic') return left
    cursor.at += 1
    left = compared(cursor, left, item, span)
  }
}

const compared = (cursor: Cursor, left: Ast, item: Item, span: FeelSpan): Ast => {
  switch (item.kind) {
    case 'sign': {
      const right = operand(cursor, span)
      return { kind: 'compare', sign: item.sign, left, right, span: around(left, right) }
    }
    case 'between': {
      const high = operand(cursor, span)
      return { kind: 'between', of: left, low: item.low, high, span: around(left, high) }
    }
    case 'in': {
      const test = operand(cursor, span)
      return { kind: 'in', of: left, tests: [test], several: false, span: around(left, test) }
    }
    case 'in-several': {
      const until = { from: left.span.from, until: item.until }
      return { kind: 'in', of: left, tests: item.tests, several: true, span: until }
    }
    default:
      throw new Unreadable(span)
  }
}

const operand = (cursor: Cursor, span: FeelSpan): Ast => {
  const item = cursor.items[cursor.at]
  if (!item) throw new Unreadable(span)
  cursor.at += 1
  if (item.kind === 'operand') return item.ast
  if (item.kind !== 'sign') throw new Unreadable(span)
  const of = operand(cursor, span)
  return { kind: 'test', sign: item.sign, of, span: of.span }
}
