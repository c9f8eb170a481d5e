import { z } from 'zod'

/** How far a reading is kept for good, as `feeds.reading` holds it: after a kill it goes on from there. */
const checkpoint = z.object({
  /** What the rows were read by: another program or other layouts might read them otherwise. */
  readBy: z.string(),
  kind: z.string(),
  /** Whole parts in the lake. */
  parts: z.int(),
  /** Data rows of the file that the parts and what is kept beside them stand for. */
  received: z.int(),
  /** Number of the last row kept. */
  lastRowNo: z.int(),
  /** Rejects kept up to there. */
  rejects: z.int(),
  registeredDead: z.int(),
})

export type Checkpoint = z.infer<typeof checkpoint>

/** The checkpoint on record; undefined where there is none, or one that is not understood. */
export const checkpointOf = (kept: unknown): Checkpoint | undefined => checkpoint.safeParse(kept).data
