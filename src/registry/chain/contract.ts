import { z } from 'zod'
import { defineRoute } from '#access'

const chainEntry = z.object({
  /** Order; pass the last one as `before` for older entries. */
  seq: z.number(),
  id: z.string(),
  at: z.string(),
  businessDate: z.string(),
  kind: z.string(),
  room: z.string(),
  text: z.object({ zh: z.string(), en: z.string() }),
  link: z.string().nullable(),
  /** Who did it; null for the platform itself. */
  by: z.string().nullable(),
})

export type ChainEntry = z.infer<typeof chainEntry>

const chainReply = z.object({
  /** Newest first. */
  entries: z.array(chainEntry),
  next: z.number().nullable(),
  /** Rooms whose entries the reader may see, for the filter. */
  rooms: z.array(z.string()),
})

export type ChainReply = z.infer<typeof chainReply>

const asked = {
  params: z.object({ id: z.uuid() }),
  query: z.object({
    before: z.coerce.number().int().positive().optional(),
    room: z
      .string()
      .regex(/^[a-z]{2,20}$/)
      .optional(),
  }),
  reply: chainReply,
} as const

export const readHouseholdChain = defineRoute({
  method: 'GET',
  path: '/api/v1/registry/households/:id/chain',
  permission: 'household.read',
  summary: { zh: '一户一条救助链', en: 'The assistance chain of a household' },
  ...asked,
})

export const readLeadChain = defineRoute({
  method: 'GET',
  path: '/api/v1/registry/leads/:id/chain',
  permission: 'household.read',
  summary: { zh: '线索的救助链', en: 'The assistance chain of a lead' },
  ...asked,
})
