import { z } from 'zod'

const name = z.string().regex(/^[a-z][A-Za-z0-9]*$/u)
const code = z.string().regex(/^[a-z][a-z0-9-]*$/u)
const date = z.iso.date()
const text = z.object({ zh: z.string().min(1), en: z.string().min(1) }).strict()
const unit = z.enum(['fen', 'count', 'months', 'days', 'percent'])
const scalar = z.union([z.boolean(), z.number().int(), z.string()])

const effective = z.object({ from: date, until: date.optional() }).strict()

/** pack.yaml */
export const packSchema = z
  .object({
    id: code,
    title: text,
    version: z.string().regex(/^\d+\.\d+\.\d+$/u),
    effective,
    /** The region whose rules these are, 12 digits; parameters may be narrower. */
    region: z.string().regex(/^\d{12}$/u),
    summary: text,
  })
  .strict()

const from = z.union([
  z.object({ feed: code, fields: z.array(name).min(1) }).strict(),
  z.object({ registry: z.string().min(1) }).strict(),
])

const fact = z
  .object({
    type: z.enum(['boolean', 'code', 'text', 'date', 'month', 'number']),
    unit: unit.optional(),
    /** Codes that may occur, each with its label. */
    values: z.record(z.string(), text).optional(),
    range: z.tuple([z.number().int(), z.number().int()]).optional(),
    absent: z.boolean().default(false),
    unknown: z.boolean().default(false),
    missing: name.optional(),
    label: text,
    from,
    window: name.optional(),
    uses: z.array(name).default([]),
    derivation: z.string().min(1),
  })
  .strict()
  .refine((it) => (it.type === 'number') === (it.unit !== undefined && it.range !== undefined), {
    path: ['unit'],
    message: 'number ⇔ unit + range',
  })
  .refine((it) => (it.type === 'code') === (it.values !== undefined), {
    path: ['values'],
    message: 'code ⇔ values',
  })

const entity = z
  .object({ label: text, within: name.optional(), most: z.number().int().positive().optional() })
  .strict()

/** facts.yaml */
export const factsSchema = z
  .object({
    entities: z.record(name, entity),
    facts: z.record(name, z.record(name, fact)),
  })
  .strict()

const citation = z.object({ document: code, clause: z.string().min(1), says: text.optional() }).strict()

const parameterValue = z
  .object({
    /** Left out where the sources leave it open: using it then gives unknown. */
    value: z.union([scalar, z.array(scalar)]).optional(),
    from: date,
    until: date.optional(),
    region: z
      .string()
      .regex(/^\d{12}$/u)
      .optional(),
    source: citation.optional(),
    checkedOn: date.optional(),
    note: text.optional(),
  })
  .strict()

const parameter = z
  .object({
    type: z.enum(['boolean', 'text', 'date', 'number']),
    unit: unit.optional(),
    list: z.boolean().default(false),
    range: z.tuple([z.number().int(), z.number().int()]).optional(),
    label: text,
    values: z.array(parameterValue).min(1),
  })
  .strict()

/** parameters.yaml */
export const parametersSchema = z.record(name, parameter)

const rule = z
  .object({
    entity: name,
    name: text,
    grade: z.enum(['red', 'orange', 'yellow']),
    owner: code,
    route: z.number().int().min(1).max(4),
    period: z.enum(['year', 'month']),
    feeds: z.array(code),
    effective,
    /** Named expressions the condition and the sentence may use. */
    values: z.record(name, z.string()).default({}),
    when: z.string().min(1),
    sentence: text,
    sources: z.array(citation).default([]),
    checkedOn: date.optional(),
  })
  .strict()

/** rules.yaml */
export const rulesSchema = z.record(code, rule)

/** sources.yaml */
export const sourcesSchema = z.record(
  code,
  z
    .object({
      title: text,
      number: z.string().optional(),
      issuer: text,
      issuedOn: date.optional(),
      status: z.enum(['in-force', 'draft', 'reply', 'own-decision']),
    })
    .strict(),
)

const caseValue = z.union([scalar, z.null()])
const caseFacts = z.record(name, caseValue)

const policyCase = z
  .object({
    rule: code,
    name: z.string().min(1),
    today: date,
    /** Facts of the subject; what is not said is absent, 0, false or the first code. `unknown` is a missing fact. */
    given: caseFacts.default({}),
    members: z.array(caseFacts).optional(),
    expect: z.union([z.boolean(), z.object({ unknown: z.array(z.string()).min(1) }).strict()]),
  })
  .strict()

/** cases/*.yaml */
export const casesSchema = z.array(policyCase)

export type PackHead = z.infer<typeof packSchema>
export type FactsFile = z.infer<typeof factsSchema>
export type FactEntry = z.infer<typeof fact>
export type ParameterEntry = z.infer<typeof parameter>
export type ParameterValueEntry = z.infer<typeof parameterValue>
export type RuleEntry = z.infer<typeof rule>
export type SourceEntry = z.infer<typeof sourcesSchema>[string]
export type PolicyCase = z.infer<typeof policyCase>
export type Citation = z.infer<typeof citation>
export type Text = z.infer<typeof text>
