import { z } from 'zod'
import { defineRoute } from '#access'
import { parseDate } from '#base'
import { alertStatuses, resultLabels } from '../states.ts'

const id = z.uuid()
const grade = z.enum(['red', 'orange', 'yellow'])
const office = z.object({ id: z.string(), name: z.string() }).nullable()

export const alertFilters = z.object({
  status: z.enum(['open', 'all', ...alertStatuses]).default('open'),
  grade: grade.optional(),
  indicator: z.string().max(60).optional(),
  region: z
    .string()
    .regex(/^[1-9]\d{11}$/)
    .optional(),
  holder: z.enum(['mine', 'any']).default('any'),
  due: z.enum(['overdue', 'today', 'awaiting']).optional(),
  origin: z.enum(['scan', 'visit', 'call', 'superior']).optional(),
  number: z.coerce.number().int().positive().optional(),
  household: z.uuid().optional(),
  lead: z.uuid().optional(),
  /** What the reader's office has to do: send on what came new, or verify what it was given. */
  todo: z.enum(['send', 'verify']).optional(),
  /** Raised by a person of the reader's office, whoever holds it now. */
  raised: z.literal('mine').optional(),
  /** Only those of which no more is known than the region itself, so that no place below it counts them. */
  unplaced: z.literal('1').optional(),
})

export type AlertFilters = z.infer<typeof alertFilters>

/** How old the newest data of a kind of file are; the age in days counts from the end of their period. */
const feedAge = z.object({
  feed: z.string(),
  period: z.string().nullable(),
  days: z.number().nullable(),
  /** The age from which they count as stale. */
  staleDays: z.number(),
  stale: z.boolean(),
})

export type FeedAge = z.infer<typeof feedAge>

export const alertRow = z.object({
  id: z.string(),
  number: z.number(),
  grade,
  indicator: z.string(),
  indicatorName: z.string(),
  /** Department in charge of the indicator. */
  ownerName: z.string(),
  /** The kinds of file the indicator reads, each with the age of its data; none where a person raised it. */
  sources: z.array(feedAge),
  subjectKind: z.enum(['household', 'lead']),
  householdId: z.string().nullable(),
  leadId: z.string().nullable(),
  /** Household number, or the lead's masked name. */
  subject: z.string(),
  /** Masked name of the household's head or of the lead. */
  maskedName: z.string(),
  region: z.object({ code: z.string(), name: z.string() }),
  summary: z.string(),
  status: z.enum(alertStatuses),
  raisedOn: z.string(),
  dueOn: z.string().nullable(),
  awaitingCalendar: z.boolean(),
  /** Working days left; negative when overdue; null while awaiting the calendar. */
  workdaysLeft: z.number().nullable(),
  holder: office,
  /** How often it was found again with other evidence. */
  repeats: z.number(),
  escalation: z.number(),
  sourceWithdrawn: z.boolean(),
  version: z.number(),
})

export type AlertRow = z.infer<typeof alertRow>

const cursor = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .refine((text) => parseDate(text.slice(0, 10)) !== undefined || text.startsWith('0001-01-01_'))

export const listAlerts = defineRoute({
  method: 'GET',
  path: '/api/v1/monitoring/alerts',
  permission: 'alert.read',
  summary: { zh: '预警台：按条件列出预警', en: 'Alert desk: alerts by filter' },
  query: alertFilters.extend({
    /** `next` of the page before. */
    after: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  reply: z.object({
    rows: z.array(alertRow),
    next: z.string().nullable(),
    /** Feed kinds whose data are older than their indicator allows. */
    stale: z.array(feedAge),
  }),
})

export const countAlerts = defineRoute({
  method: 'GET',
  path: '/api/v1/monitoring/alert-counts',
  permission: 'alert.read',
  summary: { zh: '各地、各等级的预警数', en: 'Alerts by place and grade' },
  query: alertFilters,
  reply: z.object({
    total: z.number(),
    overdue: z.number(),
    dueToday: z.number(),
    byGrade: z.object({ red: z.number(), orange: z.number(), yellow: z.number() }),
    byIndicator: z.array(z.object({ indicator: z.string(), name: z.string(), count: z.number() })),
    /** Those of the filter `unplaced`: known to lie in the filter's region and in no place below it. */
    unplaced: z.number().optional(),
    /** The places one level below the filter's region, and those of a zone's further area. */
    byRegion: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        red: z.number(),
        orange: z.number(),
        yellow: z.number(),
        overdue: z.number(),
      }),
    ),
  }),
})

const step = z.object({
  id: z.string(),
  step: z.string(),
  at: z.string(),
  actor: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  route: z.number().nullable(),
  result: z.string().nullable(),
  note: z.string().nullable(),
})

/** One condition of the reasoning, as a plain statement with what it rests on. */
const condition = z.object({
  sentence: z.string(),
  /** Whether it speaks for the alert. */
  result: z.enum(['true', 'false', 'unknown']),
  expression: z.string(),
  values: z.array(
    z.object({
      label: z.string(),
      value: z.string(),
      source: z.string().nullable(),
      date: z.string().nullable(),
    }),
  ),
  parameters: z.array(
    z.object({ name: z.string(), value: z.string(), version: z.string(), article: z.string() }),
  ),
})

export type Condition = z.infer<typeof condition>

export const readAlert = defineRoute({
  method: 'GET',
  path: '/api/v1/monitoring/alerts/:id',
  permission: 'alert.read',
  summary: { zh: '预警详情：为什么、经过、凭据', en: 'One alert: why, history, evidence' },
  params: z.object({ id }),
  audited: true,
  reply: alertRow.extend({
    period: z.string(),
    origin: z.string(),
    route: z.number(),
    owner: z.string(),
    article: z.string(),
    conditions: z.array(condition),
    /** Why what is computed from the kept facts is not what was raised; null where it is the same. */
    doubt: z.enum(['differs', 'facts-broken', 'pack-lost', 'pack-broken']).nullable(),
    evidenceRows: z.array(
      z.object({
        feedId: z.string(),
        feed: z.string(),
        fileName: z.string(),
        row: z.number(),
        period: z.string().nullable(),
        receivedAt: z.string(),
      }),
    ),
    steps: z.array(step),
    evidence: z.array(
      z.object({
        id: z.string(),
        fileName: z.string(),
        mediaType: z.string(),
        sizeBytes: z.number(),
        addedBy: z.string(),
        addedAt: z.string(),
      }),
    ),
    tasks: z.array(
      z.object({
        id: z.string(),
        kind: z.string(),
        status: z.string(),
        dueOn: z.string().nullable(),
        workdaysLeft: z.number().nullable(),
        holder: office,
      }),
    ),
    result: z.enum(resultLabels).nullable(),
    may: z.object({ dispatch: z.boolean(), take: z.boolean(), dispose: z.boolean() }),
  }),
})

/** The alert that comes after this one in the same filters: for the "next" key. */
export const nextAlert = defineRoute({
  method: 'GET',
  path: '/api/v1/monitoring/alerts/:id/next',
  permission: 'alert.read',
  summary: { zh: '同一条件下的下一条', en: 'The next alert in the same filters' },
  params: z.object({ id }),
  query: alertFilters,
  reply: z.object({ id: z.string().nullable() }),
})
