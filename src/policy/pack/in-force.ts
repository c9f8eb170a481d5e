import { assert, type BusinessDate, contains, type RegionCode, unknown } from '#base'
import { type Node, nodesOf } from '../language/ast.ts'
import { isUnknownValue, type Scalar, type Value } from '../language/values.ts'
import { missingNameOf, type Pack, type Rule } from './pack.ts'
import type { Citation, ParameterValueEntry } from './schemas.ts'

/** A parameter as it holds on one date in one region, with where it comes from. */
export interface ParameterInForce {
  readonly name: string
  /** Unknown where the sources leave it open. */
  readonly value: Value
  readonly from?: string | undefined
  readonly region?: string | undefined
  readonly source?: Citation | undefined
  readonly checkedOn?: string | undefined
}

/** A pack on one date in one region: what both engines run. */
export interface PackInForce {
  readonly pack: Pack
  readonly on: BusinessDate
  readonly region: RegionCode
  readonly rules: readonly Rule[]
  readonly parameters: ReadonlyMap<string, ParameterInForce>
  /** The names that outcomes may miss, in the order of their bits in SQL. */
  readonly missingNames: readonly string[]
}

export interface When {
  readonly on: BusinessDate
  readonly region: RegionCode
}

/** Picks the rules in force and, for each parameter, the narrowest region's latest value that has begun. */
export const packInForce = (pack: Pack, { on, region }: When): PackInForce => {
  const parameters = new Map<string, ParameterInForce>()
  for (const [name, { values }] of Object.entries(pack.parameters)) {
    parameters.set(name, parameterInForce(name, values, { on, region }))
  }
  const rules = pack.rules.filter(({ effective }) => holdsOn(effective, on))
  const missingNames = missingNamesOf(pack, parameters)
  assert(missingNames.length < 63, `${missingNames.length} missing names do not fit into a BIGINT`)
  return { pack, on, region, rules, parameters, missingNames }
}

const holdsOn = ({ from, until }: { from: string; until?: string | undefined }, on: string): boolean =>
  from <= on && (until === undefined || on < until)

const parameterInForce = (
  name: string,
  values: readonly ParameterValueEntry[],
  { on, region }: When,
): ParameterInForce => {
  const [found] = values
    .filter(
      (entry) =>
        holdsOn(entry, on) && (entry.region === undefined || contains(entry.region as RegionCode, region)),
    )
    .toSorted((a, b) => narrowness(b) - narrowness(a) || (a.from < b.from ? 1 : -1))
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
  }
}

/** How much of a region code is not zeros. */
const narrowness = ({ region }: ParameterValueEntry): number => (region ?? '').replace(/0+$/u, '').length

const missingNamesOf = (pack: Pack, parameters: ReadonlyMap<string, ParameterInForce>): string[] => {
  const names = new Set<string>()
  for (const [entity, facts] of Object.entries(pack.facts)) {
    for (const [name, { unknown: possible }] of Object.entries(facts)) {
      if (possible) names.add(missingNameOf(pack, entity, name))
    }
  }
  for (const { condition } of pack.rules) for (const name of requiredIn(condition)) names.add(name)
  for (const { name, value } of parameters.values())
    if (isUnknownValue(value)) names.add(`parameters.${name}`)
  return [...names].toSorted()
}

const requiredIn = (condition: Node): string[] =>
  nodesOf(condition).flatMap((node) => {
    if (node.kind !== 'operation' || node.operator !== 'required') return []
    const [, name] = node.args
    return name?.kind === 'literal' ? [String(name.value)] : []
  })
