import { z } from 'zod'
import { parseDate } from '#base'

const date = z.string().refine((it) => parseDate(it) !== undefined, { message: 'YYYY-MM-DD' })
const scalar = z.union([z.boolean(), z.number().int(), z.string().max(200)])

/** A document that the packs do not know yet. */
const newDocument = z.strictObject({
  title: z.string().trim().min(4).max(200),
  number: z.string().trim().max(60).nullable(),
  issuer: z.string().trim().min(2).max(100),
  issuedOn: date.nullable(),
})

/** A change of a parameter as a person proposes it; the value is in the parameter's own unit. */
export const changeShape = z.strictObject({
  pack: z.string().regex(/^[a-z][a-z0-9-]*$/u),
  parameter: z.string().regex(/^[a-z][A-Za-z0-9]*$/u),
  value: z.union([scalar, z.array(scalar).max(50)]),
  from: date,
  until: date.nullable(),
  region: z.string().regex(/^[1-9]\d{11}$/u),
  source: z.union([
    z.strictObject({ document: z.string().regex(/^[a-z][a-z0-9-]*$/u) }),
    z.strictObject({ newDocument }),
  ]),
  clause: z.string().trim().min(1).max(60),
  note: z.string().trim().max(500).nullable(),
})

export type ParameterChange = z.infer<typeof changeShape>
