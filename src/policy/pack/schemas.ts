import { z } from 'zod'
import { oneOfForms } from './forms.ts'

const name = z.string().regex(/^[a-z][A-Za-z0-9]*$/u)
const code = z.string().regex(/^[a-z][a-z0-9-]*$/u)
const date = z.iso.date()
const text = z.object({ zh: z.string().min(1), en: z.string().min(1) }).strict()
const units = [
  'fen',
  'count',
  'months',
  'days',
  'workdays',
  'years',
  'percent',
  'permille',
  'basisPoint',
] as const
const unit = z.enum(units)
const scalar = z.union([z.boolean(), z.number().int(), z.string()])

const effective = z.object({ from: date, until: date.optional() }).strict()

/** pack.yaml */
export const packSchema = z
  .object({
    id: code,
    title: text,
    version: z.string().regex(/^\d+\.\d+\.\d+$/u),
    effective,
    /** A draft is never chosen for its region, only by its name. */
    status: z.enum(['in-force', 'draft']).default('in-force'),
    /** The region whose rules these are, 12 digits; parameters may be narrower. */
    region: z.string().regex(/^\d{12}$/u),
    summary: text,
    /** The pack this one is laid over: its values and entries come first, the rest is taken from below. */
    over: code.optional(),
  })
  .strict()

const from = z.union([
  z.object({ feed: code, fields: z.array(name).min(1) }).strict(),
  z.object({ registry: z.string().min(1) }).strict(),
])

const scalarOrNull = z.union([scalar, z.null()])

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
    /** The date whose year this number is: given with it, unless it is given itself. */
    yearOf: name.optional(),
    uses: z.array(name).default([]),
    derivation: z.string().min(1),
    /** What a case means that does not mention the fact; the emptiest value when left out. */
    usual: scalarOrNull.optional(),
    /** Whether a household could tell another value than it did: what-if tries these. */
    correctable: z.boolean().default(true),
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
  .object({
    label: text,
    within: name.optional(),
    most: z.number().int().positive().optional(),
    /** The name of its list in the entity it lies within; the entity's name and an s when left out. */
    list: name.optional(),
  })
  .strict()

/** facts.yaml */
export const factsSchema = z
  .object({
    entities: z.record(name, entity),
    facts: z.record(name, z.record(name, fact)),
  })
  .strict()
const noFacts = { entities: {}, facts: {} }
/** facts.yaml of a pack that lies over another, which may add entities and facts. */
export const moreFactsSchema = factsSchema.partial().transform((it) => ({ ...noFacts, ...it }))

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

/** No value may lie under another parameter's, or under numerator/denominator of it. */
const floor = z
  .object({
    parameter: name,
    times: z.tuple([z.number().int().positive(), z.number().int().positive()]).default([1, 1]),
    source: citation.optional(),
  })
  .strict()

const parameter = z
  .object({
    type: z.enum(['boolean', 'text', 'date', 'number']),
    unit: unit.optional(),
    list: z.boolean().default(false),
    range: z.tuple([z.number().int(), z.number().int()]).optional(),
    /** Text: the codes that may be chosen, each with its label. */
    options: z.record(z.string(), text).optional(),
    label: text,
    floors: z.array(floor).default([]),
    values: z.array(parameterValue).min(1),
  })
  .strict()

const moreValues = z.object({ values: z.array(parameterValue).min(1) }).strict()

/** parameters.yaml */
export const parametersSchema = z.record(name, parameter)
/** parameters.yaml of a pack that lies over another: whole parameters, or only further values. */
export const moreParametersSchema = z.record(
  name,
  oneOfForms((it) => ('type' in it ? parameter : moreValues)),
)
/** A file of values for trying things out: parameters.yaml of the same form, or names with values. */
export const valuesSchema = z.record(name, z.union([moreValues, scalar, z.array(scalar)]))

/** A unit, or a product of units: `fen·percent`. */
const product = z.string().refine((it) => it.split('·').every((part) => units.some((one) => one === part)), {
  message: `${units.join(', ')}; fen·percent`,
})

const definition = z
  .object({
    entity: name,
    name: text,
    type: z.enum(['boolean', 'code', 'text', 'date', 'month', 'months', 'days', 'number']),
    unit: product.optional(),
    /** The codes it may give, each with its label. */
    values: z.record(z.string(), text).optional(),
    value: z.string().min(1),
    sources: z.array(citation).default([]),
    checkedOn: date.optional(),
    note: text.optional(),
  })
  .strict()
  .refine((it) => (it.type === 'code') === (it.values !== undefined), {
    path: ['values'],
    message: 'code ⇔ values',
  })
  .refine((it) => (it.type === 'number') === (it.unit !== undefined), {
    path: ['unit'],
    message: 'number ⇔ unit',
  })

