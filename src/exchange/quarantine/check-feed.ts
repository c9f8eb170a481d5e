import { assert, type Month, type RefusalDetails, refusalTextOf } from '#base'
import { feedDefinition } from '../feeds.ts'
import type { FeedStats } from '../parse/stats.ts'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

export type QuarantineCode = keyof typeof zhCN

export type QuarantineReason = {
  readonly code: QuarantineCode
  readonly details: RefusalDetails
  readonly zh: string
  readonly en: string
}

/** What a feed should look like; what is left out is not checked. All shares are whole per cent. */
export type FeedExpectation = {
  /** Accepted rows of the last feed of the same sender and coverage. */
  readonly previousRows?: number
  /** How far the number of rows may lie from it. */
  readonly volumeBandPercent: number
  /** The month the latest rows should be of. */
  readonly period?: Month
  readonly rejectedAtMostPercent: number
  /** By field of the kind: the share of rows that may lack it. */
  readonly emptyAtMostPercent: Readonly<Record<string, number>>
  /** For deaths: how many people of the registry the file says are dead, and what that is measured by. */
  readonly deaths?: {
    readonly dead: number
    /** Months the file speaks of. */
    readonly months: number
    /** People the registry holds in the region. */
    readonly registered?: number | undefined
    /** The most in any earlier file: counts where nobody can tell how many are registered. */
    readonly mostBefore?: number | undefined
  }
}

/** A volume band of ±20 %, five per cent of rejects: where the installation sets nothing else. */
export const usualExpectation: FeedExpectation = {
  volumeBandPercent: 20,
  rejectedAtMostPercent: 5,
  emptyAtMostPercent: {},
}

// Shares beyond which a file as a whole, not a person in it, is the likelier cause.
const roundedAtMostPercent = 1
const unreadableNamesAtMostPercent = 2
/** Below this many rows a share says nothing. */
const rowsForShares = 50

/** Why a parsed file should wait for a person; empty when nothing is conspicuous. */
export const checkFeedAgainstExpectation = (
  stats: FeedStats,
  expectation: FeedExpectation,
): QuarantineReason[] => {
  if (stats.canonicalRows === 0) return [reason('no-rows')]
  return [
    ...volume(stats, expectation),
    ...period(stats, expectation),
    ...share('too-many-rejects', stats.rejected, stats.received, expectation.rejectedAtMostPercent),
    ...emptyFields(stats, expectation),
    ...deathRate(stats, expectation),
    ...share('rounded-numbers', stats.marks['number:rounded'] ?? 0, stats.accepted, roundedAtMostPercent),
    ...share(
      'unreadable-names',
      stats.marks['name:unreadable-character'] ?? 0,
      stats.accepted,
      unreadableNamesAtMostPercent,
    ),
  ]
}

const reason = (code: QuarantineCode, details: RefusalDetails = {}): QuarantineReason => {
  const spec = { status: 422, zh: zhCN[code], en: en[code] }
  return { code, details, zh: refusalTextOf(spec, 'zh-CN', details), en: refusalTextOf(spec, 'en', details) }
}

const volume = (
  stats: FeedStats,
  { previousRows, volumeBandPercent: percent }: FeedExpectation,
): QuarantineReason[] => {
  if (previousRows === undefined || previousRows === 0) return []
  const details = { found: stats.accepted, expected: previousRows, percent }
  const hundredfold = stats.accepted * 100
  if (hundredfold < previousRows * (100 - percent)) return [reason('too-few-rows', details)]
  return hundredfold > previousRows * (100 + percent) ? [reason('too-many-rows', details)] : []
}

const period = (stats: FeedStats, { period: expected }: FeedExpectation): QuarantineReason[] => {
  const latest = Object.keys(stats.months).sort().at(-1)
  if (expected === undefined || latest === undefined || latest === expected) return []
  return [reason('wrong-period', { found: latest, expected })]
}

const emptyFields = (stats: FeedStats, { emptyAtMostPercent }: FeedExpectation): QuarantineReason[] =>
  Object.entries(emptyAtMostPercent).flatMap(([id, limit]) => {
    const field = feedDefinition(stats.kind).fields[id]
    assert(field, `${stats.kind} has no field ${id}`)
    const empty = stats.canonicalRows - (stats.present[id] ?? 0)
    return share('too-many-empty', empty, stats.canonicalRows, limit, { field: field.zh })
  })

/** Of a thousand registered people, old and sick more often than others, so many may die in a year. */
const deathsPerThousandYearly = 60
/** Where only earlier files are known: so many times the most of them, and never suspected below so many. */
const timesBefore = 5
const deathsNeverSuspected = 20

const deathRate = ({ kind }: FeedStats, { deaths }: FeedExpectation): QuarantineReason[] => {
  if (!deaths || kind !== 'deaths') return []
  const limit = deathsAtMost(deaths)
  return limit !== undefined && deaths.dead > limit
    ? [reason('too-many-deaths', { found: deaths.dead, limit })]
    : []
}

const deathsAtMost = ({
  months,
  registered,
  mostBefore,
}: NonNullable<FeedExpectation['deaths']>): number | undefined => {
  if (registered !== undefined) {
    const usual = (registered * deathsPerThousandYearly * Math.min(12, Math.max(1, months))) / 12_000
    // Four standard deviations and a little: a village of sixty may bury three in a month.
    return Math.ceil(usual + 4 * Math.sqrt(usual) + 3)
  }
  return mostBefore === undefined ? undefined : Math.max(deathsNeverSuspected, mostBefore * timesBefore)
}

const share = (
  code: QuarantineCode,
  count: number,
  of: number,
  limit: number,
  more: RefusalDetails = {},
): QuarantineReason[] => {
  if (of < rowsForShares || count * 100 <= of * limit) return []
  return [reason(code, { ...more, found: Math.round((count * 100) / of), limit })]
}
