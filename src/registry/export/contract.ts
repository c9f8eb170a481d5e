import { z } from 'zod'
import { defineRoute } from '#access'
import { leadFilters } from '../leads/contract.ts'

/** Most rows of one exported list; what lies beyond needs a narrower search. */
export const mostExported = 10_000

/** The list of leads for a spreadsheet: the same filters, fields and masking. Who took what is audited. */
export const exportLeads = defineRoute({
  method: 'GET',
  path: '/api/v1/registry/lead-exports',
  permission: 'household.read',
  summary: { zh: '导出线索列表（CSV）', en: 'Export the list of leads (CSV)' },
  query: leadFilters.extend({
    /** A link cannot send the page's language as a header. */
    language: z.enum(['zh-CN', 'en']).optional(),
  }),
  reply: 'file',
})

/** The people found, for a spreadsheet. A number may be in the text, so it is a POST and answers with the file's text. */
export const exportPeople = defineRoute({
  keepsNoAnswer: true,
  method: 'POST',
  path: '/api/v1/registry/people/export',
  permission: 'person.search',
  summary: { zh: '导出查到的人员（CSV）', en: 'Export the people found (CSV)' },
  body: z.object({ text: z.string().max(60), anywhere: z.boolean().optional() }),
  reply: z.object({ fileName: z.string(), content: z.string() }),
})
