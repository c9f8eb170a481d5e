import { type FeedKind, feedDefinition, isFeedKind } from '#exchange'
import type { WordKey, Words } from '../words.ts'

/** What the page of a file tells of it. */
export interface FeedAnswer {
  readonly id: string
  readonly kind: string | null
  readonly fileName: string
  readonly period: string | null
  readonly status: string
  readonly rowsIn: number
  readonly rowsAccepted: number
  readonly rowsRejected: number
  readonly receivedAt: string
  readonly version: number
  readonly region: { readonly code: string; readonly name: string }
  readonly layoutId: string | null
  readonly refusal: { readonly code: string; readonly detail: string } | null
  readonly quarantine: readonly { readonly code: string; readonly zh: string; readonly en: string }[]
  readonly reasons: readonly {
    readonly reason: string
    readonly text: { readonly zh: string; readonly en: string }
    readonly count: number
  }[]
}

/** The name of a kind of data. */
export const kindName = (words: Words, kind: string | null): string => {
  if (!kind || !isFeedKind(kind)) return kind ?? ''
  const { zh, en } = feedDefinition(kind as FeedKind)
  return words.pick({ zh, en })
}

/** The word for a status. */
export const statusName = (words: Words, status: string): string => words.say(`status.${status}` as WordKey)

/** The counts and reasons of a file, for programs. */
export const feedFigures = (feed: FeedAnswer) => ({
  id: feed.id,
  kind: feed.kind,
  fileName: feed.fileName,
  period: feed.period,
  region: feed.region.code,
  layout: feed.layoutId,
  status: feed.status,
  rowsIn: feed.rowsIn,
  rowsAccepted: feed.rowsAccepted,
  rowsRejected: feed.rowsRejected,
  reasons: Object.fromEntries(feed.reasons.map(({ reason, count }) => [reason, count])),
  quarantine: feed.quarantine.map(({ code }) => code),
  refusal: feed.refusal?.code ?? null,
})
