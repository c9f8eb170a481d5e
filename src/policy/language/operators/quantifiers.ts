import { plain, typeText } from '../types.ts'
import { isUnknownValue, mergeUnknown, type Value } from '../values.ts'
import { clash, type OverOperator, type OverSql, type OverTerms } from './operator.ts'
import { mayPass, missingOfAll } from './sql-parts.ts'

interface Rule {
  readonly name: 'some' | 'every'
  /** The member's answer that settles the whole. */
  readonly settles: boolean
  readonly swap: 'some' | 'every'
}

/**
 * `some` is a long `or`, `every` a long `and`, of the members that pass the filter. A member that may or may not pass
 * counts only as far as its own answer could settle the whole.
 */
const quantifier = ({ name, settles, swap }: Rule): OverOperator => ({
  name,
  typeOf: (filter, body) => {
    if (body?.kind !== 'boolean')
      return clash('type-clash', { sign: name, left: 'boolean', right: body ? typeText(body) : 'nothing' })
    return plain('boolean', {
      absent: body.absent,
      unknown: body.unknown || Boolean(filter?.unknown),
    })
  },
  interpret: (filters, bodies) => {
    let open: Value = !settles
    for (const [index, body] of bodies.entries()) {
      const filter = filters[index] ?? null
      if (filter === false || filter === null || body === !settles) continue
      if (filter === true && body === settles) return settles
      if (isUnknownValue(filter)) open = mergeUnknown(open, filter)
      if (isUnknownValue(body)) open = mergeUnknown(open, body)
      else if (body === null && open === !settles) open = null
    }
    return open
  },
  settledBy: settles,
  sql: (terms) => quantifierSql(terms, settles),
  swaps: [swap],
})

const quantifierSql = ({ filter, body }: OverTerms, settles: boolean): OverSql => {
  const [yes, no] = settles ? ['TRUE', 'FALSE'] : ['FALSE', 'TRUE']
  const value = body?.value ?? 'NULL'
  const settled = `bool_or(${filter ? `${filter.value} AND ` : ''}${value} IS ${yes})`
  // Nobody having settled it, a member leaves it open that may pass the filter and whose own answer is not the harmless one.
  const open = `${mayPass(filter)}${value} IS DISTINCT FROM ${no}`
  const missing = missingOfAll([filter, body].filter((term) => term !== undefined))
  // Without a filter, who misses something has no answer and leaves it open anyway.
  const bits = missing && `bit_or(${filter ? `CASE WHEN ${open} THEN ${missing} ELSE 0 END` : missing})`
  const mayBeOpen = missing !== undefined || body?.absent
  return {
    value: `CASE WHEN ${settled} THEN ${yes}${mayBeOpen ? ` WHEN bool_or(${open}) THEN NULL` : ''} ELSE ${no} END`,
    missing: bits && `CASE WHEN ${settled} THEN 0 ELSE ${bits} END`,
    absent: Boolean(body?.absent),
    whenEmpty: no,
  }
}

export const some = quantifier({ name: 'some', settles: true, swap: 'every' })
export const every = quantifier({ name: 'every', settles: false, swap: 'some' })
