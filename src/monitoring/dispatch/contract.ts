import { z } from 'zod'
import { defineRoute } from '#access'

/** Why an alert stays where it is. */
const leftReason = z.enum(['closed', 'not-holder', 'no-office', 'already-there'])
export type LeftReason = z.infer<typeof leftReason>
const left = z.array(z.object({ id: z.string(), number: z.number(), reason: leftReason }))

const ids = z.array(z.uuid()).min(1).max(200)

export const listOffices = defineRoute({
  method: 'GET',
  path: '/api/v1/monitoring/offices',
  permission: 'alert.dispatch',
  summary: { zh: '可以分派到的单位', en: 'Offices an alert can be sent to' },
  reply: z.object({
    offices: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        kind: z.string(),
        regionCode: z.string(),
        department: z.string().nullable(),
      }),
    ),
  }),
})

const target = z.union([
  z.strictObject({ kind: z.literal('township') }),
  z.strictObject({ kind: z.literal('village') }),
  z.strictObject({ kind: z.literal('department') }),
  z.strictObject({ kind: z.literal('office'), id: z.uuid() }),
])

/** What a batch dispatch would do, without doing it. */
export const previewDispatch = defineRoute({
  method: 'POST',
  path: '/api/v1/monitoring/dispatch-previews',
  permission: 'alert.dispatch',
  summary: { zh: '分派预览', en: 'Preview of a dispatch' },
  body: z.strictObject({ ids, to: target }),
  reply: z.object({
    groups: z.array(z.object({ office: z.object({ id: z.string(), name: z.string() }), count: z.number() })),
    left,
  }),
})

/** Sends alerts on; those that cannot be sent are named and left as they are. */
export const dispatchAlerts = defineRoute({
  method: 'POST',
  path: '/api/v1/monitoring/dispatches',
  permission: 'alert.dispatch',
  summary: { zh: '分派预警', en: 'Dispatch alerts' },
  body: z.strictObject({ ids, to: target, note: z.string().trim().max(500).optional() }),
  reply: z.object({
    dispatched: z.number(),
    left,
  }),
})

export type DispatchTarget = z.infer<typeof target>
