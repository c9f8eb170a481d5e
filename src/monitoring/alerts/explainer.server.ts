import type { z } from 'zod'
import type { BusinessDate } from '#base'
import type { Tx } from '#store/server'
import type { FeedAge, readAlert } from './contract.ts'

type Reply = z.output<Exclude<(typeof readAlert)['reply'], 'file'>>

/** Renders an alert's kept trace in the reader's language and names the rows it rests on. */
export type AlertExplainer = (
  tx: Tx,
  explanation: unknown,
  language: 'zh-CN' | 'en',
) => Promise<Pick<Reply, 'conditions' | 'evidenceRows'>>

/** How old the newest accepted data of every kind of file are. */
export type FeedAges = (tx: Tx, today: BusinessDate) => Promise<FeedAge[]>
