import { z } from 'zod'
import { defineRoute } from '#access'
import { reasonSchema } from './candidate.ts'

const agreement = z.enum(['same', 'similar', 'different', 'missing'])
const field = z.enum(['name', 'number', 'birthDate', 'sex', 'place'])

const caseLine = z.object({
  id: z.string(),
  feedKind: z.string(),
  role: z.string(),
  /** Masked. */
  name: z.string().nullable(),
  place: z.string(),
  candidates: z.number(),
  /** The best candidate's probability in per cent; null where the number agrees and the name does not. */
  bestScore: z.number().nullable(),
  status: z.enum(['open', 'same', 'none', 'withdrawn']),
  createdAt: z.string(),
  decidedAt: z.string().nullable(),
  decidedBy: z.string().nullable(),
})

export type CaseLine = z.infer<typeof caseLine>

export const listAdjudications = defineRoute({
  method: 'GET',
  path: '/api/v1/registry/adjudications',
  permission: 'adjudication.read',
  summary: { zh: '人工甄别队列', en: 'Rows waiting for adjudication' },
  query: z.object({
    decided: z.stringbool().default(false),
    kind: z
      .string()
      .regex(/^[a-z-]{2,30}$/)
      .optional(),
    cursor: z.uuid().optional(),
  }),
  reply: z.object({ items: z.array(caseLine), next: z.string().nullable() }),
})

/** Names in full, since a decision is about their characters; numbers masked, with how far they agree. */
const shownIdentity = z.object({
  name: z.string().nullable(),
  number: z.string().nullable(),
  birthDate: z.string().nullable(),
  sex: z.string().nullable(),
  place: z.string().nullable(),
})

const candidateView = z.object({
  personId: z.string(),
  /** False: registered outside the reader's area; nothing else of it is told. */
  visible: z.boolean(),
  household: z.object({ id: z.string(), number: z.string() }).nullable(),
  relation: z.string().nullable(),
  score: z.number().nullable(),
  reasons: z.array(reasonSchema),
  vetoes: z.array(z.string()),
  identity: shownIdentity.nullable(),
  agreement: z.record(field, agreement).nullable(),
})

export type CandidateView = z.infer<typeof candidateView>

const caseFile = z.object({
  id: z.string(),
  status: z.enum(['open', 'same', 'none', 'withdrawn']),
  feed: z.object({
    id: z.string(),
    kind: z.string(),
    period: z.string().nullable(),
    fileName: z.string().nullable(),
    row: z.number(),
    role: z.string(),
  }),
  row: shownIdentity,
  candidates: z.array(candidateView),
  personId: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  mayUndo: z.boolean(),
  /** The next open case of the queue. */
  nextId: z.string().nullable(),
  version: z.number(),
})

export type CaseFile = z.infer<typeof caseFile>

const one = z.object({ id: z.uuid() })
const changed = z.object({ status: z.enum(['open', 'same', 'none', 'withdrawn']), version: z.number() })

export const readAdjudication = defineRoute({
  method: 'GET',
  path: '/api/v1/registry/adjudications/:id',
  permission: 'adjudication.read',
  summary: { zh: '人工甄别详情', en: 'One row beside its candidates' },
  params: one,
  reply: caseFile,
  audited: true,
})

export const decideAdjudication = defineRoute({
  method: 'POST',
  path: '/api/v1/registry/adjudications/:id/decide',
  permission: 'adjudication.decide',
  summary: { zh: '作出甄别结论', en: 'Decide who the row is' },
  params: one,
  body: z.discriminatedUnion('verdict', [
    z.object({ verdict: z.literal('same'), personId: z.uuid() }),
    z.object({ verdict: z.literal('none') }),
  ]),
  reply: changed,
  versioned: true,
})

export const reopenAdjudication = defineRoute({
  method: 'POST',
  path: '/api/v1/registry/adjudications/:id/reopen',
  permission: 'adjudication.decide',
  summary: { zh: '撤销甄别结论（未用于监测比对前）', en: 'Undo a decision that no scan has used' },
  params: one,
  body: z.object({}),
  reply: changed,
  versioned: true,
})
