import { z } from 'zod'
import { defineRoute } from '../routes/route.ts'

const page = z.string().regex(/^[a-z-]{1,40}$/)

export const listViews = defineRoute({
  method: 'GET',
  path: '/api/v1/access/views',
  permission: 'signed-in',
  summary: { zh: '我保存的筛选', en: 'My saved views' },
  query: z.object({ page }),
  reply: z.object({ views: z.array(z.object({ id: z.string(), name: z.string(), query: z.string() })) }),
})

export const saveView = defineRoute({
  method: 'POST',
  path: '/api/v1/access/views',
  permission: 'signed-in',
  summary: { zh: '保存筛选', en: 'Save a view' },
  body: z.strictObject({ page, name: z.string().trim().min(1).max(40), query: z.string().max(2000) }),
  reply: z.object({ id: z.string() }),
})

export const deleteView = defineRoute({
  method: 'DELETE',
  path: '/api/v1/access/views/:id',
  permission: 'signed-in',
  summary: { zh: '删除保存的筛选', en: 'Delete a saved view' },
  params: z.object({ id: z.uuid() }),
  reply: z.object({ deleted: z.boolean() }),
})
