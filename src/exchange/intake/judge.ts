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

/** What is known before a file is judged. */
export interface Judged {
  /** The period that was named when the file was sent; null when the file's own latest month was taken. */
  readonly namedPeriod: string | null
  readonly period: string
  readonly today: BusinessDate
  /** Statistics of earlier accepted files of the kind and region, newest first. */
  readonly earlier: readonly unknown[]
}

const emptyMarginPercent = 20

const isMended = (parsed: ParsedFile): boolean =>
  parsed.sheets.some(({ header }) => header.includes(sheetTexts.sourceLine))

const isStats = (value: unknown): value is FeedStats =>
  typeof value === 'object' && value !== null && 'present' in value

const emptyLimits = (earlier: FeedStats | undefined): Record<string, number> => {
  if (!earlier?.canonicalRows) return {}
  const limits = Object.entries(earlier.present).map(([field, present]): [string, number] => {
    const empty = Math.ceil((100 * (earlier.canonicalRows - present)) / earlier.canonicalRows)
    return [field, Math.min(100, empty + emptyMarginPercent)]
  })
  return Object.fromEntries(limits)
}

/**
 * Why a read file should wait for a person. A mended reject sheet is part of a file judged before. Volume is compared
 * only for a period that is over: in a month that still runs, files come in parts.
 */
export const judgeFeed = (
  parsed: ParsedFile,
  { namedPeriod, period, today, earlier }: Judged,
): readonly QuarantineReason[] => {
  if (isMended(parsed)) return []
  const [previous] = earlier.filter(isStats)
  const isOver = period < monthOf(today)
  const expectation: FeedExpectation = {
    ...usualExpectation,
    rejectedAtMostPercent: 20,
    emptyAtMostPercent: isOver ? emptyLimits(previous) : {},
    ...(previous && isOver ? { previousRows: previous.accepted } : {}),
    ...(namedPeriod && isOver ? { period: namedPeriod as Month } : {}),
  }
  return checkFeedAgainstExpectation(parsed.stats, expectation)
}
