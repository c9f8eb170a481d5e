import { z } from 'zod'
import { defineRoute } from '#access'

/** What waits behind the entries of the navigation, by page id; an entry the reader may not open is left out. */
export const readWaiting = defineRoute({
  method: 'GET',
  path: '/api/v1/app/waiting',
  permission: 'signed-in',
  summary: { zh: '各栏目的待办数量', en: 'What waits behind each entry of the navigation' },
  reply: z.object({ counts: z.record(z.string(), z.number()) }),
})
