import type { Secrecy } from '#access/server'
import type { BusinessDate, Clock } from '#base'
import type { Tx } from '#store/server'
import type { Rulebook } from '../packs/rulebook.server.ts'
import type { FoundHousehold } from './contract.ts'
import type { TrialSubject } from './subject.ts'

/** A registered household as trials take it: facts by the names of the national dictionary; what is not known is left out. */
export interface KnownHousehold {
  readonly id: string
  readonly number: string
  readonly regionCode: string
  readonly household: TrialSubject
}

/** Where registered households come from; the rulebook does not know the registry, so the app hands it in. */
export interface HouseholdSource {
  /** The households a typed text finds, masked, in the scope of the transaction. */
  search(
    call: { readonly tx: Tx; readonly clock: Clock; readonly language: 'zh-CN' | 'en' },
    text: string,
  ): Promise<readonly FoundHousehold[]>
  /** What is known of a household on a day; undefined when there is none in the scope of the transaction. */
  find(tx: Tx, id: string, on: BusinessDate): Promise<KnownHousehold | undefined>
}

/** What trials need from the installation. */
export interface TrialServices {
  readonly rulebook: Pick<Rulebook, 'placePackId' | 'packIn'>
  readonly secrecy: Secrecy
  readonly households: HouseholdSource
}
