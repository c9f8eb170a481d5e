import { z } from 'zod'
import { defineRoute } from '#access'
import { alertFilters } from '../alerts/contract.ts'

/** Most rows of one exported list: what a spreadsheet still opens without effort. */
export const mostExported = 50_000

/** The desk as a file for a spreadsheet: the same filters, order, fields and masking. Who took what is audited. */
export const exportAlerts = defineRoute({
  method: 'GET',
  path: '/api/v1/monitoring/alert-exports',
  permission: 'alert.read',
  summary: { zh: '导出预警列表（CSV）', en: 'Export the alert desk (CSV)' },
  query: alertFilters.extend({
    /** A link cannot send the page's language as a header. */
    language: z.enum(['zh-CN', 'en']).optional(),
  }),
  reply: 'file',
})
