import type { FeelValue } from '../../feel/index.ts'
import type { Aggregation, DecisionTable } from '../model/expression.ts'
import { allowedText, isDash, outputRefOf, rankOf } from '../run/table.ts'
import { valuesOf } from '../run/text.ts'
import { passing, scalarsHeld } from './feel.ts'
import { literalTerm } from './literal.ts'
import { chosen, isSame } from './operate.ts'
import { locating, placeAt, type SqlPlace, testsIn } from './place.ts'
import { shelved } from './shelf.ts'
import {
  aligned,
  isScalar,
  joinedKind,
  nullTerm,
  numberTerm,
  outside,
  type ScalarTerm,
  scalar,
  type Term,
  wideSql,
} from './term.ts'

/** A rule: the column that says whether it matches, and its outputs. */
type Hit = { readonly taken: string; readonly outputs: readonly ScalarTerm[] }

type Output = {
  readonly name: string
  readonly otherwise: ScalarTerm | undefined
  readonly priorities: readonly FeelValue[]
}

const cellOf = (text: string, value: ScalarTerm, place: SqlPlace): string =>
  locating(place, text, () => {
    const tests = testsIn(text, place)
    if (!tests) return 'TRUE'
    const { sql } = passing(value, tests.tests, place.sql)
    return `COALESCE(${tests.negated ? `NOT ${sql}` : sql}, FALSE)`
  })

const hitsOf = (table: DecisionTable, place: SqlPlace): readonly Hit[] => {
  const { env, sql } = place
  const inputs = scalarsHeld(
    table.inputs.map(({ expression }) => literalTerm(expression, place)),
    sql,
  )
  const allowed = table.inputs.map(({ values, expression }) => allowedText(values, expression.typeRef, env))
  const rules = table.rules.map((rule) => {
    const here = placeAt(place, rule)
    const cells = inputs.map((input, at) => {
      const text = rule.tests[at]?.trim() ?? '-'
      const asked = isDash(text) ? allowed[at] : text
      return asked === undefined ? 'TRUE' : cellOf(asked, input, here)
    })
    const outputs = table.outputs.map((_, at): ScalarTerm => {
      const entry = rule.outputs[at]
      return !entry || isDash(entry.text.trim()) ? nullTerm : scalar(literalTerm(entry, here), 'an output')
    })
    return { taken: cells.filter((cell) => cell !== 'TRUE').join(' AND ') || 'TRUE', outputs }
  })
  const names = sql.shelf.put(rules.map(({ taken }) => taken))
  return rules.map(({ outputs }, at) => ({ taken: names[at] ?? 'FALSE', outputs }))
}

const outputsOf = (table: DecisionTable, typeRef: string | undefined, place: SqlPlace): readonly Output[] =>
  table.outputs.map((output) => {
    const { otherwise } = output
    const type = outputRefOf(output, table.outputs.length, typeRef, place.env)
    const text = allowedText(output.values, type, place.env)
    const isGiven = otherwise && !isDash(otherwise.text.trim())
    return {
      name: output.name ?? output.label ?? table.outputLabel ?? '',
      otherwise: isGiven ? scalar(literalTerm(otherwise, place), 'an output') : undefined,
      priorities: text === undefined ? [] : valuesOf(text, place.env),
    }
  })

const anyOf = (hits: readonly Hit[]): string => `(${hits.map(({ taken }) => taken).join(' OR ') || 'FALSE'})`

const countOf = (hits: readonly Hit[]): string =>
  `(${hits.map(({ taken }) => `CASE WHEN ${taken} THEN 1 ELSE 0 END`).join(' + ') || '0'})`

/** The outputs of one hit, or of none: a value, or a context of several. */
const resultOf = (terms: readonly ScalarTerm[], outputs: readonly Output[], present: string): Term => {
  const [only = nullTerm] = terms
  if (outputs.length === 1) return only
  return {
    kind: 'context',
    present,
    members: new Map(outputs.map(({ name }, at) => [name, terms[at] ?? nullTerm])),
  }
}

/** The first of the hits that is taken, where `isClear`; the default outputs where there is none. */
const firstOf = (hits: readonly Hit[], outputs: readonly Output[], isClear: string): readonly ScalarTerm[] =>
  outputs.map(({ otherwise = nullTerm }, at) => {
    const branches = hits.map(({ taken, outputs: given }) => ({
      when: isClear === 'TRUE' ? taken : `${taken} AND ${isClear}`,
      value: given[at] ?? nullTerm,
    }))
    // Something matches, but nothing is chosen: null, not what stands for no match.
    const unclear = isClear === 'TRUE' ? [] : [{ when: anyOf(hits), value: nullTerm }]
    return chosen([...branches, ...unclear], otherwise)
  })

const singleOf = (hits: readonly Hit[], outputs: readonly Output[], isClear: string): Term => {
  const isGiven = outputs.some(({ otherwise }) => otherwise)
  const found = isClear === 'TRUE' ? anyOf(hits) : `(${anyOf(hits)} AND ${isClear})`
  const present = isGiven ? `(${found} OR NOT ${anyOf(hits)})` : found
  return resultOf(firstOf(hits, outputs, isClear), outputs, present)
}

const rankable = (value: ScalarTerm): FeelValue =>
  value.constant === undefined ? outside('an output that is ranked is not a constant') : value.constant

