import type { Call } from '#access/server'
import type { BusinessDate } from '#base'
import type { Pack } from '#policy'
import type { Scope } from '#store'
import type { Tx } from '#store/server'
import type { Rulebook } from '../packs/rulebook.server.ts'
import type { Said } from '../proposing/say.ts'
import type { IndicatorTrial } from './contract.ts'

/** A version to be tried on the facts of the last scan: the pack without it and with it. */
export interface TriedIndicator {
  readonly indicator: string
  readonly before: Pack
  readonly after: Pack
  /** The day for which the versions are chosen. */
  readonly from: BusinessDate
  /** Where the version holds. */
  readonly region: string
  /** Whom the reader may see. */
  readonly scope: Scope
}

/** What the editor of indicators needs of others; the rulebook knows neither scans nor departments. */
export interface IndicatorServices {
  readonly rulebook: Rulebook
  /** The departments that may own an indicator, by their codes. */
  readonly departments: Readonly<Record<string, Said>>
  /** What a kind of department file is called. */
  readonly feedName: (kind: string, language: 'zh-CN' | 'en') => string
  /** Undefined: there is no scan whose facts were kept. */
  readonly trialOf?: (tx: Tx, tried: TriedIndicator) => Promise<IndicatorTrial | undefined>
}

/** What is asked by whom. */
export type Asking = Pick<Call<undefined, undefined, undefined>, 'tx' | 'actor' | 'clock' | 'language'>
