import { z } from 'zod'
import { defineRoute, type ReplyOf } from '#access'
import { plainShape } from '../library/contract.ts'
import { courseFields, reasonShape, textShape } from '../parameters/contract.ts'
import { fieldNames, versionShape } from './change.ts'

const text = textShape
const place = z.object({ code: z.string(), name: z.string() })
const grade = z.enum(['red', 'orange', 'yellow'])

const indicator = z.object({
  id: z.string(),
  /** The version in force in the region, or the last one where none is. */
  version: z.string(),
  name: text,
  grade,
  entity: text,
  owner: text,
  route: z.number().int(),
  inForce: z.boolean(),
  /** The first day of the version. */
  from: z.string(),
  /** The region the version was written for; null for the whole installation. */
  local: place.nullable(),
  versions: z.number().int(),
  openProposals: z.number().int(),
})
export type Indicator = z.infer<typeof indicator>

/** The indicators as they are in force on a day in a region. */
export const listIndicators = defineRoute({
  method: 'GET',
  path: '/api/v1/rulebook/indicators',
  permission: 'policy.read',
  summary: { zh: '监测预警指标', en: 'Warning indicators' },
  query: z.object({
    on: z.iso.date().optional(),
    region: z
      .string()
      .regex(/^\d{12}$/u)
      .optional(),
  }),
  reply: z.object({ on: z.string(), region: place, places: z.array(place), indicators: z.array(indicator) }),
})

const difference = z.object({
  field: z.enum([
    ...['name', 'grade', 'owner', 'route', 'period', 'when', 'values', 'sentence', 'feeds', 'until'],
  ] as const),
  before: text.nullable(),
  after: text.nullable(),
})
export type VersionDifference = z.infer<typeof difference>

const version = z.object({
  key: z.string(),
  /** Of the proposal; null for one that came with the program. */
  number: z.number().int().nullable(),
  proposalId: z.string().nullable(),
  from: z.string(),
  until: z.string().nullable(),
  region: place.nullable(),
  state: z.enum(['scheduled', 'inForce', 'replaced', 'ended']),
  written: z.string(),
  plain: plainShape,
  sources: z.array(z.object({ title: text, number: z.string().nullable(), clause: z.string() })),
  /** What differs from the version of the same region before it, or from that of the wider one. */
  differs: z.array(difference),
  differsFrom: z.string().nullable(),
})
export type IndicatorVersion = z.infer<typeof version>

/** One indicator with all its versions, the latest first. */
export const readIndicator = defineRoute({
  method: 'GET',
  path: '/api/v1/rulebook/indicators/:id',
  permission: 'policy.read',
  summary: { zh: '一项监测预警指标的各个版本', en: 'The versions of a warning indicator' },
  params: z.object({ id: z.string().regex(/^[a-z][a-z0-9-]*$/u) }),
  reply: z.object({ id: z.string(), name: text, versions: z.array(version) }),
})

const fact = z.object({
  name: z.string(),
  label: text,
  of: z.enum(['self', 'member']),
  type: z.enum(['boolean', 'code', 'text', 'date', 'month', 'number']),
  unit: z.string().nullable(),
  codes: z.array(z.object({ code: z.string(), label: text })),
  mayBeUnknown: z.boolean(),
  mayBeAbsent: z.boolean(),
})
export type EditorFact = z.infer<typeof fact>

/** What an editor starts from: a version, and the facts, values, departments, places and documents that it may name. */
export const readBasis = defineRoute({
  method: 'GET',
  path: '/api/v1/rulebook/indicators/:id/basis',
  permission: 'policy.propose',
  summary: { zh: '编写指标所需的内容', en: 'What editing an indicator starts from' },
  params: z.object({ id: z.string().regex(/^[a-z][a-z0-9-]*$/u) }),
  query: z.object({
    version: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/u)
      .optional(),
  }),
  reply: z.object({
    id: z.string(),
    change: versionShape,
    entity: text,
    member: text.nullable(),
    facts: z.array(fact),
    parameters: z.array(z.object({ name: z.string(), label: text, value: text.nullable() })),
    owners: z.array(z.object({ code: z.string(), name: text })),
    places: z.array(place),
    documents: z.array(z.object({ document: z.string(), title: text, number: z.string().nullable() })),
    today: z.string(),
  }),
})
export type Basis = ReplyOf<typeof readBasis>

const finding = z.object({
  /** Where it stands; null where it is of no one field. */
  field: z.enum(fieldNames).nullable(),
  /** The name of the expression, for `values`. */
  at: z.string().nullable(),
  /** Line of the expression, from 1. */
  line: z.number().int().nullable(),
  /** Index of the case. */
  case: z.number().int().nullable(),
  text,
})
export type VersionFinding = z.infer<typeof finding>