const byPriority = (hits: readonly Hit[], outputs: readonly Output[]): readonly Hit[] =>
  hits.toSorted((left, right) => {
    for (const [at, { priorities }] of outputs.entries()) {
      const rank = (hit: Hit): number => rankOf(rankable(hit.outputs[at] ?? nullTerm), priorities)
      const difference = rank(left) - rank(right)
      if (difference !== 0) return difference
    }
    return 0
  })

const listOf = (hits: readonly Hit[], outputs: readonly Output[]): Term => {
  if (outputs.some(({ otherwise }) => otherwise)) return outside('a list of hits with default outputs')
  return {
    kind: 'list',
    present: anyOf(hits),
    items: hits.map(({ taken, outputs: given }) => ({ taken, value: resultOf(given, outputs, 'TRUE') })),
  }
}

const agreeing = (hits: readonly Hit[], outputs: readonly Output[], place: SqlPlace): Term => {
  const firsts = shelved(place.sql.shelf, firstOf(hits, outputs, 'TRUE'))
  const same = hits.map(({ taken, outputs: given }) => {
    const equal = firsts.map((first, at) => isSame(given[at] ?? nullTerm, first)).join(' AND ')
    return `(NOT ${taken} OR (${equal}))`
  })
  const [isClear = 'TRUE'] = place.sql.shelf.put([same.join(' AND ') || 'TRUE'])
  return singleOf(hits, outputs, isClear)
}

const aggregated = (aggregation: Aggregation, hits: readonly Hit[], at: number): ScalarTerm => {
  if (aggregation === 'COUNT') return numberTerm(countOf(hits), String(hits.length).length, 0)
  const terms = aligned(hits.map(({ outputs }) => outputs[at] ?? nullTerm))
  const [first] = terms
  if (!first) return outside('a table without rules')
  const kind = hits.reduce(
    (all, { outputs }) => ({ ...nullTerm, kind: joinedKind(all, outputs[at] ?? nullTerm) }),
    nullTerm,
  ).kind
  if (kind !== 'number') return outside(`${aggregation} of what are no numbers`)
  const missing = hits.map(({ taken }, index) => `(${taken} AND ${terms[index]?.sql} IS NULL)`).join(' OR ')
  const parts = terms.map(({ sql }, index) => ({ taken: hits[index]?.taken ?? 'FALSE', sql }))
  const { digits = 0, scale = 0 } = first
  if (aggregation === 'SUM') {
    const whole = numberTerm('0', digits + String(hits.length).length, scale)
    const { digits: most = 0 } = whole
    const added = terms.map((term, index) => {
      const wide = wideSql(term, most + scale)
      return `CASE WHEN ${hits[index]?.taken} THEN ${wide} ELSE ${wideSql(whole, most + scale)} END`
    })
    const sum = numberTerm(`(${added.join(' + ')})`, most, scale)
    return { ...sum, sql: `(CASE WHEN ${missing} THEN NULL ELSE ${sum.sql} END)` }
  }
  const extreme = parts.map(({ taken, sql }) => `CASE WHEN ${taken} THEN ${sql} END`).join(', ')
  const name = aggregation === 'MIN' ? 'LEAST' : 'GREATEST'
  return numberTerm(`(CASE WHEN ${missing} THEN NULL ELSE ${name}(${extreme}) END)`, digits, scale)
}

const collected = (
  aggregation: Aggregation | undefined,
  hits: readonly Hit[],
  outputs: readonly Output[],
): Term => {
  if (aggregation === undefined) return listOf(hits, outputs)
  const terms = outputs.map(({ otherwise = nullTerm }, at) =>
    chosen([{ when: anyOf(hits), value: aggregated(aggregation, hits, at) }], otherwise),
  )
  const isGiven = outputs.some(({ otherwise }) => otherwise)
  return resultOf(terms, outputs, isGiven ? 'TRUE' : anyOf(hits))
}

const resultBy = (
  { hitPolicy, aggregation }: DecisionTable,
  hits: readonly Hit[],
  outputs: readonly Output[],
  place: SqlPlace,
): Term => {
  switch (hitPolicy) {
    case 'UNIQUE': {
      const [isOne = 'TRUE'] = place.sql.shelf.put([`(${countOf(hits)} = 1)`])
      return singleOf(hits, outputs, isOne)
    }
    case 'ANY':
      return agreeing(hits, outputs, place)
    case 'FIRST':
      return singleOf(hits, outputs, 'TRUE')
    case 'PRIORITY':
      return singleOf(byPriority(hits, outputs), outputs, 'TRUE')
    case 'OUTPUT ORDER':
      return listOf(byPriority(hits, outputs), outputs)
    case 'RULE ORDER':
      return listOf(hits, outputs)
    case 'COLLECT':
      return collected(aggregation, hits, outputs)
  }
}

/** A decision table as SQL: a column for each rule that says whether it matches, then the outputs by the hit policy. */
export const tableTerm = (
  table: DecisionTable,
  place: SqlPlace,
  typeRef: string | undefined = table.typeRef,
): Term => {
  const here = placeAt(place, table)
  return locating(here, `${table.hitPolicy} table`, () => {
    const outputs = outputsOf(table, typeRef, here)
    const term = resultBy(table, hitsOf(table, here), outputs, here)
    return isScalar(term) ? (shelved(here.sql.shelf, [term])[0] ?? term) : term
  })
}
