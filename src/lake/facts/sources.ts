import { business, housingFund, realEstate } from './kinds/assets.ts'
import { marriages, returnPoverty, students } from './kinds/families.ts'
import { disability, hospitalBills } from './kinds/health.ts'
import { imprisonment, payroll } from './kinds/justice-and-finance.ts'
import { insurancePayments, pensions, unemployment } from './kinds/labour.ts'
import { deaths, moves, vehicles } from './kinds/police.ts'
import type { FeedFacts } from './source.ts'

/** Every fact that comes from a feed, kind by kind. */
export const feedFacts: readonly FeedFacts[] = [
  deaths,
  imprisonment,
  payroll,
  vehicles,
  realEstate,
  business,
  insurancePayments,
  pensions,
  hospitalBills,
  housingFund,
  moves,
  marriages,
  disability,
  unemployment,
  students,
  returnPoverty,
]

/** The feed kinds whose `feed_…` and `matched_…` tables must be there. */
export const factKinds: readonly string[] = feedFacts.map(({ kind }) => kind)
