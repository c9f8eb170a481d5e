import { z } from 'zod'
import { defineRoute, type ReplyOf } from '#access'
import { feedKinds } from '../feeds.ts'
import { rejectReasons } from '../rejects/reject.ts'

/** A sample is enough to map a sender by; whole files go through the feeds. */
export const sampleMiB = 50

const kind = z.enum(feedKinds as [string, ...string[]])
const note = z.object({ zh: z.string(), en: z.string() })
const id = z
  .string()
  .max(80)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
const params = z.object({ id })
/** A layout as JSON; `parseLayout` says whether it is one. */
const definition = z.record(z.string(), z.unknown())

export const layoutRow = z.object({
  id: z.string(),
  /** 0 for a shipped layout; versions made here count from 1. */
  version: z.number(),
  kind,
  kindName: note,
  sender: z.string(),
  title: note,
  origin: z.enum(['shipped', 'local']),
  columns: z.number(),
  createdAt: z.string().nullable(),
  createdBy: z.string().nullable(),
  status: z.enum([
    'in-force',
    /** Shipped, while a version made here stands in for it. */
    'replaced',
    'retired',
    /** Kept, but no longer understood by this version of the program; files are not read by it. */
    'faulty',
  ]),
})

export type LayoutRow = z.infer<typeof layoutRow>

export const listLayouts = defineRoute({
  method: 'GET',
  path: '/api/v1/exchange/layouts',
  permission: 'layout.read',
  summary: { zh: '部门文件版式', en: 'Layouts of department files' },
  query: z.object({ kind: kind.optional(), sender: z.string().max(40).optional() }),
  reply: z.object({ rows: z.array(layoutRow) }),
})

export const readLayout = defineRoute({
  method: 'GET',
  path: '/api/v1/exchange/layouts/:id',
  permission: 'layout.read',
  summary: { zh: '一种版式：列的对应关系与历次版本', en: 'One layout: its mapping and its versions' },
  params,
  reply: layoutRow.extend({
    definition,
    versions: z.array(
      z.object({
        version: z.number(),
        origin: z.enum(['shipped', 'local']),
        createdAt: z.string().nullable(),
        createdBy: z.string().nullable(),
        retiredAt: z.string().nullable(),
      }),
    ),
    may: z.object({ edit: z.boolean(), retire: z.boolean() }),
  }),
})

/** An empty file with the sender's header row, in the sender's format and encoding. */
export const downloadTemplate = defineRoute({
  method: 'GET',
  path: '/api/v1/exchange/layouts/:id/template',
  permission: 'layout.read',
  summary: { zh: '下载空白表样', en: 'Download an empty file of this layout' },
  params,
  reply: 'file',
})

export const draftMapping = defineRoute({
  keepsNoAnswer: true,
  method: 'POST',
  path: '/api/v1/exchange/layouts/draft',
  permission: 'layout.edit',
  summary: { zh: '看样本文件，给出列的对应建议', en: 'Look at a sample and propose a mapping' },
  uploadMiB: sampleMiB,
  body: z.object({ kind }),
  reply: z.object({
    sheet: z.string(),
    format: z.enum(['xlsx', 'csv', 'tsv', 'pipe']),
    encoding: z.enum(['gb18030', 'utf-8']),
    headers: z.array(z.string()),
    /** A few rows, masked; one text for each header. */
    samples: z.array(z.array(z.string())),
    columns: z.array(
      z.object({
        header: z.string(),
        field: z.string().nullable(),
        because: z.enum(['known-header', 'field-name', 'resembles']).nullable(),
        /** The column of a known layout to start from. */
        column: definition.nullable(),
      }),
    ),
    /** Required fields no column was proposed for. */
    missing: z.array(z.string()),
    /** A layout in force that reads this file already. */
    fits: z.object({ id: z.string(), title: note }).nullable(),
    proposedId: z.string(),
  }),
})

export type MappingDraft = ReplyOf<typeof draftMapping>

export const tryLayout = defineRoute({
  keepsNoAnswer: true,
  method: 'POST',
  path: '/api/v1/exchange/layouts/try',
  permission: 'layout.edit',
  summary: { zh: '用样本文件试读版式，不保存数据', en: 'Try a layout on a sample; no data is kept' },
  uploadMiB: sampleMiB,
  /** The layout as JSON text. */
  body: z.object({ definition: z.string().max(100_000) }),
  reply: z.object({
    rowsIn: z.number(),
    rowsAccepted: z.number(),
    rowsRejected: z.number(),
    /** True when the file goes on behind the rows tried. */
    more: z.boolean(),
    rejects: z.array(
      z.object({
        sheet: z.string(),
        line: z.number(),
        column: z.string(),
        reason: z.enum(rejectReasons as [string, ...string[]]),
        text: note,
        maskedValue: z.string(),
      }),
    ),
    accepted: z.array(
      z.object({
        line: z.number(),
        values: z.array(z.object({ field: z.string(), text: z.string() })),
      }),
    ),
    /** Codes and yes/no words the layout does not know, by column; a column with over fifty of them holds no codes. */
    unknownCodes: z.array(z.object({ column: z.string(), values: z.array(z.string()) })),
  }),
})

export type TryReport = ReplyOf<typeof tryLayout>

export const saveLayout = defineRoute({
  method: 'POST',
  path: '/api/v1/exchange/layouts',
  permission: 'layout.edit',
  summary: { zh: '保存版式（成为新的一版）', en: 'Save a layout as a new version' },
  body: z.strictObject({
    definition,
    /** The newest version of this id that was seen; 0 where there was none. */
    baseVersion: z.int().min(0),
  }),
  reply: z.object({ id: z.string(), version: z.number() }),
})

/** Takes the versions made here out of use; a shipped layout of the same id is in force again. */
export const retireLayout = defineRoute({
  method: 'POST',
  path: '/api/v1/exchange/layouts/:id/retire',
  permission: 'layout.edit',
  summary: { zh: '停用本地版式', en: 'Take a layout made here out of use' },
  params,
  versioned: true,
  body: z.strictObject({}),
  reply: z.object({ version: z.number(), shippedAgain: z.boolean() }),
})
