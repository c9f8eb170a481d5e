import type { BusinessDate, RegionCode } from '#base'
import type { Place } from '#ui'

/** Reply of `GET /api/v1/insight/home?place=`: what waits, in the reader's place or a lower one. */
export interface HomeReply {
  readonly numbers: { readonly [N in HomeNumber]: number }
  /** From the reader's own place down to the one asked for. */
  readonly path: readonly Place[]
  readonly places: readonly HomePlace[]
  /** What waits behind the entries of the navigation, by page id. */
  readonly counts: Readonly<Record<string, number>>
}

/** The four numbers; as `due` they filter the list of tasks. */
export const homeNumbers = ['overdue', 'dueToday', 'arrived', 'toReview'] as const
export type HomeNumber = (typeof homeNumbers)[number]

/** A lower place and its open alerts. */
export interface HomePlace {
  readonly code: RegionCode
  readonly name: string
  readonly open: number
  readonly overdue: number
  /** True when there are places below it to go to. */
  readonly hasLower: boolean
}

/** One line of `GET /api/v1/insight/tasks?due=&place=&cursor=` → `{ items, next?, total? }`, overdue first. */
export interface HomeTask {
  readonly id: string
  /** What is to do, in one sentence, names masked. */
  readonly title: string
  readonly place: string
  readonly grade?: 'red' | 'orange' | 'yellow'
  readonly dueOn?: BusinessDate
  /** 0 = today, negative = overdue, `awaiting` = the calendar of that year is not published; absent = no deadline. */
  readonly workdaysLeft?: number | 'awaiting'
  /** Address in the console, with the leading slash. */
  readonly href: string
}
