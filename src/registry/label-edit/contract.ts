import { z } from 'zod'
import { defineRoute } from '#access'
import { groupTags, needs } from '../categories.ts'

const day = z.iso.date()

/** Needs are labels of the household, tags are labels of a member. */
export const addLabel = defineRoute({
  method: 'POST',
  path: '/api/v1/registry/households/:id/labels',
  permission: 'fact.record',
  summary: { zh: '为家庭或成员加标签', en: 'Put a label on a household or a member' },
  params: z.object({ id: z.uuid() }),
  body: z.object({
    /** The household itself (needs) or one of its members (tags). */
    subjectId: z.uuid(),
    label: z.enum([...needs, ...groupTags]),
    validFrom: day,
  }),
  reply: z.object({ id: z.string() }),
})

/** A label put by mistake ends on its first day: it held on no day, and the chain tells of it. */
export const endLabel = defineRoute({
  method: 'POST',
  path: '/api/v1/registry/labels/:id/end',
  permission: 'fact.record',
  summary: { zh: '结束一个标签并说明原因', en: 'End a label, with the reason' },
  params: z.object({ id: z.uuid() }),
  body: z.object({
    /** First day on which it no longer holds. */
    until: day,
    reason: z.string().trim().min(2).max(200),
  }),
  reply: z.object({ validUntil: z.string() }),
})
