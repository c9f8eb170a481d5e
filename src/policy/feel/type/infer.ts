import type { Ast, Parameter } from '../read/ast.ts'
import { feelTypeOf, joined, typeConforms } from './conform.ts'
import type { FeelType } from './type.ts'

const simple = (kind: 'number' | 'string' | 'boolean'): FeelType => ({ kind })

const all = (types: readonly (FeelType | undefined)[]): readonly FeelType[] | undefined =>
  types.every((type) => type !== undefined) ? (types as readonly FeelType[]) : undefined

const arithmetic = (
  left: FeelType | undefined,
  right: FeelType | undefined,
  sign: string,
): FeelType | undefined => {
  const both = (kind: FeelType['kind']): boolean => left?.kind === kind && right?.kind === kind
  if (both('number')) return simple('number')
  return sign === '+' && both('string') ? simple('string') : undefined
}

/**
 * The type that a function's body shows without being run, by the types of its parameters; undefined where it shows none. A function
 * that is written out says so what it gives, as `instance of function<…> -> …` asks (DMN 1.5, 10.3.2.9).
 */
export const shownType = (ast: Ast, parameters: readonly Parameter[]): FeelType | undefined => {
  const of = (one: Ast): FeelType | undefined => shownType(one, parameters)
  switch (ast.kind) {
    case 'literal':
      return ast.value === null ? undefined : feelTypeOf(ast.value)
    case 'name':
      return parameters.find(({ name }) => name === ast.name)?.type
    case 'list': {
      const items = all(ast.items.map(of))
      return items && { kind: 'list', of: joined(items) }
    }
    case 'context': {
      const members = all(ast.entries.map(([, entry]) => of(entry)))
      return (
        members && {
          kind: 'context',
          members: new Map(ast.entries.map(([key], at) => [key, members[at] as FeelType])),
        }
      )
    }
    case 'compare':
    case 'logic':
    case 'between':
    case 'in':
    case 'quantified':
    case 'instance':
      return simple('boolean')
    case 'negative':
      return of(ast.of)
    case 'arithmetic':
      return arithmetic(of(ast.left), of(ast.right), ast.sign)
    case 'if': {
      const [yes, no] = [of(ast.yes), of(ast.no)]
      return yes && no && typeConforms(no, yes) ? yes : undefined
    }
    default:
      return undefined
  }
}
