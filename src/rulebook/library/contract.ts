import { z } from 'zod'
import { defineRoute } from '#access'
import { parseDate, parseRegionCode } from '#base'

const text = z.object({ zh: z.string(), en: z.string() })
const date = z.string().refine((it) => parseDate(it) !== undefined, { message: 'YYYY-MM-DD' })
const region = z.string().refine((it) => parseRegionCode(it) !== undefined, { message: '12 digits' })
const place = z.object({ code: z.string(), name: z.string() })

/** Left out: today, in the reader's own region. */
const when = z.object({ on: date.optional(), region: region.optional() })

const citation = z.object({
  document: z.string(),
  title: text,
  number: z.string().nullable(),
  clause: z.string(),
  says: text.nullable(),
  status: z.enum(['in-force', 'draft', 'reply', 'own-decision']).nullable(),
})
export type CitationView = z.infer<typeof citation>

const packView = z.object({
  id: z.string(),
  title: text,
  version: z.string(),
  hash: z.string(),
  isDemo: z.boolean(),
  /** Released values that belong to it. */
  released: z.number().int(),
  /** The packs it is made of, the lowest first. */
  layers: z.array(z.object({ id: z.string(), title: text, version: z.string() })),
})
export type PackView = z.infer<typeof packView>

export const tiers = ['basic', 'special', 'emergency'] as const
export const entryKinds = ['programmes', 'indicators'] as const
export type EntryKind = (typeof entryKinds)[number]

const entryLine = z.object({
  id: z.string(),
  name: text,
  entity: text,
  sources: z.array(citation),
})
export type EntryLine = z.infer<typeof entryLine>

/** What is in force here: packs, programmes by tier, indicators. */
export const readLibrary = defineRoute({
  method: 'GET',
  path: '/api/v1/rulebook/library',
  permission: 'policy.read',
  summary: { zh: '政策库', en: 'Policy library' },
  query: when,
  reply: z.object({
    on: z.string(),
    region: place,
    /** Places to choose from: the reader's own and those directly below. */
    places: z.array(place),
    packs: z.array(packView),
    programmes: z.array(entryLine.extend({ tier: z.enum(tiers) })),
    indicators: z.array(entryLine.extend({ grade: z.enum(['red', 'orange', 'yellow']) })),
    parameters: z.number().int(),
    openParameters: z.number().int(),
  }),
})

/** An expression in plain words: a line, and under it the lines it is made of. */
export interface PlainText {
  readonly text: string
  readonly parts: readonly PlainText[]
}
export const plainShape: z.ZodType<PlainText> = z.object({
  text: z.string(),
  parts: z.array(z.lazy(() => plainShape)),
})

const ruleView = z.object({
  id: z.string(),
  name: text,
  entity: text,
  /** In the reader's language. */
  plain: plainShape,
  /** As the pack has it, in FEEL. */
  written: z.string(),
  sources: z.array(citation),
  checkedOn: z.string().nullable(),
  note: text.nullable(),
})
export type RuleView = z.infer<typeof ruleView>

const parameterUse = z.object({
  name: z.string(),
  label: text,
  /** Null where the sources leave it open. */
  value: text.nullable(),
})

/** A programme or an indicator with every rule it builds on, in plain words beside the article. */
export const readEntry = defineRoute({
  method: 'GET',
  path: '/api/v1/rulebook/library/entries/:kind/:id',
  permission: 'policy.read',
  summary: { zh: '一项政策的规则', en: 'The rules of a programme or indicator' },
  params: z.object({ kind: z.enum(entryKinds), id: z.string().max(80) }),
  query: when,
  reply: z.object({
    id: z.string(),
    kind: z.enum(entryKinds),
    pack: z.string(),
    name: text,
    entity: text,
    /** The tier of a programme; the grade of an indicator. */
    mark: z.string(),
    on: z.string(),
    region: place,
    inForce: z.boolean(),
    sources: z.array(citation),
    note: text.nullable(),
    /** What the officer reads when it holds. */
    sentence: text,
    /** The deciding rule first, then that of the amount, then what they build on. */
    rules: z.array(ruleView),
    parameters: z.array(parameterUse),
  }),
})

const parameterLine = z.object({
  name: z.string(),
  pack: z.string(),
  label: text,
  value: text.nullable(),
  from: z.string().nullable(),
  region: place.nullable(),
  source: citation.nullable(),
  /** The pack the value is written in. */
  layer: z.string().nullable(),
  isReleased: z.boolean(),
  isDemo: z.boolean(),
})
export type ParameterLine = z.infer<typeof parameterLine>

