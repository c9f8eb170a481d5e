import type { Database } from '#store/server'
import type { Progress } from '../parse/parsed-file.ts'
import { inPart } from './feed-lock.queries.server.ts'
import { recordProgress } from './progress.queries.server.ts'

const tellEveryMs = 250

interface Telling {
  readonly onProgress: (progress: Progress) => void
  /** Ends the telling; what was under way is finished. */
  readonly stop: () => Promise<void>
}

/** Records four times a second how far a reading is, and calls `onCancel` once somebody asked for it to stop. */
export const tellProgress = (database: Database, feedId: string, onCancel: () => void): Telling => {
  const startedMs = performance.now()
  let latest: Progress | undefined
  let underWay: Promise<void> | undefined
  const tell = async (): Promise<void> => {
    const told = latest && { ...latest, elapsedMs: Math.round(performance.now() - startedMs) }
    try {
      if (await inPart(database, (tx) => recordProgress(tx, feedId, told))) onCancel()
    } catch {
      // Told again in a moment. A record that is gone for good fails the reading itself.
    } finally {
      underWay = undefined
    }
  }
  const timer = setInterval(() => {
    underWay ??= tell()
  }, tellEveryMs)
  return {
    onProgress: (progress) => {
      latest = progress
    },
    stop: async () => {
      clearInterval(timer)
      await underWay
    },
  }
}
