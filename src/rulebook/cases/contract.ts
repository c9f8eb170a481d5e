import { z } from 'zod'
import { defineRoute } from '#access'

const text = z.object({ zh: z.string(), en: z.string() })

const answer = z.object({
  /** `dibao`, `members[2].counted` … */
  path: z.string(),
  /** What the rule at the path is called. */
  label: text,
  /** Whether a number of the answer is fen. */
  isMoney: z.boolean(),
  expected: z.string(),
  actual: z.string(),
  passed: z.boolean(),
})

const caseView = z.object({
  id: z.string(),
  name: z.string(),
  on: z.string().nullable(),
  passed: z.boolean(),
  answers: z.array(answer),
  /** Why other readings are lawful. */
  disputed: z.string().nullable(),
  /** The programmes and indicators it speaks of. */
  about: z.array(z.string()),
})
export type CaseView = z.infer<typeof caseView>

/** Runs the cases of a pack in force, on the server and now. */
export const readCases = defineRoute({
  method: 'GET',
  path: '/api/v1/rulebook/cases',
  permission: 'policy.read',
  summary: { zh: '政策用例', en: 'Policy cases' },
  query: z.object({ pack: z.string().max(80).optional() }),
  reply: z.object({
    pack: z.string(),
    packs: z.array(z.object({ id: z.string(), title: text })),
    /** What cases can be filtered by. */
    subjects: z.array(z.object({ id: z.string(), name: text })),
    passed: z.number().int(),
    failed: z.number().int(),
    cases: z.array(caseView),
  }),
})
