import { z } from 'zod'

/** How far a reading was when it last told, as `feeds.progress` keeps it. */
const toldProgress = z.object({
  bytes: z.number(),
  bytesTotal: z.number(),
  received: z.number(),
  accepted: z.number(),
  rejected: z.number(),
  elapsedMs: z.number(),
})

export type ToldProgress = z.infer<typeof toldProgress>

/** How far a reading is, as people read it. */
interface ProgressFigures {
  readonly received: number
  readonly accepted: number
  readonly rejected: number
  /** Of the file's bytes, rounded down; 100 when only the writing is left. */
  readonly percent: number
  readonly rowsPerSecond: number
  /** Undefined while too little was read to tell. */
  readonly secondsLeft: number | undefined
}

const tellableMs = 1000

/** The figures of what was told; undefined where nothing was, or where it is not understood. */
export const progressFigures = (told: unknown): ProgressFigures | undefined => {
  const parsed = toldProgress.safeParse(told)
  if (!parsed.success) return undefined
  const { bytes, bytesTotal, received, accepted, rejected, elapsedMs } = parsed.data
  const isTellable = elapsedMs >= tellableMs && bytes > 0
  const leftMs = isTellable ? (elapsedMs * Math.max(0, bytesTotal - bytes)) / bytes : undefined
  return {
    received,
    accepted,
    rejected,
    percent: bytesTotal > 0 ? Math.min(100, Math.floor((100 * bytes) / bytesTotal)) : 0,
    rowsPerSecond: elapsedMs > 0 ? Math.round((1000 * received) / elapsedMs) : 0,
    secondsLeft: leftMs === undefined ? undefined : Math.ceil(leftMs / 1000),
  }
}
