import type { Secrecy } from '#access/server'
import type { Instant } from '#base'
import type { Database } from '#store/server'
import type { EventSentence } from './chain/sentence.ts'

/** What the registry's endpoints need from the installation. */
export interface RegistryServices {
  readonly secrecy: Secrecy
  /** How events are told, from every room; joined by the app. */
  readonly sentences: readonly EventSentence[]
  /** Whether a scan has begun since that moment, wherever it ran: it used the decisions made until then. */
  readonly hasScannedSince: (database: Database, at: Instant) => Promise<boolean>
}
