import { assert, type WorkCalendar } from '#base'
import type { Node, OverNode, RuleNode } from '../language/ast.ts'
import type { Dialect, Pair } from '../language/operators/operator.ts'
import type { Value } from '../language/values.ts'
import { aggregateSql, type Emitter, emit, literalSql, quoted } from './emit.ts'
import { type FactShelf, factShelf, type Shelf, shelf } from './shelf.ts'
import { type WorkCalendarSql, workCalendarSql } from './work-calendar.ts'

/** What the compiler needs to know of a pack. */
export interface SqlNames {
  /** The entity whose rows are asked for. */
  readonly entity: string
  /** The entities an entity lies within, nearest first. */
  above(entity: string): readonly string[]
  /** The place of a missing name among the bits, 0 to 62. */
  bitOf(name: string): number
  missingNameOf(entity: string, fact: string): string
  parameterValue(name: string): Value
  /** The working-day calendar in force. */
  readonly calendar: WorkCalendar
  /** The tree to run for a named rule or an end of what it may be. */
  treeOf(node: RuleNode): Node
  /** Whether the table with the facts of an entity has a rule's value too, which is then read there. */
  stands?(entity: string, node: RuleNode): boolean
  /** The table with the facts of an entity; named after the entity when left out. */
  tableOf?(entity: string): string
}

export interface Layers {
  /** Emits expressions over the subject, filing what they build on in the layers below. */
  readonly subject: Emitter
  /** The common table expressions below the outcomes. */
  tables(): string[]
  /** From where the outcomes are read. */
  source(): string
}

/** What an expression turned out to need: layers up to this one, and the rows of these entities above. */
interface Needs {
  level: number
  readonly up: Set<number>
}

/** Columns of one entity that are computed together, a step above what they build on. */
interface Layer {
  readonly columns: string[]
  readonly up: Set<number>
  /** Aggregates over an entity within: their terms for each of its rows, and their sums. */
  readonly groups: Map<string, { readonly terms: Shelf; readonly sums: Shelf; readonly up: Set<number> }>
}

interface EntityPlan {
  readonly facts: FactShelf
  readonly layers: Map<number, Layer>
}

interface Placed {
  readonly pair: Pair
  readonly level: number
}

interface Plan {
  readonly names: SqlNames
  readonly dialect: Dialect
  readonly entities: Map<string, EntityPlan>
  readonly rules: Map<string, Placed>
  /** Columns by what they hold, so that none is computed twice. */
  readonly columns: Map<string, Placed>
  /** Set once an expression has asked for a working day. */
  calendar?: WorkCalendarSql
}

/**
 * facts → what needs only facts → what needs that → … → outcomes. Each named rule and each aggregate is a column of its
 * entity in the first layer that can have it; members are passed over once for all aggregates of a layer.
 */
export const layersFor = (names: SqlNames, dialect: Dialect): Layers => {
  const plan: Plan = { names, dialect, entities: new Map(), rules: new Map(), columns: new Map() }
  const needs: Needs = { level: 0, up: new Set() }
  entityPlan(plan, names.entity)
  return {
    subject: emitterFor(plan, names.entity, undefined, needs),
    tables: () => [...(plan.calendar ? [plan.calendar.table] : []), ...tablesOf(plan)],
    source: () =>
      `${tableAt(plan, names.entity, needs.level)} "s"${joinsUp(plan, names.entity, needs.up, needs.level)}`,
  }
}

const keysOf = ({ names }: Plan, entity: string): string[] =>
  [...names.above(entity).toReversed(), entity].map((one) => quoted(`${one}_id`))

const entityPlan = (plan: Plan, entity: string): EntityPlan => {
  const known = plan.entities.get(entity)
  if (known) return known
  const created = {
    facts: factShelf(plan.names.missingNameOf, { bitOf: bitIn(plan.names) }),
    layers: new Map(),
  }
  plan.entities.set(entity, created)
  return created
}

const layerAt = (plan: Plan, entity: string, level: number): Layer => {
  const { layers } = entityPlan(plan, entity)
  const layer = layers.get(level) ?? { columns: [], up: new Set(), groups: new Map() }
  layers.set(level, layer)
  return layer
}

const bitIn =
  ({ bitOf }: SqlNames) =>
  (name: string): string => {
    const index = bitOf(name)
    assert(index >= 0 && index < 63, `no bit for ${name}`)
    return `CAST(${2n ** BigInt(index)} AS BIGINT)`
  }

