import type { Permission } from '#access'

/** An event as the chain tells it. */
export interface ChainEvent {
  readonly id: string
  readonly kind: string
  readonly at: string
  readonly businessDate: string
  readonly householdId: string | null
  readonly leadId: string | null
  readonly subjectId: string | null
  readonly data: Readonly<Record<string, unknown>>
}

/** How a room tells one of its events: the chain itself knows no kinds. The app joins the rooms' lists. */
export interface EventSentence {
  /** `room.what-happened`. */
  readonly kind: string
  readonly room: string
  readonly zh: (data: Readonly<Record<string, unknown>>) => string
  readonly en: (data: Readonly<Record<string, unknown>>) => string
  /** A path of the console that shows more. */
  readonly link?: (event: ChainEvent) => string | undefined
  /** Who may see it; everybody who may see the household where absent. */
  readonly permission?: Permission
}
