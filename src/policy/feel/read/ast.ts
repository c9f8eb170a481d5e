import type { FeelType } from '../type/type.ts'
import type { FeelSpan, FeelValue } from '../value/value.ts'

export type Sign = '=' | '!=' | '<' | '<=' | '>' | '>='

export type Iterator = {
  readonly name: string
  readonly from: Ast
  /** The other end where the loop runs over numbers: `1..10`. */
  readonly to?: Ast
}

export type Parameter = { readonly name: string; readonly type?: FeelType }

/** FEEL as the standard's grammar has it, with precedence settled and names found. */
export type Ast = { readonly span: FeelSpan } & (
  | { readonly kind: 'literal'; readonly value: FeelValue }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'path'; readonly of: Ast; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Ast[] }
  | { readonly kind: 'context'; readonly entries: readonly (readonly [string, Ast])[] }
  | {
      readonly kind: 'range'
      readonly low: Ast
      readonly high: Ast
      readonly lowIncluded: boolean
      readonly highIncluded: boolean
    }
  /** `< 5`: a test where one is asked for, a range with one end as a value. */
  | { readonly kind: 'test'; readonly sign: Sign; readonly of: Ast }
  | { readonly kind: 'arithmetic'; readonly sign: string; readonly left: Ast; readonly right: Ast }
  | { readonly kind: 'negative'; readonly of: Ast }
  | { readonly kind: 'compare'; readonly sign: Sign; readonly left: Ast; readonly right: Ast }
  | { readonly kind: 'logic'; readonly sign: 'and' | 'or'; readonly left: Ast; readonly right: Ast }
  | { readonly kind: 'between'; readonly of: Ast; readonly low: Ast; readonly high: Ast }
  /** `several`: the tests stood in brackets, so that a list among them may also be the value itself. */
  | { readonly kind: 'in'; readonly of: Ast; readonly tests: readonly Ast[]; readonly several: boolean }
  | { readonly kind: 'if'; readonly condition: Ast; readonly yes: Ast; readonly no: Ast }
  | { readonly kind: 'for'; readonly iterators: readonly Iterator[]; readonly body: Ast }
  | {
      readonly kind: 'quantified'
      readonly word: 'some' | 'every'
      readonly iterators: readonly Iterator[]
      readonly body: Ast
    }
  | { readonly kind: 'filter'; readonly of: Ast; readonly by: Ast }
  | { readonly kind: 'call'; readonly of: Ast; readonly args: readonly Ast[] }
  | { readonly kind: 'named-call'; readonly of: Ast; readonly args: readonly (readonly [string, Ast])[] }
  | {
      readonly kind: 'function'
      readonly parameters: readonly Parameter[]
      readonly body: Ast
      readonly external: boolean
    }
  | { readonly kind: 'instance'; readonly of: Ast; readonly type: FeelType | undefined }
)

/** Unary tests: any input (`-`), or tests of which one must hold, or with `negated` none. */
export type Tests = { readonly any: boolean; readonly negated: boolean; readonly tests: readonly Ast[] }
