import type { Literal } from '../model/expression.ts'
import { isFeel } from '../run/text.ts'
import { loose } from './declared.ts'
import { termOf } from './feel.ts'
import { expressionIn, locating, placeAt, type SqlPlace } from './place.ts'
import { nullTerm, outside, type Term } from './term.ts'

/** A literal expression as SQL. */
export const literalTerm = (literal: Literal, place: SqlPlace): Term => {
  const here = placeAt(place, literal)
  const { text, language, importedFrom, typeRef } = literal
  return locating(here, text, () => {
    if (importedFrom !== undefined) return outside(`values of ${importedFrom}`)
    if (!isFeel(language)) return outside(`the language ${language}`)
    const term = text.trim() === '' ? nullTerm : termOf(expressionIn(text, here), here.sql)
    return loose(term, typeRef, here.env.types)
  })
}
