import { z } from 'zod'
import { defineRoute } from '#access'
import { type FactKind, factKinds, provenances } from './catalogue.ts'

const day = z.iso.date()
const factKind = z.enum(factKinds as readonly [FactKind, ...FactKind[]])

export const factReply = z.object({
  id: z.string(),
  subjectKind: z.enum(['person', 'household']),
  subjectId: z.string(),
  kind: z.string(),
  /** Null means known to be absent. */
  value: z.json(),
  provenance: z.enum(provenances),
  validFrom: z.string(),
  validUntil: z.string().nullable(),
  recordedAt: z.string(),
  /** False while a second person has not checked it (待复核): shown, but used by no scan. */
  usable: z.boolean(),
  collector: z.string().nullable(),
  /** Recorded by the reader, who may not check it. */
  own: z.boolean(),
  checker: z.string().nullable(),
  /** The department file and row it came from. */
  feed: z
    .object({
      id: z.string(),
      kind: z.string().nullable(),
      period: z.string().nullable(),
      row: z.number().nullable(),
    })
    .nullable(),
})

export type FactView = z.infer<typeof factReply>

export const recordFact = defineRoute({
  method: 'POST',
  path: '/api/v1/registry/households/:id/facts',
  permission: 'fact.record',
  summary: { zh: '登记一条信息（待第二人复核）', en: 'Record a fact (a second person checks it)' },
  params: z.object({ id: z.uuid() }),
  body: z.object({
    /** The household itself or one of its members. */
    subjectId: z.uuid(),
    kind: factKind,
    value: z.json(),
    provenance: z.enum(provenances),
    validFrom: day,
    validUntil: day.optional(),
  }),
  reply: z.object({ id: z.string() }),
})

export const checkFact = defineRoute({
  method: 'POST',
  path: '/api/v1/registry/facts/:id/check',
  permission: 'fact.check',
  summary: { zh: '复核一条信息', en: 'Check a fact that another person recorded' },
  params: z.object({ id: z.uuid() }),
  body: z.discriminatedUnion('accepted', [
    z.object({ accepted: z.literal(true) }),
    z.object({ accepted: z.literal(false), reason: z.string().trim().min(2).max(200) }),
  ]),
  reply: z.object({ accepted: z.boolean(), completeness: z.number() }),
})

export const listFactsToCheck = defineRoute({
  method: 'GET',
  path: '/api/v1/registry/facts/to-check',
  permission: 'fact.check',
  summary: { zh: '待复核的信息', en: 'Facts waiting for a second person' },
  query: z.object({ cursor: z.uuid().optional() }),
  reply: z.object({
    items: z.array(
      factReply.extend({
        household: z.object({ id: z.string(), number: z.string(), place: z.string() }),
        /** Masked name of the member; null where the fact is the household's. */
        personName: z.string().nullable(),
      }),
    ),
    next: z.string().nullable(),
  }),
})
