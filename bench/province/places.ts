/** The counties of the invented province 99: what part of its households each holds, and how it is divided. */
import { saltOf } from './draw.ts'

export const counties = 100

export interface County {
  readonly county: number
  /** The six digits its people's numbers and regions begin with. */
  readonly area: string
  /** Households `[from, until)`, in region order. */
  readonly from: number
  readonly until: number
  readonly townships: number
  readonly villages: number
}

export const areaOf = (county: number): string =>
  `99${String(Math.floor(county / 10) + 1).padStart(2, '0')}${String((county % 10) + 1).padStart(2, '0')}`

/** Counties in region order, the largest some ten times the smallest. */
export const countiesOf = (seed: number, households: number): readonly County[] => {
  const weights = Array.from({ length: counties }, (_, c) => 30 + (saltOf(`${seed}/county/${c}`) % 270))
  const total = weights.reduce((sum, each) => sum + each, 0)
  let reached = 0
  return weights.map((weight, county) => {
    const from = Math.round((reached / total) * households)
    reached += weight
    return {
      county,
      area: areaOf(county),
      from,
      until: Math.round((reached / total) * households),
      townships: 6 + (saltOf(`${seed}/townships/${county}`) % 14),
      villages: 8 + (saltOf(`${seed}/villages/${county}`) % 12),
    }
  })
}

/** Counties in their order, in groups of about so many households: one group is worked on at a time. */
export const countyGroups = (all: readonly County[], households: number): readonly (readonly County[])[] => {
  const groups: County[][] = []
  let held = households
  for (const county of all) {
    const size = county.until - county.from
    if (held + size > households) {
      groups.push([])
      held = 0
    }
    groups.at(-1)?.push(county)
    held += size
  }
  return groups
}
