import { type Database, inScope, type Tx } from './connect.server.ts'
import { everywhere } from './index.ts'
import type { Jobs } from './jobs.server.ts'

/** An event as the relay sees it. */
export interface RelayedEvent {
  readonly kind: string
  readonly subjectId: string | null
  readonly data: Readonly<Record<string, unknown>>
}

/** Which job an event asks for; undefined for none. */
export type Routing = (event: RelayedEvent) =>
  | { readonly queue: string; readonly data: object }
  /** Of several events that ask for the same, one job in so many seconds. */
  | { readonly queue: string; readonly onceIn: number }
  | undefined

const batch = 500
const pauseMs = 400

const takeBatch = async (tx: Tx, jobs: Jobs, routing: Routing): Promise<number> => {
  const events = await tx
    .selectFrom('events')
    .select(['seq', 'kind', 'subject_id', 'data', 'at'])
    .where('relayed_at', 'is', null)
    .orderBy('seq')
    .limit(batch)
    .forUpdate()
    .skipLocked()
    .execute()
  if (!events.length) return 0
  for (const { kind, subject_id, data } of events) {
    const job = routing({ kind, subjectId: subject_id, data: data as RelayedEvent['data'] })
    if (!job) continue
    if ('onceIn' in job) await jobs.sendOnce(job.queue, job.onceIn)
    else await jobs.send(job.queue, job.data)
  }
  const last = events.at(-1)
  await tx
    .updateTable('events')
    .set({ relayed_at: last?.at ?? null })
    .where(
      'seq',
      'in',
      events.map(({ seq }) => seq),
    )
    .execute()
  return events.length
}

/** A running relay. */
export interface Relay {
  stop(): Promise<void>
}

/**
 * Hands committed events to the job queue, in order, again and again until stopped. An event is marked only after its
 * job was taken in, so a kill in between hands it over twice and never loses it.
 */
export const startRelay = (
  database: Database,
  jobs: Jobs,
  routing: Routing,
  onError: (error: unknown) => void,
): Relay => {
  let stopped = false
  let wake: (() => void) | undefined
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseMs)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const loop = async () => {
    while (!stopped) {
      const taken = await inScope(database, everywhere, (tx) => takeBatch(tx, jobs, routing)).catch(
        (error) => {
          onError(error)
          return 0
        },
      )
      if (taken < batch && !stopped) await pause()
    }
  }
  const running = loop()
  return {
    stop: async () => {
      stopped = true
      wake?.()
      await running
    },
  }
}
