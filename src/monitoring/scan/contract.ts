import { z } from 'zod'
import { defineRoute } from '#access'

const scan = z.object({
  id: z.string(),
  status: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  businessDate: z.string(),
  requestedAt: z.string(),
  requestedBy: z.string().nullable(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  progress: z.object({ stage: z.string(), done: z.number(), total: z.number() }).nullable(),
  figures: z.record(z.string(), z.unknown()).nullable(),
  failure: z.string().nullable(),
})

export type ScanRow = z.infer<typeof scan>

export const listScans = defineRoute({
  method: 'GET',
  path: '/api/v1/monitoring/scans',
  permission: 'scan.read',
  summary: { zh: '监测比对运行记录', en: 'Runs of the scan' },
  query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
  reply: z.object({ rows: z.array(scan) }),
})

export const readScan = defineRoute({
  method: 'GET',
  path: '/api/v1/monitoring/scans/:id',
  permission: 'scan.read',
  summary: { zh: '一次监测比对', en: 'One run' },
  params: z.object({ id: z.uuid() }),
  reply: scan,
})

export const requestScan = defineRoute({
  method: 'POST',
  path: '/api/v1/monitoring/scans',
  permission: 'scan.run',
  summary: { zh: '开始一次监测比对', en: 'Start a scan' },
  body: z.strictObject({}),
  reply: z.object({ id: z.string() }),
})
