import { z } from 'zod'
import type { DecidedProgramme } from '#policy'

const outcome = z.union([
  z.object({ outcome: z.literal('known'), value: z.boolean() }),
  z.object({ outcome: z.literal('unknown'), missing: z.array(z.string()) }),
])
const amount = z.union([
  z.number(),
  z.boolean(),
  z.string(),
  z.null(),
  z.object({ outcome: z.literal('unknown'), missing: z.array(z.string()) }),
])

const keptOutcome = z.object({
  format: z.literal(1),
  programmes: z.array(
    z.object({
      programme: z.string(),
      entity: z.string(),
      place: z.string(),
      outcome,
      amount,
      per: z.enum(['month', 'year', 'once']).optional(),
    }),
  ),
})

/** An outcome as it was kept. */
export interface KeptOutcome {
  readonly programmes: readonly DecidedProgramme[]
}

/** Reads the bytes of a kept outcome. Throws for bytes that are none. */
export const readOutcome = (bytes: Buffer): KeptOutcome =>
  keptOutcome.parse(JSON.parse(bytes.toString('utf8')))
