import type { z } from 'zod'
import type { BusinessDate } from '#base'
import type { Tx } from '#store/server'
import type { Told } from '../scan/again.server.ts'
import type { FeedAge, readAlert } from './contract.ts'

type Reply = z.output<Exclude<(typeof readAlert)['reply'], 'file'>>

/** What an alert keeps of its reasoning, and what it says of itself beside. */
export interface KeptOfAlert extends Told {
  readonly explanation: unknown
}

/**
 * Explains an alert in the reader's language and names the rows it rests on: computed from the kept facts and the kept pack
 * when it is asked for, or rendered from the trace that an earlier program kept. `doubt` tells loudly where what is computed
 * now is not what was raised; null where it is, and where there is nothing to compute from.
 */
export type AlertExplainer = (
  tx: Tx,
  kept: KeptOfAlert,
  language: 'zh-CN' | 'en',
) => Promise<Pick<Reply, 'conditions' | 'evidenceRows' | 'doubt'>>

/** How old the newest accepted data of every kind of file are. */
export type FeedAges = (tx: Tx, today: BusinessDate) => Promise<FeedAge[]>
