import { z } from 'zod'
import { dayShape, sourceShape } from '../proposing/source.ts'

const scalar = z.union([z.boolean(), z.number().int(), z.string().max(200)])

/** A change of a parameter as a person proposes it; the value is in the parameter's own unit. */
export const changeShape = z.strictObject({
  pack: z.string().regex(/^[a-z][a-z0-9-]*$/u),
  parameter: z.string().regex(/^[a-z][A-Za-z0-9]*$/u),
  value: z.union([scalar, z.array(scalar).max(50)]),
  from: dayShape,
  until: dayShape.nullable(),
  region: z.string().regex(/^[1-9]\d{11}$/u),
  source: sourceShape,
  clause: z.string().trim().min(1).max(60),
  note: z.string().trim().max(500).nullable(),
})

export type ParameterChange = z.infer<typeof changeShape>