/** Emits over one entity or, with `item`, over an entity within it while the aggregates of the first are computed. */
const emitterFor = (plan: Plan, entity: string, item: string | undefined, needs: Needs): Emitter => {
  const ownerOf = (depth: number, up: number): [string, string] => {
    if (depth > 0) return [item ?? '', '"m"']
    if (up === 0) {
      if (item) needs.up.add(0)
      return [entity, '"s"']
    }
    needs.up.add(up)
    return [plan.names.above(entity)[up - 1] ?? '', `"p${up}"`]
  }
  const emitter: Emitter = {
    dialect: plan.dialect,
    bitOf: bitIn(plan.names),
    literal: literalSql,
    workdays: () => {
      plan.calendar ??= workCalendarSql(plan.names.calendar)
      return plan.calendar.tables
    },
    parameterValue: plan.names.parameterValue,
    parameterMissingName: (name) => `parameters.${name}`,
    fact: (node) => {
      const [owner, alias] = ownerOf(node.depth, node.up)
      return entityPlan(plan, owner).facts.read(node, alias)
    },
    rule: (node) => {
      const [owner, alias] = ownerOf(node.depth, node.up)
      if (plan.names.stands?.(owner, node))
        return entityPlan(plan, owner).facts.read({ ...node, kind: 'fact' }, alias)
      const { pair, level } = ruleColumn(plan, owner, node)
      needs.level = Math.max(needs.level, level)
      return aliased(pair, alias)
    },
    aggregate: (node) => {
      assert(item === undefined, 'an aggregate inside an aggregate')
      const { pair, level } = aggregateColumn(plan, entity, node)
      needs.level = Math.max(needs.level, level)
      return aliased(pair, '"s"')
    },
    operand: (node) => {
      if (item !== undefined || node.kind !== 'operation') return emit(node, emitter)
      const own: Needs = { level: 0, up: new Set() }
      const pair = emit(node, emitterFor(plan, entity, undefined, own))
      if (!isLong(pair)) {
        needs.level = Math.max(needs.level, own.level)
        for (const up of own.up) needs.up.add(up)
        return pair
      }
      const placed = fileColumn(plan, entity, `x_${plan.columns.size}`, pair, own)
      needs.level = Math.max(needs.level, placed.level)
      return aliased(placed.pair, '"s"')
    },
  }
  return emitter
}

// Each nesting of `if` repeats its arms four times: seven arms are a megabyte. Shorter texts cost less than a layer more.
const longText = 400

const isLong = ({ value, missing }: Pair): boolean => value.length + (missing?.length ?? 0) > longText

const aliased = ({ value, missing, absent }: Pair, alias: string): Pair => ({
  value: `${alias}.${value}`,
  missing: missing && `${alias}.${missing}`,
  absent,
})

/** A named rule as a column pair of its entity. */
const ruleColumn = (plan: Plan, entity: string, node: RuleNode): Placed => {
  const name = node.bound ? `${node.name}__${node.bound}` : node.name
  const key = `${entity}.${name}`
  const known = plan.rules.get(key)
  if (known) return known
  const needs: Needs = { level: 0, up: new Set() }
  const pair = emit(plan.names.treeOf(node), emitterFor(plan, entity, undefined, needs))
  const placed = fileColumn(plan, entity, `r_${name}`, pair, needs)
  plan.rules.set(key, placed)
  return placed
}

const fileColumn = (plan: Plan, entity: string, name: string, pair: Pair, needs: Needs): Placed => {
  const level = needs.level + 1
  const key = `${entity} ${level} ${pair.value}\n${pair.missing}`
  const known = plan.columns.get(key)
  if (known) return known
  const layer = layerAt(plan, entity, level)
  const [value, missing] = [quoted(name), quoted(`${name}__u`)]
  layer.columns.push(`${pair.value} AS ${value}`, ...(pair.missing ? [`${pair.missing} AS ${missing}`] : []))
  for (const up of needs.up) layer.up.add(up)
  const placed = { level, pair: { value, missing: pair.missing && missing, absent: pair.absent } }
  plan.columns.set(key, placed)
  return placed
}

