import type { FeelType } from '../../feel/index.ts'
import type { Types } from '../run/types.ts'
import { passing } from './feel.ts'
import { chosen } from './operate.ts'
import { locating, type SqlPlace, testsIn } from './place.ts'
import { shelved } from './shelf.ts'
import { isScalar, nullTerm, outside, type ScalarKind, type ScalarTerm, type Term } from './term.ts'

const baseOf = (type: FeelType): FeelType => (type.kind === 'named' ? baseOf(type.base) : type)

const kinds: Readonly<Partial<Record<FeelType['kind'], ScalarKind>>> = {
  number: 'number',
  string: 'string',
  boolean: 'boolean',
  date: 'date',
  'days and time duration': 'days',
  'years and months duration': 'months',
}

/** The kind of a scalar of this type; undefined for what SQL has no column for. */
export const scalarKindOf = (type: FeelType): ScalarKind | undefined => kinds[baseOf(type).kind]

const restricts = (type: FeelType): boolean =>
  type.kind === 'named' && (type.allows !== undefined || restricts(type.base))

// Whether values of the term are of the type as they are, whatever they are.
const isOf = (term: Term, type: FeelType): boolean => {
  const base = baseOf(type)
  if (base.kind === 'any') return true
  if (restricts(type)) return false
  if (isScalar(term)) return term.kind === 'null' || kinds[base.kind] === term.kind
  if (term.kind === 'list')
    return base.kind === 'list' && term.items.every(({ value }) => isOf(value, base.of))
  if (base.kind !== 'context') return false
  return [...(base.members ?? [])].every(([name, wanted]) => {
    const member = term.members.get(name)
    return member !== undefined && isOf(member, wanted)
  })
}

/** What a box declares of its value only says more about it: outside where it would turn it into something else. */
export const loose = (term: Term, typeRef: string | undefined, types: Types): Term => {
  if (typeRef === undefined) return term
  const type = types.of(typeRef)
  if (type.kind === 'any' || isOf(term, type)) return term
  // A value that its type does not allow stays as it is here.
  const isKind = isScalar(term) && (term.kind === 'null' || scalarKindOf(type) === term.kind)
  return isKind ? term : outside(`a ${term.kind} where ${typeRef} is declared`)
}

/** The tests a value of this type has to pass, the innermost first. */
const testsOfType = (typeRef: string, types: Types): readonly string[] => {
  const [texts, seen]: [string[], Set<string>] = [[], new Set()]
  for (let name: string | undefined = typeRef; name !== undefined && !seen.has(name); ) {
    seen.add(name)
    const definition = types.definition(name)
    if (!definition) break
    if (definition.isCollection) return outside(`${typeRef} is a collection`)
    for (const text of [definition.allowedValues, definition.typeConstraint])
      if (text !== undefined && text.trim() !== '') texts.push(text)
    name = definition.typeRef
  }
  return texts
}

/** A value that passes the tests, else null. */
const allowed = (term: ScalarTerm, texts: readonly string[], place: SqlPlace): ScalarTerm => {
  const bare: SqlPlace = { env: place.env, sql: { ...place.sql, find: () => undefined } }
  const conditions = texts.flatMap((text) =>
    locating(place, text, () => {
      const tests = testsIn(text, bare)
      if (!tests) return []
      const { sql } = passing(term, tests.tests, bare.sql)
      return [tests.negated ? `(NOT ${sql})` : sql]
    }),
  )
  return conditions.length === 0 ? term : chosen([{ when: conditions.join(' AND '), value: term }], nullTerm)
}

/** What a variable declares is binding: a value its type does not allow is null. */
export const declaredTerm = (term: Term, typeRef: string | undefined, place: SqlPlace): Term => {
  if (typeRef === undefined) return term
  const { types } = place.env
  const type = types.of(typeRef)
  if (isOf(term, type)) return term
  if (!isScalar(term) || scalarKindOf(type) !== term.kind)
    return outside(`a ${term.kind} where ${typeRef} is declared`)
  const [held = term] = shelved(place.sql.shelf, [term])
  return allowed(held, testsOfType(typeRef, types), place)
}
