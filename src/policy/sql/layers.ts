import { assert } from '#base'
import type { FactNode, Node, OverNode } from '../language/ast.ts'
import type { Dialect, Pair, SqlContext } from '../language/operators/operator.ts'
import type { Value } from '../language/values.ts'
import { aggregateSql, type Emitter, emit, literalSql, quoted } from './emit.ts'

/** What the compiler needs to know of a pack. */
export interface SqlNames {
  readonly entity: string
  /** The entity of its members, when it has any. */
  readonly member?: string | undefined
  /** All missing names of the pack in the order of their bits. */
  readonly missingNames: readonly string[]
  missingNameOf(entity: string, fact: string): string
  parameterValue(name: string): Value
}

/** An expression and the columns that compute it, so that the layer above reads it by name. */
interface Named {
  readonly pair: Pair
  readonly columns: string
}

/** Computed once in a layer and read by name above it; the same expression is never computed twice. */
interface Shelf {
  put(prefix: string, pair: Pair): Pair
  columns(): string[]
}

const shelf = (alias: string): Shelf => {
  const entries = new Map<string, Named>()
  return {
    put: (prefix, { value, missing, absent }) => {
      const key = `${value}\n${missing}`
      const name = `${prefix}${entries.size}`
      const entry = entries.get(key) ?? {
        pair: {
          value: `${alias}."${name}_v"`,
          missing: missing && `${alias}."${name}_u"`,
          absent,
        },
        columns: missing ? `${value} AS "${name}_v", ${missing} AS "${name}_u"` : `${value} AS "${name}_v"`,
      }
      entries.set(key, entry)
      return entry.pair
    },
    columns: () => [...entries.values()].map(({ columns }) => columns),
  }
}

/** Facts with their known-flags folded into the pair every operator works on. */
interface FactShelf {
  read(node: FactNode): Pair
  columns(): string[]
}

const factShelf = (alias: string, { missingNameOf }: SqlNames, { bitOf }: SqlContext): FactShelf => {
  const columns = new Map<string, string>()
  return {
    read: ({ entity, name, type }) => {
      const column = quoted(name)
      if (!type.unknown) {
        columns.set(name, column)
        return { value: `${alias}.${column}`, absent: type.absent }
      }
      const [known, missing] = [quoted(`${name}__known`), quoted(`${name}__u`)]
      const bit = bitOf(missingNameOf(entity, name))
      columns.set(
        name,
        `CASE WHEN ${known} THEN ${column} END AS ${column}, CASE WHEN ${known} THEN 0 ELSE ${bit} END AS ${missing}`,
      )
      return { value: `${alias}.${column}`, missing: `${alias}.${missing}`, absent: type.absent }
    },
    columns: () => [...columns.values()],
  }
}

export interface Layers {
  /** Emits expressions over the subject, filing facts and aggregates in the layers below. */
  readonly subject: Emitter
  /** The common table expressions below the outcomes. */
  tables(): string[]
  /** From where the outcomes are read. */
  source(): string
}

/**
 * facts → terms (one row per member) → sums (one row per household) → outcomes. Every aggregate of all rules is filed here,
 * so that the members are passed over once.
 */
export const layersFor = (names: SqlNames, dialect: Dialect): Layers => {
  const context = contextOf(names, dialect)
  const subjectFacts = factShelf('"s"', names, context)
  const memberFacts = factShelf('"m"', names, context)
  const terms = shelf('"t"')
  const sums = shelf('"a"')
  let joinsSubject = false
  const inMember: Emitter = {
    ...context,
    fact: (node) => {
      if (node.depth > 0) return memberFacts.read(node)
      joinsSubject = true
      return subjectFacts.read(node)
    },
    aggregate: () => {
      assert(false, 'an aggregate inside an aggregate')
      return { value: 'NULL', absent: true }
    },
  }
  const term = (node: Node | undefined): Pair | undefined => node && terms.put('t', emit(node, inMember))
  const aggregate = (node: OverNode): Pair => {
    const { whenEmpty, ...sql } = aggregateSql(node, term(node.filter), term(node.body))
    const pair = sums.put('a', sql)
    return {
      value: `CASE WHEN "a"."present" THEN ${pair.value} ELSE ${whenEmpty} END`,
      missing: pair.missing && `COALESCE(${pair.missing}, 0)`,
      absent: sql.absent,
    }
  }
  const key = quoted(`${names.entity}_id`)
  const selected = (alias: string, columns: readonly string[]): string =>
    [`${alias}${key}`, ...columns].join(', ')
  return {
    subject: { ...context, fact: (node) => subjectFacts.read(node), aggregate },
    tables: () => {
      const subject = `"subject_facts" AS (SELECT ${selected('', subjectFacts.columns())} FROM ${quoted(names.entity)})`
      if (sums.columns().length === 0) return [subject]
      const join = joinsSubject ? ` JOIN "subject_facts" "s" ON "s".${key} = "m".${key}` : ''
      return [
        subject,
        `"member_facts" AS (SELECT ${selected('', memberFacts.columns())} FROM ${quoted(names.member ?? '')})`,
        `"member_terms" AS (SELECT ${selected('"m".', terms.columns())} FROM "member_facts" "m"${join})`,
        `"member_sums" AS (SELECT ${selected('"t".', ['TRUE AS "present"', ...sums.columns()])} FROM "member_terms" "t" GROUP BY "t".${key})`,
      ]
    },
    source: () => {
      const joined = sums.columns().length > 0
      return `"subject_facts" "s"${joined ? ` LEFT JOIN "member_sums" "a" ON "a".${key} = "s".${key}` : ''}`
    },
  }
}

const contextOf = (names: SqlNames, dialect: Dialect) => ({
  dialect,
  bitOf: (name: string): string => {
    const index = names.missingNames.indexOf(name)
    assert(index >= 0 && index < 63, `no bit for ${name}`)
    return `CAST(${2n ** BigInt(index)} AS BIGINT)`
  },
  literal: literalSql,
  parameterValue: names.parameterValue,
  parameterMissingName: (name: string) => `parameters.${name}`,
})
