import { z } from 'zod'
import { parseDate } from '#base'
import type { NewDocument } from '../packs/released-value.ts'

/** A calendar day as it comes over the wire. */
export const dayShape = z.string().refine((it) => parseDate(it) !== undefined, { message: 'YYYY-MM-DD' })

/** A document that the packs do not know yet. */
const newDocument = z.strictObject({
  title: z.string().trim().min(4).max(200),
  number: z.string().trim().max(60).nullable(),
  issuer: z.string().trim().min(2).max(100),
  issuedOn: dayShape.nullable(),
})

/** The document a change rests on: one of the library, or a new one. */
export const sourceShape = z.union([
  z.strictObject({ document: z.string().regex(/^[a-z][a-z0-9-]*$/u) }),
  z.strictObject({ newDocument }),
])
export type ChangeSource = z.infer<typeof sourceShape>

/** The document by its name among the sources; a new one is named after the change that brings it. */
export const documentIn = (
  source: ChangeSource,
  id: string,
): { readonly document: string; readonly newDocument: NewDocument | null } =>
  'document' in source
    ? { document: source.document, newDocument: null }
    : { document: `released-${id.slice(-12)}`, newDocument: source.newDocument }
