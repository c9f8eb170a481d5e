import { type BusinessDate, type Month, monthOf } from '#base'
import type { ParsedFile } from '../parse/parsed-file.ts'
import type { FeedStats } from '../parse/stats.ts'
import {
  checkFeedAgainstExpectation,
  type FeedExpectation,
  type QuarantineReason,
  usualExpectation,
} from '../quarantine/check-feed.ts'
import { sheetTexts } from '../rejects/zh-CN.ts'

/** What is kept of a file for judging the next ones. */
export type KeptStatistics = FeedStats & {
  /** The file is a reject sheet that was mended: a part of a file judged before. */
  readonly mended?: boolean
  /** Of a list of deaths: how many people the registry knows as living are on it. */
  readonly registeredDead?: number
}

/** What is known before a file is judged. */
export interface Judged {
  /** The period that was named when the file was sent; null when the file's own latest month was taken. */
  readonly namedPeriod: string | null
  readonly period: string
  readonly today: BusinessDate
  /** Statistics of earlier accepted files of the kind and region, newest first. */
  readonly earlier: readonly { readonly period: string | null; readonly statistics: unknown }[]
  /** People the registry holds in the region; undefined where nobody can tell. */
  readonly registered: number | undefined
}

const emptyMarginPercent = 20
const mendedExpectation: FeedExpectation = { ...usualExpectation, rejectedAtMostPercent: 100 }

/** Whether the file is a reject sheet of ours that came back. */
export const isMended = (parsed: ParsedFile): boolean =>
  parsed.sheets.some(({ header }) => header.includes(sheetTexts.sourceLine))

const isWhole = (value: unknown): value is KeptStatistics =>
  typeof value === 'object' && value !== null && 'present' in value && !('mended' in value && value.mended)

/** The file to compare with: the largest of the last period before this one, where there is none, of this one. */
const usualFile = ({ earlier, period }: Judged): KeptStatistics | undefined => {
  const before = earlier.map((file) => file.period ?? '').filter((at) => at < period)
  const last = before.sort().at(-1)
  return earlier
    .filter((file) => (last ? file.period === last : true))
    .map(({ statistics }) => statistics)
    .filter(isWhole)
    .reduce<KeptStatistics | undefined>(
      (most, file) => (most && most.accepted >= file.accepted ? most : file),
      undefined,
    )
}

const emptyLimits = (earlier: FeedStats | undefined): Record<string, number> => {
  if (!earlier?.canonicalRows) return {}
  const limits = Object.entries(earlier.present).map(([field, present]): [string, number] => {
    const empty = Math.ceil((100 * (earlier.canonicalRows - present)) / earlier.canonicalRows)
    return [field, Math.min(100, empty + emptyMarginPercent)]
  })
  return Object.fromEntries(limits)
}

const deathsOf = (
  { kind, registeredDead, months }: KeptStatistics,
  { registered, earlier }: Judged,
): Pick<FeedExpectation, 'deaths'> => {
  if (kind !== 'deaths' || registeredDead === undefined) return {}
  const before = earlier.flatMap(({ statistics }) =>
    isWhole(statistics) && statistics.registeredDead !== undefined ? [statistics.registeredDead] : [],
  )
  const mostBefore = before.length ? Math.max(...before) : undefined
  return { deaths: { dead: registeredDead, months: Object.keys(months).length, registered, mostBefore } }
}

/**
 * Why a read file should wait for a person. A mended reject sheet is part of a file judged before. Volume is compared
 * only for a period that is over: in a month that still runs, files come in parts. That too many people of the registry
 * are dead is looked at always.
 */
export const judgeFeed = (statistics: KeptStatistics, judged: Judged): readonly QuarantineReason[] => {
  const deaths = deathsOf(statistics, judged)
  if (statistics.mended) return checkFeedAgainstExpectation(statistics, { ...mendedExpectation, ...deaths })
  const previous = usualFile(judged)
  const isOver = judged.period < monthOf(judged.today)
  const expectation: FeedExpectation = {
    ...usualExpectation,
    rejectedAtMostPercent: 20,
    emptyAtMostPercent: isOver ? emptyLimits(previous) : {},
    ...(previous && isOver ? { previousRows: previous.accepted } : {}),
    ...(judged.namedPeriod && isOver ? { period: judged.namedPeriod as Month } : {}),
    ...deaths,
  }
  return checkFeedAgainstExpectation(statistics, expectation)
}
