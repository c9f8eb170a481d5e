import { type BusinessDate, contains, type RegionCode, unknown, type WorkCalendar } from '#base'
import { type Node, nodesOf } from '../language/ast.ts'
import { operators } from '../language/operators/table.ts'
import { retyped } from '../language/retype.ts'
import type { Type } from '../language/types.ts'
import { isUnknownValue, type Scalar, type Value } from '../language/values.ts'
import { missingYearNames } from '../language/work-years.ts'
import type { LayeredValue } from './merge.ts'
import { missingNameOf, type Pack, type Rule } from './pack.ts'
import type { Citation, ProgrammeEntry } from './schemas.ts'

/** A parameter as it holds on one date in one region, with where it comes from. */
export interface ParameterInForce {
  readonly name: string
  /** Unknown where the sources leave it open. */
  readonly value: Value
  readonly from?: string | undefined
  readonly region?: string | undefined
  readonly source?: Citation | undefined
  readonly checkedOn?: string | undefined
  /** The pack that holds the value. */
  readonly pack?: string | undefined
  /** The value was given for this trial alone and comes from no pack. */
  readonly isGiven?: boolean | undefined
}

/** A programme in force. */
export interface Programme extends ProgrammeEntry {
  readonly id: string
}

/** A pack on one date in one region: what both engines run. */
export interface PackInForce {
  readonly pack: Pack
  readonly on: BusinessDate
  readonly region: RegionCode
  /** The working-day calendar that deadlines are counted by. */
  readonly calendar: WorkCalendar
  readonly rules: readonly Rule[]
  readonly parameters: ReadonlyMap<string, ParameterInForce>
  readonly programmes: readonly Programme[]
  /** The names that outcomes of indicators may miss, in the order of their bits in SQL. */
  readonly missingNames: readonly string[]
  /** The tree of a named rule, typed by the parameters as they are now. Throws for a name that is none. */
  readonly treeOf: (entity: string, name: string) => Node
}

export interface When {
  readonly on: BusinessDate
  readonly region: RegionCode
  /** The years entered in an installation; those of the pack when left out. What asks for a day of another year is unknown. */
  readonly calendar?: WorkCalendar | undefined
  /** Values for this trial alone, before all others; null takes a value away. */
  readonly given?: Readonly<Record<string, Scalar | readonly Scalar[]>> | undefined
}

/** Picks the rules in force and, for each parameter, the narrowest region's latest value that has begun. */
export const packInForce = (
  pack: Pack,
  { on, region, calendar = pack.calendar, given = {} }: When,
): PackInForce => {
  const parameters = new Map<string, ParameterInForce>()
  for (const [name, { values }] of Object.entries(pack.parameters)) {
    const value = given[name]
    const found =
      value === undefined
        ? parameterInForce(name, values, { on, region }, pack.layers)
        : givenValue(name, value)
    parameters.set(name, found)
  }
  const rules = [...Map.groupBy(pack.rules, ({ id }) => id).values()].flatMap(
    (versions) => versionOn(versions, { on, region }) ?? [],
  )
  const programmes = Object.entries(pack.programmes)
    .map(([id, entry]) => ({ id, ...entry }))
    .filter(({ effective }) => holdsOn(effective ?? pack.head.effective, on))
  const missingNames = missingNamesOf(pack, parameters, calendar)
  const treeOf = treesIn(pack, parameters)
  return { pack, on, region, calendar, rules, programmes, parameters, missingNames, treeOf }
}

/**
 * The version of an indicator that holds on a day in a region: the latest that has begun there. Where it has ended, that of
 * the next wider region; an earlier one of the same region never comes back.
 */
export const versionOn = (
  versions: readonly Rule[],
  { on, region }: Pick<When, 'on' | 'region'>,
): Rule | undefined => {
  const begun = versions
    .filter(({ effective, region: own }) => effective.from <= on && isWithin(region, own))
    .toSorted((a, b) => narrowness(b) - narrowness(a) || (a.effective.from < b.effective.from ? 1 : -1))
  const latest = begun.filter((rule, at) => at === 0 || begun[at - 1]?.region !== rule.region)
  return latest.find(({ effective }) => holdsOn(effective, on))
}

