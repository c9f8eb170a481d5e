import { businessDate, regionCode } from '#base'
import { type Finding, found } from './finding.ts'
import { isUnder } from './floors.ts'
import { holdsOn, parameterInForce } from './in-force.ts'
import { type LayeredValue, wholeCountry } from './merge.ts'
import type { Pack, PackSource } from './pack.ts'
import type { ParameterEntry, ParameterValueEntry } from './schemas.ts'

/** What is wrong with the parameters of a pack: sources, ranges, periods, floors. */
export const parameterFindings = (pack: Pack, { parameters }: PackSource): Finding[] =>
  Object.entries(parameters.data).flatMap(([name, { values }]) => {
    const entry = pack.parameters[name]
    if (!entry) return [found('unknown-name', parameters, [name], { name })]
    const ofValues = values.flatMap((value, index) => {
      const path = [name, 'values', index]
      const { source, checkedOn } = value
      return [
        ...(source ? [] : [found('no-source', parameters, path, { name })]),
        ...(checkedOn ? [] : [found('no-check-date', parameters, path, { name })]),
        ...(source && !pack.sources[source.document]
          ? [found('unknown-document', parameters, [...path, 'source'], { name: source.document })]
          : []),
        ...(fitsParameter(entry, value.value)
          ? []
          : [found('value-out-of-range', parameters, path, { name, value: String(value.value) })]),
        ...underFloors(pack, name, entry, value).map((details) =>
          found('under-floor', parameters, path, details),
        ),
      ]
    })
    const isOpen = entry.type === 'number' && !entry.range && pack.definitions.size > 0
    return [
      ...ofValues,
      ...(isOpen ? [found('parameter-without-range', parameters, [name], { name })] : []),
      ...periods(values).map(({ code, index }) => found(code, parameters, [name, 'values', index], { name })),
    ]
  })

/** Whether a parameter may have the value: of its type, inside its range, among its options; no value is always allowed. */
export const fitsParameter = (entry: ParameterEntry, value: ParameterValueEntry['value'] | null): boolean => {
  if (value === undefined || value === null) return true
  if (Array.isArray(value)) return entry.list && value.every((one) => fitsOne(entry, one))
  return !entry.list && fitsOne(entry, value)
}

const fitsOne = ({ type, range, options }: ParameterEntry, value: unknown): boolean => {
  if (type === 'number')
    return typeof value === 'number' && (!range || (value >= range[0] && value <= range[1]))
  if (type === 'boolean') return typeof value === 'boolean'
  return typeof value === 'string' && (!options || Object.hasOwn(options, value))
}

type PeriodFinding = { readonly code: 'values-overlap' | 'values-gap'; readonly index: number }

/** A value without end holds until the next one of its region begins; one with an end must meet the next exactly. */
const periods = (values: readonly ParameterValueEntry[]): PeriodFinding[] => {
  const byRegion = Map.groupBy(values.entries(), ([, { region }]) => region ?? '')
  return [...byRegion.values()].flatMap((group) => {
    const sorted = group.toSorted(([, a], [, b]) => (a.from < b.from ? -1 : 1))
    return sorted.flatMap(([index, value], at): PeriodFinding[] => {
      const before = sorted[at - 1]?.[1]
      if (!before) return []
      if (before.from === value.from || (before.until ?? value.from) > value.from)
        return [{ code: 'values-overlap', index }]
      return (before.until ?? value.from) < value.from ? [{ code: 'values-gap', index }] : []
    })
  })
}

const underFloors = (
  pack: Pack,
  name: string,
  { floors }: ParameterEntry,
  value: ParameterValueEntry,
): Record<string, string | number>[] => {
  const region = value.region ?? pack.head.region
  const amount = value.value
  if (typeof amount !== 'number' || region === wholeCountry) return []
  return floors.flatMap(({ parameter, times }) => {
    const floor: readonly LayeredValue[] = pack.parameters[parameter]?.values ?? []
    // The floor as it is when the value begins, and whenever it changes while the value holds.
    const days = [
      value.from,
      ...floor.map(({ from }) => from).filter((from) => from > value.from && holdsOn(value, from)),
    ]
    const least = days
      .map(
        (on) =>
          parameterInForce(parameter, floor, { on: businessDate(on), region: regionCode(region) }).value,
      )
      .filter((one) => typeof one === 'number')
    const broken = least.find((one) => isUnder(amount, one, times))
    if (broken === undefined) return []
    return [{ name, value: amount, floor: broken, parameter, times: times.join('/') }]
  })
}