/** Every parameter as it holds on a day in a region. */
export const listParameters = defineRoute({
  method: 'GET',
  path: '/api/v1/rulebook/library/parameters',
  permission: 'policy.read',
  summary: { zh: '参数表', en: 'Parameters' },
  query: when,
  reply: z.object({
    on: z.string(),
    region: place,
    places: z.array(place),
    parameters: z.array(parameterLine),
  }),
})

const release = z.object({
  id: z.string(),
  number: z.number().int(),
  proposedBy: z.string(),
  releasedBy: z.string(),
  releasedAt: z.string(),
})

const parameterValue = z.object({
  value: text.nullable(),
  from: z.string(),
  until: z.string().nullable(),
  region: place,
  layer: z.string(),
  isDemo: z.boolean(),
  source: citation.nullable(),
  checkedOn: z.string().nullable(),
  note: text.nullable(),
  /** Whether it is the one that holds on the day in the region asked about. */
  holds: z.boolean(),
  release: release.nullable(),
})
export type ParameterValueView = z.infer<typeof parameterValue>

/** One parameter with all its values, and what a new one must be like. */
export const readParameter = defineRoute({
  method: 'GET',
  path: '/api/v1/rulebook/library/parameters/:name',
  permission: 'policy.read',
  summary: { zh: '一个参数的沿革', en: 'A parameter and its history' },
  params: z.object({ name: z.string().max(80) }),
  query: when,
  reply: z.object({
    name: z.string(),
    pack: z.string(),
    label: text,
    on: z.string(),
    region: place,
    places: z.array(place),
    type: z.enum(['boolean', 'text', 'date', 'number']),
    unit: z.string().nullable(),
    isList: z.boolean(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    options: z.array(z.object({ code: z.string(), label: text })),
    floors: z.array(z.object({ name: z.string(), label: text, times: z.string() })),
    values: z.array(parameterValue),
    documents: z.array(z.object({ document: z.string(), title: text, number: z.string().nullable() })),
    usedBy: z.array(z.object({ kind: z.enum(entryKinds), id: z.string(), name: text })),
    openProposals: z.number().int(),
    today: z.string(),
  }),
})

export const differenceKinds = ['parameter', 'rule', 'programme', 'indicator'] as const

const difference = z.object({
  kind: z.enum(differenceKinds),
  change: z.enum(['added', 'removed', 'changed']),
  id: z.string(),
  name: text,
  before: text.nullable(),
  after: text.nullable(),
  source: citation.nullable(),
})
export type Difference = z.infer<typeof difference>

const hash = z.string().regex(/^[0-9a-f]{64}$/u)

/** What differs between two days, or between two versions of a pack that were kept. */
export const comparePolicies = defineRoute({
  method: 'GET',
  path: '/api/v1/rulebook/library/differences',
  permission: 'policy.read',
  summary: { zh: '政策变化对照', en: 'What changed in the policies' },
  query: z.object({
    from: date.optional(),
    until: date.optional(),
    region: region.optional(),
    pack: z.string().max(80).optional(),
    fromVersion: hash.optional(),
    untilVersion: hash.optional(),
  }),
  reply: z.object({
    from: z.string(),
    until: z.string(),
    region: place,
    places: z.array(place),
    pack: z.string(),
    packs: z.array(z.object({ id: z.string(), title: text })),
    versions: z.array(z.object({ hash: z.string(), version: z.string(), keptAt: z.string() })),
    differences: z.array(difference),
  }),
})

export const hitKinds = ['programme', 'indicator', 'parameter', 'rule', 'document'] as const
const hit = z.object({
  kind: z.enum(hitKinds),
  id: z.string(),
  pack: z.string(),
  name: text,
  /** Where it leads: of a rule, the programme or indicator that uses it. */
  at: z.object({ kind: z.enum(entryKinds), id: z.string() }).nullable(),
  about: text,
})
export type Hit = z.infer<typeof hit>

/** Finds programmes, indicators, rules, parameters and documents by a word. */
export const searchLibrary = defineRoute({
  method: 'GET',
  path: '/api/v1/rulebook/library/search',
  permission: 'policy.read',
  summary: { zh: '在政策库里查找', en: 'Search the policy library' },
  query: z.object({ q: z.string().trim().min(1).max(60) }),
  reply: z.object({ hits: z.array(hit), hasMore: z.boolean() }),
})
