import { anyType, type FeelType, type FeelValue, parseType } from '../../feel/index.ts'
import type { Variable } from '../model/expression.ts'
import type { DmnImport, ItemDefinition } from '../model/model.ts'

/** The types one model knows: its own, those of its imports, and FEEL's. */
export type Types = {
  /** The type a name stands for; `undefined` where nobody defines it. */
  readonly find: (name: string) => FeelType | undefined
  /** The type of a variable; any where none is declared or the name is unknown. */
  readonly of: (typeRef: string | undefined) => FeelType
  /** The definition behind a name of this model or an import. */
  readonly definition: (name: string) => ItemDefinition | undefined
}

type Sources = {
  readonly definitions: readonly ItemDefinition[]
  readonly imports: readonly DmnImport[]
  readonly importedTypes: (from: DmnImport) => Types | undefined
  /** Unary tests as a question to a value. */
  readonly tests: (text: string, definition: ItemDefinition) => (value: FeelValue) => boolean
}

/** The model's item definitions as types of FEEL, each made when it is first asked for. */
export const typesOf = ({ definitions, imports, importedTypes, tests }: Sources): Types => {
  const own = new Map(definitions.map((definition) => [definition.name, definition]))
  const made = new Map<string, FeelType>()
  const imported = <T>(name: string, ask: (types: Types, rest: string) => T | undefined): T | undefined => {
    for (const from of imports) {
      const prefix = from.name === '' ? '' : `${from.name}.`
      const types = name.startsWith(prefix) ? importedTypes(from) : undefined
      const found = types && ask(types, name.slice(prefix.length))
      if (found !== undefined) return found
    }
    return undefined
  }
  const find = (name: string): FeelType | undefined => {
    const known = made.get(name)
    if (known) return known
    const definition = own.get(name)
    if (!definition) return imported(name, (types, rest) => types.find(rest))
    const type = typeOf(definition, definition.name)
    made.set(name, type)
    return type
  }
  const of = (typeRef: string | undefined): FeelType => {
    if (typeRef === undefined) return anyType
    return find(typeRef) ?? parseType(typeRef, find) ?? anyType
  }
  const baseOf = (definition: ItemDefinition): FeelType => {
    const { components, functionItem, typeRef } = definition
    if (functionItem) return functionType(functionItem, of)
    if (components.length > 0)
      return { kind: 'context', members: new Map(components.map((one) => [one.name, typeOf(one, one.name)])) }
    return isAliasOfItself(definition, own) ? anyType : of(typeRef)
  }
  const typeOf = (definition: ItemDefinition, name: string): FeelType => {
    const { allowedValues, typeConstraint, isCollection } = definition
    const ask = (text: string) => tests(text, definition)
    const item = restricted(name, () => baseOf(definition), allowedValues, ask)
    const whole = (): FeelType => (isCollection ? { kind: 'list', of: item } : item)
    return restricted(name, whole, typeConstraint, ask)
  }
  const definition = (name: string): ItemDefinition | undefined =>
    own.get(name) ?? imported(name, (types, rest) => types.definition(rest))
  return { find, of, definition }
}

// A definition that is only another name, of another name, of itself.
const isAliasOfItself = (start: ItemDefinition, own: ReadonlyMap<string, ItemDefinition>): boolean => {
  const seen = new Set<ItemDefinition>()
  let one: ItemDefinition | undefined = start
  while (one && !one.isCollection && one.components.length === 0 && !seen.has(one)) {
    seen.add(one)
    one = own.get(one.typeRef ?? '')
  }
  return one !== undefined && seen.has(one)
}

const functionType = (
  { parameters, result }: { readonly parameters: readonly Variable[]; readonly result?: string },
  of: Types['of'],
): FeelType => ({
  kind: 'function',
  parameters: parameters.map(({ typeRef }) => of(typeRef)),
  result: of(result),
})

// The base is looked up when it is asked for: a definition may contain itself.
const restricted = (
  name: string,
  base: () => FeelType,
  text: string | undefined,
  tests: (text: string) => (value: FeelValue) => boolean,
): FeelType => {
  let made: FeelType | undefined
  let test: ((value: FeelValue) => boolean) | undefined
  const isBare = text === undefined || text.trim() === ''
  const allows = (value: FeelValue): boolean => {
    test ??= tests(text ?? '')
    return test(value)
  }
  return {
    kind: 'named',
    name,
    get base() {
      made ??= base()
      return made
    },
    ...(isBare ? {} : { allows }),
  }
}