/** An aggregate as a column pair of the entity whose list it runs over. */
const aggregateColumn = (plan: Plan, entity: string, node: OverNode): Placed => {
  const needs: Needs = { level: 0, up: new Set() }
  const inside = emitterFor(plan, entity, node.entity, needs)
  entityPlan(plan, node.entity)
  const terms = [node.filter, node.body].map((part) => part && emit(part, inside))
  const level = needs.level + 1
  const layer = layerAt(plan, entity, level)
  const alias = quoted(`a_${node.entity}`)
  const group = layer.groups.get(node.entity) ?? { terms: shelf('"t"'), sums: shelf(alias), up: new Set() }
  layer.groups.set(node.entity, group)
  for (const up of needs.up) group.up.add(up)
  const [filter, body] = terms.map((term) => term && group.terms.put('t', term))
  const { whenEmpty, ...sql } = aggregateSql(node, filter, body)
  const sum = group.sums.put('a', sql)
  const key = `${entity} ${level} ${sum.value} ${whenEmpty}`
  const known = plan.rules.get(key)
  if (known) return known
  const pair: Pair = {
    value: `CASE WHEN ${alias}."present" THEN ${sum.value} ELSE ${whenEmpty} END`,
    missing: sum.missing && `COALESCE(${sum.missing}, 0)`,
    absent: sql.absent,
  }
  const placed = fileColumn(plan, entity, `a_${plan.rules.size}`, pair, { level: needs.level, up: new Set() })
  plan.rules.set(key, placed)
  return placed
}

/** The newest table of an entity that is finished when a layer is built. */
const tableAt = (plan: Plan, entity: string, level: number): string => {
  const done = [...entityPlan(plan, entity).layers.keys()].filter((one) => one <= level)
  return done.length === 0 ? quoted(`${entity}_facts`) : quoted(`${entity}_${Math.max(...done)}`)
}

const matching = (keys: readonly string[], left: string, right: string): string =>
  keys.map((key) => `${left}.${key} = ${right}.${key}`).join(' AND ')

const joinsUp = (plan: Plan, entity: string, up: ReadonlySet<number>, level: number): string =>
  [...up]
    .filter((one) => one > 0)
    .map((one) => {
      const above = plan.names.above(entity)[one - 1] ?? ''
      const on = matching(keysOf(plan, above), `"p${one}"`, '"s"')
      return ` JOIN ${tableAt(plan, above, level)} "p${one}" ON ${on}`
    })
    .join('')

const tablesOf = (plan: Plan): string[] => {
  const levels = [...plan.entities.values()].flatMap(({ layers }) => [...layers.keys()])
  const facts = [...plan.entities].map(([entity, { facts: columns }]) => {
    const selected = [...keysOf(plan, entity), ...columns.columns()].join(', ')
    const table = plan.names.tableOf?.(entity) ?? entity
    return `"${entity}_facts" AS (SELECT ${selected} FROM ${quoted(table)})`
  })
  const above = [...new Set(levels)].toSorted((a, b) => a - b)
  return [
    ...facts,
    ...above.flatMap((level) =>
      [...plan.entities.keys()].flatMap((entity) => layerTables(plan, entity, level)),
    ),
  ]
}

const layerTables = (plan: Plan, entity: string, level: number): string[] => {
  const layer = plan.entities.get(entity)?.layers.get(level)
  if (!layer) return []
  const keys = keysOf(plan, entity)
  const before = tableAt(plan, entity, level - 1)
  const tables: string[] = []
  const joins: string[] = []
  for (const [item, { terms, sums, up }] of layer.groups) {
    const [termTable, sumTable, alias] = [
      `${entity}_${item}_terms_${level}`,
      `${entity}_${item}_sums_${level}`,
      `a_${item}`,
    ]
    const own = up.size > 0 ? ` JOIN ${before} "s" ON ${matching(keys, '"s"', '"m"')}` : ''
    tables.push(
      `${quoted(termTable)} AS (SELECT ${[...keys.map((key) => `"m".${key}`), ...terms.columns()].join(', ')} ` +
        `FROM ${tableAt(plan, item, level - 1)} "m"${own}${joinsUp(plan, entity, up, level - 1)})`,
      `${quoted(sumTable)} AS (SELECT ${[...keys.map((key) => `"t".${key}`), 'TRUE AS "present"', ...sums.columns()].join(', ')} ` +
        `FROM ${quoted(termTable)} "t" GROUP BY ${keys.map((key) => `"t".${key}`).join(', ')})`,
    )
    joins.push(` LEFT JOIN ${quoted(sumTable)} "${alias}" ON ${matching(keys, `"${alias}"`, '"s"')}`)
  }
  const from = `${before} "s"${joins.join('')}${joinsUp(plan, entity, layer.up, level - 1)}`
  // Materialised, or an engine would put each layer's text into every place of the next that reads it.
  return [
    ...tables,
    `"${entity}_${level}" AS MATERIALIZED (SELECT "s".*, ${layer.columns.join(', ')} FROM ${from})`,
  ]
}
