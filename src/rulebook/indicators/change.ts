import { z } from 'zod'
import { dayShape, sourceShape } from '../proposing/source.ts'

const said = z.strictObject({ zh: z.string().max(300), en: z.string().max(300) })
const name = z.string().regex(/^[a-z][A-Za-z0-9]*$/u)
const scalar = z.union([z.boolean(), z.number().int(), z.string().max(200), z.null()])

/** What a case says the condition does. */
export const expectations = ['holds', 'holdsNot', 'open'] as const

/** A case as the editor has it: facts of the subject itself (`of` 0) and of its members from 1 on; `unknown` is a missing one. */
export const caseShape = z.strictObject({
  name: z.string().trim().max(100),
  today: dayShape,
  members: z.number().int().min(0).max(20),
  facts: z.array(z.strictObject({ of: z.number().int().min(0).max(20), fact: name, value: scalar })).max(100),
  expect: z.enum(expectations),
})
export type EditedCase = z.infer<typeof caseShape>

/** A version of an indicator while somebody writes it; what is missing yet is empty, and the check says so. */
export const versionShape = z.strictObject({
  /** The version it is written from. */
  basedOn: z.string().regex(/^[a-z][a-z0-9-]*$/u),
  /** A new indicator of its own, and no version of the one it is written from. */
  isNew: z.boolean(),
  region: z.string().regex(/^[1-9]\d{11}$/u),
  from: dayShape.nullable(),
  /** The first day on which the indicator is no longer looked for here. */
  until: dayShape.nullable(),
  name: said,
  grade: z.enum(['red', 'orange', 'yellow']),
  owner: z.string().regex(/^[a-z][a-z0-9-]*$/u),
  route: z.number().int().min(1).max(4),
  period: z.enum(['year', 'month']),
  /** Expressions with a name that the condition and the sentence may use. */
  values: z.array(z.strictObject({ name, text: z.string().max(2000) })).max(10),
  when: z.string().max(4000),
  sentence: said,
  /** Null until it is filled in. */
  source: sourceShape.nullable(),
  clause: z.string().trim().max(60),
  cases: z.array(caseShape).max(80),
  note: z.string().trim().max(500).nullable(),
})

export type VersionChange = z.infer<typeof versionShape>

/** The fields of the editor at which a finding can stand. */
export const fieldNames = [
  ...['region', 'from', 'until', 'name', 'grade', 'owner', 'values', 'when', 'sentence'],
  ...['source', 'clause', 'cases'],
] as const
