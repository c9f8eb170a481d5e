import { z } from 'zod'

const entry = z.object({
  /** `table/<name>` or `file/<path in the data folder>`. */
  name: z.string(),
  bytes: z.number(),
  /** Of a table. */
  rows: z.number().optional(),
  sha256: z.string().length(64),
})

/** The last thing in a backup: what it holds, each part with its SHA-256. */
export const manifestShape = z.object({
  format: z.literal(1),
  /** Version of the program that made it. */
  version: z.string(),
  createdAt: z.string(),
  installation: z.object({
    id: z.string(),
    demo: z.boolean(),
    businessDate: z.string().nullable(),
    regionCode: z.string(),
  }),
  /** Migrations that had made its tables, in order. */
  migrations: z.array(z.string()),
  /** Where the numbering of each table stands; null while no number was given. */
  sequences: z.array(z.object({ name: z.string(), last: z.string().nullable() })),
  entries: z.array(entry),
  /** Files of the record that were not in the lake when the backup was made. */
  missingFeeds: z.array(z.string()),
  /** Hashes of the frozen facts of saved reports that were not in the lake; a backup of an earlier version does not say. */
  missingFacts: z.array(z.string()).default([]),
})

export type Manifest = z.infer<typeof manifestShape>
export type ManifestEntry = z.infer<typeof entry>

const tablePrefix = 'table/'
const filePrefix = 'file/'

export const tableEntry = (table: string): string => `${tablePrefix}${table}`
export const fileEntry = (path: string): string => `${filePrefix}${path}`

/** The table of an entry, or undefined. */
export const tableOf = (name: string): string | undefined =>
  name.startsWith(tablePrefix) ? name.slice(tablePrefix.length) : undefined

/** The path in the data folder of an entry, or undefined. */
export const fileOf = (name: string): string | undefined =>
  name.startsWith(filePrefix) ? name.slice(filePrefix.length) : undefined
