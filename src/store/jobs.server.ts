import { type Job, PgBoss } from 'pg-boss'

/** Work handed over after commit. Handlers may run twice for the same job. */
export interface Jobs {
  /** Hands a job over. `key` only names what it is about: a second one with the same key is done too. */
  send(
    queue: string,
    data: object,
    options?: { readonly key?: string; readonly retries?: number },
  ): Promise<void>
  /** Hands over at most one job in so many seconds: what is asked for meanwhile is done once more, when they are over. */
  sendOnce(queue: string, seconds: number): Promise<void>
  /** Hands a job over each day at this time of day (`01:30`) in China, or, without a time, no more. */
  daily(queue: string, at: string | undefined): Promise<void>
  /** Serves a queue, one job at a time. */
  serve<T extends object>(
    queue: string,
    handler: (data: T, signal: AbortSignal) => Promise<void>,
  ): Promise<void>
  /** Stops taking jobs and waits for those under way. */
  stop(): Promise<void>
}

/** Opens the job queue over the application's connection; the tables were made by `migrate`. */
export const openJobs = async (appUrl: string, onError: (error: Error) => void): Promise<Jobs> => {
  const boss = new PgBoss({
    connectionString: appUrl,
    migrate: false,
    createSchema: false,
    schedule: true,
    max: 3,
  })
  boss.on('error', onError)
  await boss.start()
  return {
    send: async (queue, data, { key, retries = 2 } = {}) => {
      await boss.send(queue, data, {
        ...(key ? { singletonKey: key } : {}),
        retryLimit: retries,
        expireInSeconds: 3600,
      })
    },
    sendOnce: async (queue, seconds) => {
      await boss.sendDebounced(queue, {}, { retryLimit: 2, expireInSeconds: 3600 }, seconds)
    },
    daily: async (queue, at) => {
      const [hours, minutes] = at?.split(':').map(Number) ?? []
      if (at === undefined) await boss.unschedule(queue)
      else await boss.schedule(queue, `${minutes} ${hours} * * *`, null, { tz: 'Asia/Shanghai' })
    },
    serve: async <T extends object>(
      queue: string,
      handler: (data: T, signal: AbortSignal) => Promise<void>,
    ) => {
      await boss.work<T>(queue, { batchSize: 1, pollingIntervalSeconds: 0.5 }, async (jobs: Job<T>[]) => {
        for (const job of jobs) await handler(job.data, job.signal)
      })
    },
    stop: () => boss.stop({ graceful: true, timeout: 30_000 }),
  }
}
