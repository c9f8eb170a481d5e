import type { BusinessDate } from '#base'
import type { FactContext } from '../facts/source.ts'
import type { FileList } from '../pass/state.ts'

/** A file whose rows count, oldest first in a list of them. */
export type LiveFeed = {
  readonly id: string
  readonly kind: string
  /** The month that it speaks of, as `YYYY-MM`. */
  readonly period: string
}

/** A file that was matched, under the number that its rows bear. */
export type KeptFeed = LiveFeed & { readonly no: number }

/** By whom what is kept is ordered and numbered: dense numbers in the order of regions; who came later has a later one. */
export type KeptTable = 'subject' | 'person' | 'household' | 'member'

/**
 * What is kept of everybody between two passes: matched rows, and the facts that files tell of households, leads (a
 * household of one, as numbers go) and members. In force when PostgreSQL names its id.
 */
export type Kept = FileList<KeptTable> & {
  readonly id: string
  /** The day of the facts. */
  readonly today: BusinessDate
  /** What facts are made by; with other statements or parameters everything is made anew. */
  readonly shape: string
  readonly feeds: readonly KeptFeed[]
  /** The first numbers that nobody has. */
  readonly next: { readonly feed: number; readonly hid: number; readonly pid: number }
  /** When everything was last made anew: the generation. */
  readonly laidOut: number
}

/** What a pass is to bring up to date: which files count, and the day and parameters of the facts. */
export type BringUpInputs = FactContext & {
  readonly feeds: readonly LiveFeed[]
  /** SQL of the stored rows of these files of a kind, with `feed_no`. */
  readonly rowsOf: (kind: string, feeds: readonly KeptFeed[]) => string
  /** What else is made of the touched by those who ask: with another one everything is made anew. */
  readonly shape?: string
}
