import { z } from 'zod'
import { defineRoute } from '#access'

/** A person raises an alert: after a visit or a call, or a higher level sends it down and follows it. */
export const raiseAlert = defineRoute({
  method: 'POST',
  path: '/api/v1/monitoring/alerts',
  permission: 'alert.raise',
  summary: { zh: '人工上报预警', en: 'Raise an alert' },
  body: z.strictObject({
    subject: z.union([z.strictObject({ householdId: z.uuid() }), z.strictObject({ leadId: z.uuid() })]),
    origin: z.enum(['visit', 'call', 'superior']),
    grade: z.enum(['red', 'orange', 'yellow']),
    route: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
    summary: z.string().trim().min(4).max(200),
  }),
  reply: z.object({ id: z.string(), number: z.number() }),
})
