import type { Ast } from '../read/ast.ts'

const known = new WeakMap<Ast, boolean>()

/** The parts of an expression, in the order written. */
export const childrenOf = (ast: Ast): readonly Ast[] => {
  switch (ast.kind) {
    case 'literal':
    case 'name':
      return []
    case 'path':
    case 'negative':
    case 'test':
    case 'instance':
      return [ast.of]
    case 'list':
      return ast.items
    case 'context':
      return ast.entries.map(([, entry]) => entry)
    case 'range':
      return [ast.low, ast.high]
    case 'arithmetic':
    case 'compare':
    case 'logic':
      return [ast.left, ast.right]
    case 'between':
      return [ast.of, ast.low, ast.high]
    case 'in':
      return [ast.of, ...ast.tests]
    case 'if':
      return [ast.condition, ast.yes, ast.no]
    case 'for':
    case 'quantified':
      return [...ast.iterators.flatMap(({ from, to }) => (to ? [from, to] : [from])), ast.body]
    case 'filter':
      return [ast.of, ast.by]
    case 'call':
      return [ast.of, ...ast.args]
    case 'named-call':
      return [ast.of, ...ast.args.map(([, arg]) => arg)]
    case 'function':
      return [ast.body]
  }
}

/** Does the test name its input, `?`? */
export const asksInput = (ast: Ast): boolean => {
  const before = known.get(ast)
  if (before !== undefined) return before
  const asks = (ast.kind === 'name' && ast.name === '?') || childrenOf(ast).some(asksInput)
  known.set(ast, asks)
  return asks
}