const isWithin = (region: RegionCode, outer: string | undefined): boolean =>
  outer === undefined || contains(outer as RegionCode, region)

const givenValue = (name: string, value: Scalar | readonly Scalar[]): ParameterInForce => ({
  name,
  value: value === null ? unknown(`parameters.${name}`) : value,
  isGiven: true,
})

/** Trees as the parameters in force narrow them, made when first asked for. */
const treesIn = (pack: Pack, parameters: ReadonlyMap<string, ParameterInForce>): PackInForce['treeOf'] => {
  const trees = new Map<string, Node>()
  const narrow = (node: Node): Type | undefined => {
    if (node.kind === 'rule') return treeOf(node.entity, node.name).type
    if (node.kind !== 'parameter') return undefined
    const value = parameters.get(node.name)?.value
    if (value === undefined || isUnknownValue(value)) return undefined
    const exact = typeof value === 'number' ? { low: value, high: value } : {}
    return { ...node.type, ...exact, unknown: false }
  }
  const treeOf = (entity: string, name: string): Node => {
    const known = trees.get(name)
    if (known) return known
    const rule = pack.definitions.get(name)
    if (rule?.entity !== entity) throw new Error(`no rule ${entity}.${name}`)
    const tree = retyped(rule.tree, narrow)
    trees.set(name, tree)
    return tree
  }
  return treeOf
}

export const holdsOn = ({ from, until }: { from: string; until?: string | undefined }, on: string): boolean =>
  from <= on && (until === undefined || on < until)

export const parameterInForce = (
  name: string,
  values: readonly LayeredValue[],
  { on, region }: When,
  layers: readonly string[] = [],
): ParameterInForce => {
  const [found] = values
    .filter((entry) => holdsOn(entry, on) && isWithin(region, entry.region))
    .toSorted(
      (a, b) =>
        narrowness(b) - narrowness(a) || (b.layer ?? 0) - (a.layer ?? 0) || (a.from < b.from ? 1 : -1),
    )
  const open = unknown(`parameters.${name}`)
  if (!found) return { name, value: open }
  const value: Value = found.value === undefined ? open : (found.value as Scalar | readonly Scalar[])
  return {
    name,
    value,
    from: found.from,
    region: found.region,
    source: found.source,
    checkedOn: found.checkedOn,
    pack: layers[found.layer ?? 0],
  }
}

/** How much of a region code is not zeros. */
export const narrowness = ({ region }: { readonly region?: string | undefined }): number =>
  (region ?? '').replace(/0+$/u, '').length

const missingNamesOf = (
  pack: Pack,
  parameters: ReadonlyMap<string, ParameterInForce>,
  calendar: WorkCalendar,
): string[] => {
  const names = new Set<string>()
  for (const [entity, facts] of Object.entries(pack.facts)) {
    for (const [name, { unknown: possible }] of Object.entries(facts)) {
      if (possible) names.add(missingNameOf(pack, entity, name))
    }
  }
  for (const { condition } of pack.rules) for (const name of requiredIn(condition)) names.add(name)
  for (const { name, value } of parameters.values())
    if (isUnknownValue(value)) names.add(`parameters.${name}`)
  if (pack.rules.some(({ condition }) => asksForWorkdays(condition)))
    for (const name of missingYearNames(calendar)) names.add(name)
  return [...names].toSorted()
}

const asksForWorkdays = (condition: Node): boolean =>
  nodesOf(condition).some((node) => node.kind === 'operation' && operators[node.operator].under !== undefined)

const requiredIn = (condition: Node): string[] =>
  nodesOf(condition).flatMap((node) => {
    if (node.kind !== 'operation' || node.operator !== 'required') return []
    const [, name] = node.args
    return name?.kind === 'literal' ? [String(name.value)] : []
  })
