import { z } from 'zod'
import { defineRoute } from '#access'
import { reasonText } from '../people/contract.ts'

export const leadStatuses = ['open', 'registered', 'dismissed', 'withdrawn'] as const

/** Why a lead is set aside. */
export const dismissReasons = [
  'not-in-need',
  'helped-elsewhere',
  'moved-away',
  'died',
  'wrong-data',
  'other',
] as const

const leadLine = z.object({
  id: z.string(),
  /** Masked in lists. */
  name: z.string().nullable(),
  birthDate: z.string().nullable(),
  age: z.number().nullable(),
  number: z.string().nullable(),
  place: z.string(),
  feedKinds: z.array(z.string()),
  firstSeenAt: z.string(),
  status: z.enum(leadStatuses),
})

export type LeadLine = z.infer<typeof leadLine>

/** What a list of leads may be narrowed by. */
export const leadFilters = z.object({
  /** Those that somebody already dealt with, instead of the open ones. */
  closed: z.stringbool().default(false),
  kind: z
    .string()
    .regex(/^[a-z-]{2,30}$/)
    .optional(),
  /** Only this place and what lies in it. */
  region: z
    .string()
    .regex(/^[1-9]\d{11}$/)
    .optional(),
})

export const listLeadsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/registry/leads',
  permission: 'household.read',
  summary: { zh: '线索列表', en: 'Leads' },
  query: leadFilters.extend({ cursor: z.uuid().optional() }),
  reply: z.object({ items: z.array(leadLine), next: z.string().nullable() }),
})

const leadFile = leadLine.extend({
  /** Where it first came from. */
  firstFeed: z.object({ id: z.string(), kind: z.string().nullable(), period: z.string().nullable() }),
  version: z.number(),
})

export type LeadFile = z.infer<typeof leadFile>

const one = z.object({ id: z.uuid() })

export const readLead = defineRoute({
  method: 'GET',
  path: '/api/v1/registry/leads/:id',
  permission: 'household.read',
  summary: { zh: '线索档案', en: 'The file of a lead' },
  params: one,
  reply: leadFile,
  audited: true,
})

export const revealLeadNumber = defineRoute({
  keepsNoAnswer: true,
  method: 'POST',
  path: '/api/v1/registry/leads/:id/number',
  permission: 'person.reveal',
  summary: { zh: '查看线索的完整公民身份号码（记入审计）', en: 'Show the whole number of a lead (audited)' },
  params: one,
  body: z.object({ reason: reasonText }),
  reply: z.object({ number: z.string() }),
})

export const dismissLead = defineRoute({
  method: 'POST',
  path: '/api/v1/registry/leads/:id/dismiss',
  permission: 'adjudication.decide',
  summary: { zh: '排除线索并说明原因', en: 'Set a lead aside, with the reason' },
  params: one,
  body: z.object({
    reason: z.enum(dismissReasons),
    note: z.string().trim().max(200).default(''),
  }),
  reply: z.object({ status: z.enum(leadStatuses), version: z.number() }),
  versioned: true,
})
