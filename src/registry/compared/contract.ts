import { z } from 'zod'

/** What a department's file says of one person. */
export const statementView = z.object({
  id: z.string(),
  subjectId: z.string(),
  /** Kind of file. */
  feed: z.string(),
  /** By canonical field of the kind; what the row left open is missing. */
  says: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  validFrom: z.string(),
  /** First day it no longer holds. */
  validUntil: z.string().nullable(),
  /** Instant since which the platform knows. */
  knownFrom: z.string(),
  /** Instant since which it is no longer believed; null while it is. */
  knownUntil: z.string().nullable(),
  source: z.object({
    fileName: z.string().nullable(),
    period: z.string().nullable(),
    row: z.number(),
    receivedAt: z.string().nullable(),
    takenBack: z.boolean(),
  }),
})

export type StatementView = z.infer<typeof statementView>

/** Something that people told and departments contradict. */
export const contradictionView = z.object({
  subjectId: z.string(),
  /** The kind of fact that people told; `membership`: registered as a living member. */
  kind: z.string(),
  /** The statements that say otherwise. */
  statementIds: z.array(z.string()),
})

export type ContradictionView = z.infer<typeof contradictionView>