const checked = z.object({
  isSound: z.boolean(),
  findings: z.array(finding),
  /** The condition in plain words, as far as it can be read. */
  plain: plainShape.nullable(),
  /** The department files it reads. */
  feeds: z.array(z.string()),
  cases: z.object({ total: z.number().int(), passed: z.number().int() }),
})
export type CheckedVersion = z.infer<typeof checked>

/** Checks a version while it is written. Writes nothing. */
export const checkVersion = defineRoute({
  method: 'POST',
  path: '/api/v1/rulebook/indicator-checks',
  permission: 'policy.propose',
  summary: { zh: '检查一个指标版本', en: 'Check a version of an indicator' },
  body: versionShape,
  keepsNoAnswer: true,
  reply: checked,
})

const counted = {
  before: z.number().int(),
  after: z.number().int(),
  newly: z.number().int(),
  noLonger: z.number().int(),
}
const trial = z.object({
  /** The day of the scan whose facts were used. */
  on: z.string(),
  subjects: z.number().int(),
  ...counted,
  /** Of whom it cannot be said with the new version, for facts are missing. */
  open: z.number().int(),
  counties: z.array(place.extend(counted)),
  examples: z.array(z.object({ kind: z.enum(['newly', 'noLonger']), place: z.string(), sentence: text })),
})
/** What a version would find among the facts of the last scan. */
export type IndicatorTrial = z.infer<typeof trial>

/** Tries a version on the facts of the last scan, within the reader's region; null where there are none. Raises nothing. */
export const runIndicatorTrial = defineRoute({
  method: 'POST',
  path: '/api/v1/rulebook/indicator-trials',
  permission: 'policy.propose',
  summary: {
    zh: '用最近一次比对的数据试运行一个指标版本',
    en: 'Try a version of an indicator on the last scan',
  },
  body: versionShape,
  keepsNoAnswer: true,
  reply: z.object({ trial: trial.nullable() }),
})

const proposal = z.object({
  id: z.string(),
  number: z.number().int(),
  indicator: z.string(),
  name: text,
  isNew: z.boolean(),
  ...courseFields,
})
export type IndicatorProposal = z.infer<typeof proposal>

/** Proposed versions, the newest first. */
export const listIndicatorProposals = defineRoute({
  method: 'GET',
  path: '/api/v1/rulebook/indicator-proposals',
  permission: 'policy.read',
  summary: { zh: '指标调整单', en: 'Changes of indicators' },
  query: z.object({
    state: z.enum(['open', 'decided']).optional(),
    cursor: z.coerce.number().int().positive().optional(),
  }),
  reply: z.object({ items: z.array(proposal), next: z.string().nullable() }),
})

const id = z.object({ id: z.uuid() })

/** One proposed version; while it is open, with its check as it is now. */
export const readIndicatorProposal = defineRoute({
  method: 'GET',
  path: '/api/v1/rulebook/indicator-proposals/:id',
  permission: 'policy.read',
  summary: { zh: '一份指标调整单', en: 'A change of an indicator' },
  params: id,
  reply: z.object({
    proposal,
    change: versionShape,
    source: z.object({ title: z.string(), number: z.string().nullable(), clause: z.string() }),
    differs: z.array(difference),
    checked: checked.nullable(),
    /** What the reader may do with it. */
    may: z.object({ release: z.boolean(), decline: z.boolean(), withdraw: z.boolean() }),
    isOwn: z.boolean(),
  }),
})

/** Proposes a version. Refuses what does not pass the check (`rulebook.version-unsound`) or lies outside the region. */
export const proposeVersion = defineRoute({
  method: 'POST',
  path: '/api/v1/rulebook/indicator-proposals',
  permission: 'policy.propose',
  summary: { zh: '提出一个指标版本', en: 'Propose a version of an indicator' },
  body: versionShape,
  reply: z.object({ id: z.string(), number: z.number().int() }),
})

const done = z.object({ done: z.boolean() })

/** Releases a version; never by its proposer. Scans use it from its day in its region. */
export const releaseVersion = defineRoute({
  method: 'POST',
  path: '/api/v1/rulebook/indicator-proposals/:id/release',
  permission: 'policy.release',
  summary: { zh: '发布一个指标版本', en: 'Release a version of an indicator' },
  params: id,
  body: z.strictObject({}),
  reply: done,
})

/** Sends a version back; never by its proposer. */
export const declineVersion = defineRoute({
  method: 'POST',
  path: '/api/v1/rulebook/indicator-proposals/:id/decline',
  permission: 'policy.release',
  summary: { zh: '退回一个指标版本', en: 'Decline a version of an indicator' },
  params: id,
  body: reasonShape,
  reply: done,
})

/** Withdraws a version of one's own. */
export const withdrawVersion = defineRoute({
  method: 'POST',
  path: '/api/v1/rulebook/indicator-proposals/:id/withdraw',
  permission: 'policy.propose',
  summary: { zh: '撤回一个指标版本', en: 'Withdraw a version of an indicator' },
  params: id,
  body: reasonShape,
  reply: done,
})
