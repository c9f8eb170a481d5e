import { z } from 'zod'

const value = z.union([z.boolean(), z.number().int(), z.string().max(200)])

/** The most characters of a file of values. */
export const longestValuesFile = 60_000

/** Values for one trial alone: those typed in lie over those of the file, both over the pack in force. */
export const triedValues = z.strictObject({
  /** By the parameter's name, in its own unit. */
  set: z.record(z.string().max(80), z.union([value, z.array(value).max(100)])),
  /** A file of values as `doudi policy explain --parameters` takes it. */
  file: z.strictObject({ name: z.string().max(120), text: z.string().max(longestValuesFile) }).optional(),
})
export type TriedValues = z.infer<typeof triedValues>
