import { z } from 'zod'
import { defineRoute } from '#access'
import { resultLabels } from '../states.ts'

const params = z.object({ id: z.uuid() })
const changed = z.object({ version: z.number() })

export const takeAlert = defineRoute({
  method: 'POST',
  path: '/api/v1/monitoring/alerts/:id/take',
  permission: 'alert.dispose',
  summary: { zh: '接收预警，开始核实', en: 'Take an alert and start verifying' },
  params,
  versioned: true,
  body: z.strictObject({}),
  reply: changed,
})

export const addEvidence = defineRoute({
  method: 'POST',
  path: '/api/v1/monitoring/alerts/:id/evidence',
  permission: 'alert.dispose',
  summary: { zh: '上传核实凭据', en: 'Add an evidence file' },
  params,
  body: z.object({}),
  uploadMiB: 10,
  reply: z.object({ id: z.string() }),
})

export const readEvidence = defineRoute({
  method: 'GET',
  path: '/api/v1/monitoring/evidence/:id',
  permission: 'alert.read',
  summary: { zh: '下载核实凭据', en: 'Download an evidence file' },
  params,
  audited: true,
  reply: 'file',
})

/** Disposes of one alert: verified on its own, with result, reason and at least one evidence file (S0 2.4). */
export const disposeAlert = defineRoute({
  method: 'POST',
  path: '/api/v1/monitoring/alerts/:id/dispose',
  permission: 'alert.dispose',
  summary: { zh: '处置预警', en: 'Dispose of an alert' },
  params,
  versioned: true,
  body: z.strictObject({
    route: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
    result: z.enum(resultLabels),
    reason: z.string().trim().min(4).max(2000),
  }),
  reply: changed.extend({ taskId: z.string().nullable() }),
})
