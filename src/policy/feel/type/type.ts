import type { FeelValue } from '../value/value.ts'

type SimpleKind =
  | 'any'
  | 'null'
  | 'number'
  | 'string'
  | 'boolean'
  | 'date'
  | 'time'
  | 'date and time'
  | 'days and time duration'
  | 'years and months duration'

/**
 * A type of FEEL (DMN 1.5, 10.3.2.9). `members` is undefined for `context` without entries; `named` is an item definition: its
 * base type with the values it allows.
 */
export type FeelType =
  | { readonly kind: SimpleKind }
  | { readonly kind: 'list'; readonly of: FeelType }
  | { readonly kind: 'range'; readonly of: FeelType }
  | { readonly kind: 'context'; readonly members?: ReadonlyMap<string, FeelType> }
  | {
      readonly kind: 'function'
      readonly parameters?: readonly FeelType[]
      readonly result?: FeelType
    }
  | {
      readonly kind: 'named'
      readonly name: string
      readonly base: FeelType
      readonly allows?: (value: FeelValue) => boolean
    }

/** Finds the item definition a model calls so; `undefined` where it has none. */
export type FindType = (name: string) => FeelType | undefined

export const anyType: FeelType = { kind: 'any' }
