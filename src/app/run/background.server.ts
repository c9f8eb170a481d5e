import { Refusal } from '#base'
import { readFeed } from '#exchange/server'
import {
  escalateOverdue,
  failAbandoned,
  failInterrupted,
  followFiles,
  insertScan,
  runScan,
} from '#monitoring/server'
import { everywhere } from '#store'
import { inScope, openJobs, type Routing, startRelay } from '#store/server'
import type { Queue } from '../jobs.ts'
import { describeError, type Log } from '../log.server.ts'
import type { Services } from '../services.server.ts'
import { listUnfinishedFeeds } from './unfinished.queries.server.ts'

const followEverySeconds = 10
const fileEvents = ['accepted', 'released', 'taken-back'].map((status) => `exchange.feed-${status}`)
const escalateEveryMs = 15 * 60 * 1000

/** Which events ask for which work: the one list of it. */
const routing: Routing = ({ kind, subjectId, data }) => {
  const job = (queue: Queue, name: string) => ({ queue, data: { [name]: subjectId } })
  if (kind === 'exchange.feed-received' && !data.readNow) return job('exchange.read-feed', 'feedId')
  // Several files often come together, and are followed together.
  if (fileEvents.includes(kind))
    return { queue: 'monitoring.follow-files' satisfies Queue, onceIn: followEverySeconds }
  if (kind === 'monitoring.scan-requested' && !data.runNow) return job('monitoring.scan', 'scanId')
  // What two persons released is in force from the moment it is.
  if (kind === 'rulebook.parameter-released' || kind === 'rulebook.indicator-released')
    return job('rulebook.refresh', 'proposalId')
  // Deadlines are counted by a year from the moment it is entered.
  if (kind === 'rulebook.year-entered') return { queue: 'rulebook.refresh', data: { year: data.year } }
  return undefined
}

/** Work in the background, until stopped: what is under way is finished first. */
export interface Background {
  stop(): Promise<void>
}

const recover = async (services: Services): Promise<readonly string[]> =>
  inScope(services.database, everywhere, async (tx) => {
    await failInterrupted(tx, services.clock)
    return (await listUnfinishedFeeds(tx)).map(({ id }) => id)
  })

/**
 * Starts the relay, the workers, the look for overdue alerts and, at the time of day `scanAt`, the scan of the night; takes up
 * what a kill interrupted.
 */
export const startBackground = async (
  services: Services,
  appUrl: string,
  log: Log,
  scanAt?: string,
): Promise<Background> => {
  const onError = (error: unknown) => log.error(describeError(error), 'background work failed')
  const jobs = await openJobs(appUrl, onError)
  for (const feedId of await recover(services)) await jobs.send('exchange.read-feed', { feedId })
  await jobs.serve<{ feedId: string }>('exchange.read-feed', async ({ feedId }, signal) => {
    const status = await readFeed(services.intake, feedId, { signal }).catch((error) => {
      // A job that runs twice finds the file read already.
      if (error instanceof Refusal && error.code === 'exchange.wrong-state') return 'known'
      // Another process, such as a command line, is at it, or a person decides about it at this moment.
      if (error instanceof Refusal && error.code === 'exchange.busy') return 'busy'
      throw error
    })
    log.info({ feedId, status }, 'feed read')
  })
  await jobs.serve<{ scanId: string }>('monitoring.scan', async ({ scanId }, signal) => {
    await services.rulebook.refresh(services.database, services.clock)
    // One scan runs one pack, whatever is released meanwhile.
    await runScan({ ...services.scan }, scanId, { signal }).catch((error) => {
      // A job that runs twice finds the run ended already.
      if (!(error instanceof Refusal && error.code === 'monitoring.scan-over')) throw error
    })
    log.info({ runId: scanId }, 'scan done')
  })
  await jobs.serve('monitoring.follow-files', async () => {
    await services.rulebook.refresh(services.database, services.clock)
    const rows = await followFiles({ ...services.scan })
    log.info({ rows }, 'files followed')
  })
  await jobs.serve('monitoring.night', async () => {
    // One that somebody asked for runs over everybody just as well.
    const id = await inScope(services.database, everywhere, (tx) =>
      insertScan(tx, services.clock, services.scan.regionCode, null),
    )
    log.info({ runId: id }, 'scan of the night asked for')
  })
  await jobs.daily('monitoring.night', scanAt)
  await jobs.serve<{ proposalId?: string; year?: number }>('rulebook.refresh', async (reason) => {
    await services.rulebook.refresh(services.database, services.clock)
    log.info(reason, 'rulebook read again')
  })
  const escalate = () =>
    inScope(services.database, everywhere, async (tx) => {
      await escalateOverdue(tx, services.clock, services.days)
      // A command line that was killed while we run leaves its scan open: nobody should wait for it.
      await failAbandoned(tx, services.clock)
    }).catch(onError)
  await escalate()
  // A command line that was killed while we run leaves its file unread; whoever still reads one keeps it.
  const takeUp = async () => {
    const unread = await inScope(services.database, everywhere, listUnfinishedFeeds)
    for (const { id } of unread) await jobs.send('exchange.read-feed', { feedId: id }, { key: id })
  }
  const timer = setInterval(() => void escalate().then(takeUp).catch(onError), escalateEveryMs)
  const relay = startRelay(services.database, jobs, routing, onError)
  return {
    stop: async () => {
      clearInterval(timer)
      await relay.stop()
      await jobs.stop()
    },
  }
}
