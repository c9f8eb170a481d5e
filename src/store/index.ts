/** The store's door for both halves: the shape of a scope and of an event. */

/**
 * What a connection may see: a half-open range of 12-digit region codes, and single codes beside it
 * (villages that a development zone administers).
 */
export interface Scope {
  readonly from: string
  readonly until: string
  readonly extra: readonly string[]
}

/** Sees every region: for jobs of the platform itself, never for a request. */
export const everywhere: Scope = { from: '0', until: '~', extra: [] }

/** An event before it is recorded. `kind` is `room.what-happened`; `data` holds no resident number. */
export interface EventDraft {
  readonly kind: string
  readonly regionCode: string
  readonly householdId?: string | undefined
  readonly leadId?: string | undefined
  readonly subjectId?: string | undefined
  readonly actorId?: string | undefined
  readonly data?: Readonly<Record<string, unknown>>
}

export { refusals as storeRefusals } from './refusals.ts'
