import { z } from 'zod'
import { defineRoute } from '#access'
import { parseDate } from '#base'

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
  /** Working days left; negative when overdue; null while awaiting the calendar, and when no longer open. */
  workdaysLeft: z.number().nullable(),
  status: z.enum(['open', 'done', 'withdrawn']),
  openedAt: z.string(),
  outcome: z.string().nullable(),
  version: z.number(),
})

/** The day by which open tasks are ordered, then the task. */
const taskCursor = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .refine((text) => parseDate(text.slice(0, 10)) !== undefined || text.startsWith('0001-01-01_'))

export const listTasks = defineRoute({
  method: 'GET',
  path: '/api/v1/monitoring/tasks',
  permission: 'task.work',
  summary: { zh: '处置后续任务', en: 'Tasks that follow from disposals' },
  query: z.object({
    status: z.enum(['open', 'done']).default('open'),
    holder: z.enum(['mine', 'any']).default('mine'),
    /** One task, in whatever state and whoever holds it. */
    id: z.uuid().optional(),
    /** `next` of the page before. */
    after: taskCursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  reply: z.object({
    rows: z.array(task),
    next: z.string().nullable(),
    /** How many there are on all pages. */
    total: z.number(),
  }),
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
