import { z } from 'zod'
import { defineRoute } from '#access'
import { counterNames } from './counters.ts'

/** The numbers of the first page. Each counts what the desk lists by its filters. */
export const readTodo = defineRoute({
  method: 'GET',
  path: '/api/v1/monitoring/todo',
  permission: 'alert.read',
  summary: { zh: '待办首页的数量', en: 'The numbers of the first page' },
  reply: z.object({
    counters: z.array(
      z.object({
        name: z.enum(counterNames),
        /** The filters as the desk's address has them, without the question mark. */
        filters: z.string(),
        count: z.number(),
      }),
    ),
    /** Open tasks of the reader's office; null where the role works on none. */
    tasks: z.number().nullable(),
  }),
})
