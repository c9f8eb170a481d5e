import { z } from 'zod'
import { defineRoute } from '#access'

const task = z.object({
  id: z.string(),
  kind: z.string(),
  alertId: z.string().nullable(),
  householdId: z.string().nullable(),
  leadId: z.string().nullable(),
  subject: z.string(),
  region: z.object({ code: z.string(), name: z.string() }),
  holder: z.object({ id: z.string(), name: z.string() }).nullable(),
  dueOn: z.string().nullable(),
  status: z.enum(['open', 'done', 'withdrawn']),
  openedAt: z.string(),
  outcome: z.string().nullable(),
  version: z.number(),
})

export const listTasks = defineRoute({
  method: 'GET',
  path: '/api/v1/monitoring/tasks',
  permission: 'task.work',
  summary: { zh: '处置后续任务', en: 'Tasks that follow from disposals' },
  query: z.object({
    status: z.enum(['open', 'done']).default('open'),
    holder: z.enum(['mine', 'any']).default('mine'),
  }),
  reply: z.object({ rows: z.array(task) }),
})

export const finishTask = defineRoute({
  method: 'POST',
  path: '/api/v1/monitoring/tasks/:id/finish',
  permission: 'task.work',
  summary: { zh: '办结任务', en: 'Finish a task' },
  params: z.object({ id: z.uuid() }),
  versioned: true,
  body: z.strictObject({ outcome: z.string().trim().min(4).max(2000) }),
  reply: z.object({ version: z.number() }),
})
