import { assert } from '#base'
import type { FeelProblem, FeelValue } from './index.ts'
import { evaluateFeel, fromJson, matchesTests, parseFeel, scopeOf, toIso } from './index.ts'
import type { Json } from './value/json.ts'

type Facts = Readonly<Record<string, Json>>

// Names of members count as known too, as they would from the types of a model.
const namesIn = (json: Json): string[] => {
  if (json === null || typeof json !== 'object') return []
  if (Array.isArray(json)) return json.flatMap(namesIn)
  return Object.entries(json).flatMap(([key, value]) => [key, ...namesIn(value)])
}

const scopeFrom = (facts: Facts) =>
  scopeOf(new Map(Object.entries(facts).map(([name, value]) => [name, fromJson(value)])))

/** For tests: the value of an expression over facts given as JSON. */
export const evaluated = (text: string, facts: Facts = {}, problems: FeelProblem[] = []): FeelValue => {
  const parsed = parseFeel(text, { names: namesIn(facts) })
  assert(parsed.kind === 'parsed', `${text}: ${parsed.text}`)
  return evaluateFeel(parsed, scopeFrom(facts), problems)
}

/** For tests: as `evaluated`, as FEEL's `string()` writes it. */
export const textOfValue = (text: string, facts: Facts = {}): string | null => toIso(evaluated(text, facts))

/** For tests: does the input pass the unary tests? */
export const passes = (tests: string, input: Json, facts: Facts = {}): boolean | null => {
  const parsed = parseFeel(tests, { names: namesIn({ ...facts, input }), dialect: 'unaryTests' })
  assert(parsed.kind === 'parsed', `${tests}: ${parsed.text}`)
  return matchesTests(parsed, fromJson(input), scopeFrom(facts))
}

/** For tests: the rows of a table written `expression => text`, each with the heading (`# …`) it stands under. */
export const rowsOf = (table: string): (readonly [heading: string, text: string, value: string])[] => {
  let heading = ''
  return table.split('\n').flatMap((line) => {
    if (line.startsWith('# ')) heading = line.slice(2)
    const at = line.lastIndexOf(' =>')
    return at < 0 ? [] : [[heading, line.slice(0, at), line.slice(at + 3).trim()] as const]
  })
}
