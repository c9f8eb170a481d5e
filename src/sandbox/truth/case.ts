import type { FeedKind } from '#exchange'
import { plusMonth, plusMonths } from '../world/days.ts'
import type { World } from '../world/make-world.ts'
import type { Household, Member } from '../world/types.ts'
import type { Evidence } from './evidence.ts'
import type { Verdict } from './verdict.ts'

/** One household with everything a decision about it may rest on. */
export interface HouseholdCase {
  readonly household: Household
  readonly members: readonly Member[]
  readonly evidence: Evidence
  readonly today: string
  /** 'YYYY-MM' of today. */
  readonly month: string
  /** Says that the kind covers the household's county, or which kind is missing. */
  readonly covered: (kind: FeedKind) => Verdict
}

export const casesOf = (world: World, evidence: Evidence): HouseholdCase[] => {
  const members = new Map(world.registry.persons.map((p) => [p.key, p]))
  const today = world.input.businessDate
  return world.registry.households.map((household) => ({
    household,
    members: household.memberKeys.map((key) => members.get(key) as Member),
    evidence,
    today,
    month: today.slice(0, 7),
    covered: (kind) => {
      const region = world.covers[kind]
      const prefix = region.slice(0, region.slice(4, 6) === '00' ? 4 : 6)
      return household.place.county.startsWith(prefix) ? true : [kind]
    },
  }))
}

/** The date lies after the same day `months` months ago and not after today. */
export const within = (c: HouseholdCase, date: string, months: number): boolean =>
  plusMonths(c.today, -months) < date && date <= c.today

/** The month lies after the month `months` months before this one. */
export const monthWithin = (c: HouseholdCase, month: string, months: number): boolean =>
  month > plusMonth(c.month, -months)