const sentences = z.object({ citizen: text, officer: text }).strict()

const programme = z
  .object({
    name: text,
    tier: z.enum(['basic', 'special', 'emergency']),
    entity: name,
    effective: effective.optional(),
    /** The boolean rule that decides. */
    eligible: name,
    amount: z
      .object({ rule: name, per: z.enum(['month', 'year', 'once']) })
      .strict()
      .optional(),
    /** {name} stands for a fact, a parameter or a named rule of the entity; {missing} for what is missing. */
    sentences: z.object({ eligible: sentences, notEligible: sentences, unknown: sentences }).strict(),
    sources: z.array(citation).default([]),
    checkedOn: date.optional(),
    note: text.optional(),
  })
  .strict()

/** programmes.yaml */
export const programmesSchema = z.record(name, programme)

const rule = z
  .object({
    /** The indicator whose version this is; the name it is written under when left out. */
    indicator: code.optional(),
    /** Where this version comes before those of wider regions, 12 digits; the whole installation when left out. */
    region: z
      .string()
      .regex(/^\d{12}$/u)
      .optional(),
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

/** rules.yaml: indicators have `when`, named rules have `value`. */
export const rulesSchema = z.record(
  z.union([code, name]),
  oneOfForms((it) => ('when' in it ? rule : definition)),
)

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

const caseFacts = z.record(name, scalarOrNull)

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

/** Facts of one subject and, under the names of its lists, those of what belongs to it. */
export interface GivenFacts {
  readonly [name: string]: string | number | boolean | null | readonly GivenFacts[]
}
const givenFacts: z.ZodType<GivenFacts> = z.record(
  name,
  z.union([scalarOrNull, z.array(z.lazy(() => givenFacts))]),
)

export interface ExpectedResults {
  readonly [name: string]:
    | string
    | number
    | boolean
    | null
    | { readonly unknown: readonly string[] }
    | readonly ExpectedResults[]
}
const expectedResults: z.ZodType<ExpectedResults> = z.record(
  name,
  z.union([
    scalarOrNull,
    z.object({ unknown: z.array(z.string()).min(1) }).strict(),
    z.array(z.lazy(() => expectedResults)),
  ]),
)

const caseParameters = z.record(name, z.union([scalar, z.array(scalar), z.null()]))
const region = z.string().regex(/^\d{12}$/u)

const shared = {
  on: date,
  region,
  /** Values for this case alone; null takes a value away. */
  parameters: caseParameters,
  given: givenFacts,
}

const programmeCase = z
  .object({
    id: z.string().regex(/^[A-Z]\d+[a-z]?(?:-[a-z0-9]+)*$/u),
    name: z.string().min(1),
    entity: name.optional(),
    on: date.optional(),
    region: region.optional(),
    parameters: caseParameters.default({}),
    given: givenFacts.default({}),
    members: z.array(givenFacts).optional(),
    /** Named rules with their values; `{ unknown: [names] }` where facts are missing; lists run parallel to those given. */
    expect: expectedResults,
    /** The parameters whose value a floor refuses. */
    rejected: z.array(name).optional(),
    disputed: z.string().min(1).optional(),
    sources: z.array(citation).default([]),
  })
  .strict()

const anyCase = oneOfForms((it) => ('rule' in it ? policyCase : programmeCase))
const caseFile = z
  .object({ defaults: z.object(shared).partial().strict().default({}), cases: z.array(anyCase) })
  .strict()
  // Where the cases stand in the file.
  .transform((it) => ({ ...it, place: ['cases'] }))

/** cases/*.yaml: a list of cases, or `defaults` for all of them and the list under `cases`. */
export const casesSchema: z.ZodType<CaseFile> = oneOfForms((it) =>
  Array.isArray(it) ? z.array(anyCase).transform((cases) => ({ defaults: {}, cases, place: [] })) : caseFile,
)

export type PackHead = z.infer<typeof packSchema>
export type FactsFile = z.infer<typeof factsSchema>
export type FactEntry = z.infer<typeof fact>
export type ParameterEntry = z.infer<typeof parameter>
export type ParameterValueEntry = z.infer<typeof parameterValue>
export type RuleEntry = z.infer<typeof rule>
export type DefinitionEntry = z.infer<typeof definition>
export type ProgrammeEntry = z.infer<typeof programme>
export type MoreValues = z.infer<typeof moreValues>
export type ValuesFile = z.infer<typeof valuesSchema>
export type FloorEntry = z.infer<typeof floor>
export type CaseFile = z.infer<typeof caseFile>
export type ProgrammeCase = z.infer<typeof programmeCase>
export type SourceEntry = z.infer<typeof sourcesSchema>[string]
export type PolicyCase = z.infer<typeof policyCase>
export type Citation = z.infer<typeof citation>
export type Text = z.infer<typeof text>
