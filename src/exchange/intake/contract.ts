import { z } from 'zod'
import { defineRoute } from '#access'
import { feedKinds } from '../feeds.ts'

const id = z.uuid()
const params = z.object({ id })
const kind = z.enum(feedKinds as [string, ...string[]])
const status = z.enum(['received', 'reading', 'quarantined', 'accepted', 'refused', 'taken-back'])
const note = z.object({ zh: z.string(), en: z.string() })

export const feedRow = z.object({
  id: z.string(),
  kind: kind.nullable(),
  kindName: note.nullable(),
  fileName: z.string(),
  region: z.object({ code: z.string(), name: z.string() }),
  period: z.string().nullable(),
  status,
  rowsIn: z.number(),
  rowsAccepted: z.number(),
  rowsRejected: z.number(),
  receivedAt: z.string(),
  receivedBy: z.string().nullable(),
  version: z.number(),
})

export type FeedRow = z.infer<typeof feedRow>

export const listFeeds = defineRoute({
  method: 'GET',
  path: '/api/v1/exchange/feeds',
  permission: 'feed.read',
  summary: { zh: '部门数据文件', en: 'Department files' },
  query: z.object({
    kind: kind.optional(),
    status: status.optional(),
    after: z.string().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  reply: z.object({
    rows: z.array(feedRow),
    next: z.string().nullable(),
    /** Each kind with its newest accepted period and whether its data are stale. */
    kinds: z.array(
      z.object({
        kind,
        name: note,
        sender: z.string(),
        newestPeriod: z.string().nullable(),
        staleDays: z.number(),
        ageDays: z.number().nullable(),
        stale: z.boolean(),
      }),
    ),
  }),
})

export const readFeedFile = defineRoute({
  method: 'GET',
  path: '/api/v1/exchange/feeds/:id',
  permission: 'feed.read',
  summary: { zh: '一份部门数据：经过、数量、问题', en: 'One department file: fate, counts, faults' },
  params,
  reply: feedRow.extend({
    sha256: z.string(),
    sizeBytes: z.number(),
    layoutId: z.string().nullable(),
    /** What the layout is called today; null where there is none of that id any more. */
    layoutTitle: z.object({ zh: z.string(), en: z.string() }).nullable(),
    /** 0 for a layout that ships with the platform; null until the file has been read. */
    layoutVersion: z.number().nullable(),
    /** How far the reading is; null when nobody reads, or it has just begun. */
    progress: z
      .object({
        received: z.number(),
        accepted: z.number(),
        rejected: z.number(),
        percent: z.number(),
        rowsPerSecond: z.number(),
        secondsLeft: z.number().nullable(),
        /** True when somebody has asked for the reading to stop. */
        isStopping: z.boolean(),
      })
      .nullable(),
    refusal: z.object({ code: z.string(), detail: z.string() }).nullable(),
    quarantine: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })),
    decision: z.object({ by: z.string().nullable(), at: z.string(), reason: z.string() }).nullable(),
    reasons: z.array(z.object({ reason: z.string(), text: note, count: z.number() })),
    /** Of the rejected rows, those whose person is set aside to be matched by name and birth date. */
    rowsSetAside: z.number(),
    may: z.object({
      release: z.boolean(),
      takeBack: z.boolean(),
      rejects: z.boolean(),
      cancel: z.boolean(),
    }),
  }),
})

export const listRejects = defineRoute({
  method: 'GET',
  path: '/api/v1/exchange/feeds/:id/rejects',
  permission: 'feed.read',
  summary: { zh: '不合格行', en: 'Rejected rows' },
  params,
  query: z.object({
    after: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({
    rows: z.array(
      z.object({
        seq: z.number(),
        sheet: z.string().nullable(),
        line: z.number(),
        column: z.string(),
        reason: z.string(),
        text: note,
        maskedValue: z.string(),
      }),
    ),
    next: z.number().nullable(),
  }),
})

/** The sheet that goes back to the sender: original cells, line, column and reason; mended, it is uploaded again. */
export const downloadRejects = defineRoute({
  method: 'GET',
  path: '/api/v1/exchange/feeds/:id/rejects.xlsx',
  permission: 'feed.upload',
  summary: { zh: '下载不合格行表', en: 'Download the reject sheet' },
  params,
  audited: true,
  reply: 'file',
})

export const uploadFeed = defineRoute({
  method: 'POST',
  path: '/api/v1/exchange/feeds',
  permission: 'feed.upload',
  summary: { zh: '上传部门数据文件', en: 'Upload a department file' },
  uploadMiB: 500,
  body: z.object({
    kind: kind.optional(),
    layoutId: z.string().max(80).optional(),
    period: z
      .string()
      .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
      .optional(),
    regionCode: z
      .string()
      .regex(/^\d{12}$/)
      .optional(),
  }),
  reply: z.object({ id: z.string(), known: z.boolean() }),
})

/** Asks for the reading to stop: within two seconds the file ends as refused, and nothing of it is kept. */
export const cancelFeed = defineRoute({
  method: 'POST',
  path: '/api/v1/exchange/feeds/:id/cancel',
  permission: 'feed.upload',
  summary: { zh: '取消读取', en: 'Cancel the reading of a file' },
  params,
  /** `refused` where nobody was reading it; otherwise whoever reads it stops. */
  reply: z.object({ status: z.enum(['refused', 'reading']) }),
})

const decision = z.strictObject({ reason: z.string().trim().min(4).max(500) })

export const releaseFeed = defineRoute({
  method: 'POST',
  path: '/api/v1/exchange/feeds/:id/release',
  permission: 'feed.decide',
  summary: { zh: '放行隔离的文件', en: 'Release a quarantined file' },
  params,
  versioned: true,
  body: decision,
  reply: z.object({ version: z.number() }),
})

/** Takes a file back whole: what nobody acted on is withdrawn, the rest is marked. */
export const takeBackFeed = defineRoute({
  method: 'POST',
  path: '/api/v1/exchange/feeds/:id/take-back',
  permission: 'feed.decide',
  summary: { zh: '整份撤回文件', en: 'Take a file back' },
  params,
  versioned: true,
  body: decision,
  reply: z.object({ version: z.number(), withdrawn: z.number(), marked: z.number() }),
})
