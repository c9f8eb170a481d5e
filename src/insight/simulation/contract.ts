import { z } from 'zod'
import { defineRoute } from '#access'
import { parseDate, parseRegionCode } from '#base'

const text = z.object({ zh: z.string(), en: z.string() })
const date = z.string().refine((it) => parseDate(it) !== undefined, { message: 'YYYY-MM-DD' })
const region = z.string().refine((it) => parseRegionCode(it) !== undefined, { message: '12 digits' })
const place = z.object({ code: z.string(), name: z.string() })
const count = z.number().int()
const fen = z.number().int()
const scalar = z.union([z.boolean(), z.number().int(), z.string().max(200)])

/**
 * What may be taken for granted where the registry does not know. Each can be switched off: what then lacks a fact is
 * counted as unknown, never as no.
 */
export const assumptionIds = [
  'incomeAsWage',
  'householdIncomeToApplicant',
  'noOtherIncome',
  'propertyWithinLimits',
  'livesAsUsual',
  'healthAsUsual',
  'othersAsUsual',
] as const
const assumptionId = z.enum(assumptionIds)
export type AssumptionId = z.infer<typeof assumptionId>

const changedValue = z.strictObject({
  parameter: z.string().regex(/^[a-z][A-Za-z0-9]{0,79}$/u),
  /** In the parameter's own unit: money in fen. */
  value: z.union([scalar, z.array(scalar).max(50)]),
  /** Where it would hold; the whole region of the question when null. */
  region: region.nullable(),
})

const changedRule = z.strictObject({
  rule: z.string().regex(/^[a-z][A-Za-z0-9]{0,79}$/u),
  /** The new text of the rule, as packs write them. */
  value: z.string().trim().min(1).max(4000),
})

/** What is asked: on which day, in which region, with which changes, taking what for granted. */
export const questionShape = z.strictObject({
  on: date,
  region,
  changes: z.array(changedValue).max(20),
  rules: z.array(changedRule).max(5),
  assumptions: z.array(assumptionId).max(assumptionIds.length),
  /** Months whose cost is computed, the month of `on` being the first. */
  months: z.number().int().min(1).max(12),
})
export type SimulationQuestion = z.infer<typeof questionShape>

const assumption = z.object({
  id: assumptionId,
  name: text,
  /** What exactly is taken for granted. */
  says: text,
  /** On when a question is new. */
  isUsual: z.boolean(),
})

const parameterChoice = z.object({
  name: z.string(),
  label: text,
  type: z.enum(['boolean', 'text', 'date', 'number']),
  unit: z.string().nullable(),
  isList: z.boolean(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** The choices of a text parameter. */
  options: z.array(z.object({ code: z.string(), label: text })),
  /** What holds on the day in the region; null where the sources leave it open. */
  now: z.object({ value: z.union([scalar, z.array(scalar)]), text }).nullable(),
  /** Programmes whose outcome or amount may depend on it. */
  reaches: z.array(z.string()),
})
export type ParameterChoice = z.infer<typeof parameterChoice>

const packView = z.object({ id: z.string(), title: text, version: z.string(), hash: z.string() })

/** How often a programme pays; `none` only says who belongs to a category. */
const per = z.enum(['month', 'year', 'once', 'none'])
export type PaidPer = z.infer<typeof per>

const programmeChoice = z.object({ id: z.string(), name: text, per })

/** What a question can be made of: day, places, parameters with what holds now, assumptions. */
export const readSimulationChoices = defineRoute({
  method: 'GET',
  path: '/api/v1/insight/simulation-choices',
  permission: 'simulation.run',
  summary: { zh: '模拟可选的参数与假设', en: 'What a simulation can be asked' },
  query: z.object({ on: date.optional(), region: region.optional() }),
  reply: z.object({
    on: z.string(),
    region: place,
    /** The region of the reader and the places below it. */
    places: z.array(place),
    pack: packView,
    programmes: z.array(programmeChoice),
    parameters: z.array(parameterChoice),
    /** The rules whose text may be changed, with the text as it is. */
    rules: z.array(z.object({ name: z.string(), label: text, value: z.string() })),
    assumptions: z.array(assumption),
  }),
})

const snapshot = z.object({
  /** SHA-256 of the frozen facts. */
  hash: z.string(),
  /** When the facts were read from the registry. */
  takenAt: z.string(),
  on: z.string(),
  households: count,
  persons: count,
})

/** Counts of one side. For a programme of persons, `households` have at least one of them. */
const side = z.object({
  households: count,
  /** Members of those households; for a programme of persons, those persons. */
  persons: count,
  /** Households of which nobody can say for lack of facts. */
  unknown: count,
  /** Nothing where it is not paid by the month. */
  monthlyFen: fen,
  /** What is paid by the year, for one year. */
  yearlyFen: fen.optional(),
  /** What is paid once. */
  onceFen: fen.optional(),
})

const programmeResult = z.object({
  programme: z.string(),
  name: text,
  entity: z.enum(['household', 'member']),
  /** Left out in reports that were kept when only monthly money was counted. */
  per: per.optional(),
  /** For what is paid by the year or once: facts behind it that nobody has recorded and that are taken to be as usual. */
  restsOn: z.array(text).optional(),
  before: side,
  after: side,
  /** Households: not in before, in after; and the other way round. */
  entered: count,
  left: count,
  personsEntered: count,
  personsLeft: count,
  /** In before and after, with more or less money. */
  gained: count,
  lost: count,
  /** Known before and after, and the same. */
  unchanged: count,
  /** Not known before or not known after. */
  unknown: count,
})
export type ProgrammeResult = z.infer<typeof programmeResult>

/** A household's monthly money from all programmes of the simulation together. */
const effects = z.object({ gains: count, loses: count, unchanged: count, unknown: count })

const bothSides = z.object({ beforeFen: fen, afterFen: fen })

/** What is paid by the year or once, as on the first day: never multiplied by months, no part of the monthly figures. */
const rare = bothSides.extend({ gains: count, loses: count, unknown: count })
export type RareResult = z.infer<typeof rare>

const nullableCount = count.nullable()
const countyResult = z.object({
  place,
  households: nullableCount,
  gains: nullableCount,
  loses: nullableCount,
  unknown: nullableCount,
  beforeFen: fen.nullable(),
  afterFen: fen.nullable(),
  /** There where programmes paid by the year, or once, are reached; null where the figures are left out. */
  yearly: bothSides.nullish(),
  once: bothSides.nullish(),
  /**
   * The reader may see totals only, and fewer than ten households are concerned, or such a place could be computed from the
   * totals if this one were shown: the figures are left out.
   */
  isHidden: z.boolean(),
})
export type CountyResult = z.infer<typeof countyResult>

const monthResult = z.object({ month: z.string(), beforeFen: fen, afterFen: fen, unknown: count })

/** Households by how much their monthly money changes; from the first up to, not including, the second. Null is open. */
const band = z.object({ fromFen: fen.nullable(), untilFen: fen.nullable(), households: count })

const example = z.object({
  householdId: z.uuid(),
  place,
  persons: count,
  beforeFen: fen,
  afterFen: fen,
})
export type SimulationExample = z.infer<typeof example>

const missingFact = z.object({ name: z.string(), label: text, households: count })

const usedAssumption = z.object({ id: assumptionId, name: text, says: text, isOn: z.boolean() })

/** The answer: everything a report shows. */
export const resultShape = z.object({
  question: questionShape,
  region: place,
  pack: packView,
  snapshot,
  /** Each change with what held before it, in words. */
  changes: z.array(z.object({ label: text, place: place.nullable(), before: text.nullable(), after: text })),
  assumptions: z.array(usedAssumption),
  programmes: z.array(programmeResult),
  /** Programmes which the change cannot reach; they are not computed. */
  untouched: z.array(programmeChoice),
  effects,
  monthlyBeforeFen: fen,
  monthlyAfterFen: fen,
  /** There where such programmes are reached. */
  yearly: rare.optional(),
  once: rare.optional(),
  counties: z.array(countyResult),
  months: z.array(monthResult),
  bands: z.array(band),
  /** Those who gain and lose most; empty for a reader who may not open households. */
  winners: z.array(example),
  losers: z.array(example),
  /** What is missing where nothing can be said, the most frequent first. */
  missing: z.array(missingFact),
})
export type SimulationResult = z.infer<typeof resultShape>

/** Answers a question from a snapshot of the registry in the reader's scope. Keeps nothing but the frozen facts. */
export const runSimulation = defineRoute({
  method: 'POST',
  path: '/api/v1/insight/simulation-runs',
  permission: 'simulation.run',
  summary: { zh: '按登记快照模拟一次', en: 'Simulate a change on a snapshot of the registry' },
  body: z.strictObject({
    question: questionShape,
    /** Reads the registry again, though facts frozen today are at hand. */
    fresh: z.boolean().optional(),
  }),
  keepsNoAnswer: true,
  audited: true,
  reply: z.object({ result: resultShape, milliseconds: count }),
})

/** Who a chart of net position is drawn for. */
export const typicalShape = z.strictObject({
  residence: z.enum(['urban', 'rural']),
  adults: z.number().int().min(1).max(6),
  children: z.number().int().min(0).max(6),
  /** The adults have a disability certificate of this grade; none otherwise. */
  disabilityGrade: z.enum(['none', '1', '2', '3', '4']),
  /** The income of all adults together, a month: from nothing up to this, in steps. */
  upToFen: z.number().int().min(10_000).max(10_000_000),
  stepFen: z.number().int().min(100).max(1_000_000),
})
export type TypicalHousehold = z.infer<typeof typicalShape>

/** Net position is income and what all monthly programmes pay. Null where facts or values are missing. */
const cliffPoint = z.object({
  incomeFen: fen,
  before: z.object({ benefitFen: fen.nullable(), netFen: fen.nullable() }),
  after: z.object({ benefitFen: fen.nullable(), netFen: fen.nullable() }),
})
export type CliffPoint = z.infer<typeof cliffPoint>

/** More income, yet a lower net position: from which income to which, and by how much it falls. */
const cliff = z.object({
  fromIncomeFen: fen,
  toIncomeFen: fen,
  fallFen: fen,
  programmes: z.array(z.string()),
})
export type Cliff = z.infer<typeof cliff>

const cliffChart = z.object({
  points: z.array(cliffPoint),
  cliffs: z.object({ before: z.array(cliff), after: z.array(cliff) }),
  /** Facts and values that were missing for points without a figure. */
  missing: z.array(text),
})
export type CliffChart = z.infer<typeof cliffChart>

/** Net position against income for a typical household, before and after. At most 1,001 points. */
export const drawCliff = defineRoute({
  method: 'POST',
  path: '/api/v1/insight/simulation-cliffs',
  permission: 'simulation.run',
  summary: { zh: '典型家庭收入与净状况曲线', en: 'Net position of a typical household against its income' },
  body: z.strictObject({ question: questionShape, typical: typicalShape }),
  keepsNoAnswer: true,
  reply: cliffChart,
})

/** Keeps a report: it is computed again from facts frozen now or today, and never changes afterwards. */
export const saveSimulation = defineRoute({
  method: 'POST',
  path: '/api/v1/insight/simulations',
  permission: 'simulation.run',
  summary: { zh: '保存模拟报告', en: 'Save a report of a simulation' },
  body: z.strictObject({
    title: z.string().trim().min(2).max(120),
    question: questionShape,
    typical: typicalShape.nullable(),
  }),
  reply: z.object({ id: z.string(), number: z.string() }),
})

const savedRow = z.object({
  id: z.string(),
  /** `SIM2026-00001`, to be cited. */
  number: z.string(),
  title: z.string(),
  on: z.string(),
  region: place,
  monthlyBeforeFen: fen,
  monthlyAfterFen: fen,
  savedBy: z.string(),
  savedAt: z.string(),
})
export type SavedSimulationRow = z.infer<typeof savedRow>

/** Saved reports of the reader's places, the newest first. */
export const listSimulations = defineRoute({
  method: 'GET',
  path: '/api/v1/insight/simulations',
  permission: 'simulation.read',
  summary: { zh: '模拟报告', en: 'Saved reports of simulations' },
  query: z.object({ cursor: z.uuid().optional() }),
  reply: z.object({ items: z.array(savedRow), next: z.string().nullable() }),
})

const oneReport = z.object({ id: z.uuid() })

/** One saved report as it was kept. */
export const readSimulation = defineRoute({
  method: 'GET',
  path: '/api/v1/insight/simulations/:id',
  permission: 'simulation.read',
  summary: { zh: '查看一份模拟报告', en: 'Open a saved report' },
  params: oneReport,
  audited: true,
  reply: savedRow.extend({
    result: resultShape,
    typical: typicalShape.nullable(),
    cliff: cliffChart.nullable(),
    /** SHA-256 of the kept bytes of the result. */
    resultHash: z.string(),
    /** Whether other rules are in force now. */
    rulesChanged: z.boolean(),
  }),
})

/** What came of computing a report again from what was kept. */
export const simulationReplays = [
  'same',
  'differs',
  'facts-lost',
  'facts-broken',
  'pack-lost',
  'pack-broken',
] as const

/** Computes a saved report again from its frozen facts and kept pack; nothing of today is read. */
export const checkSimulation = defineRoute({
  method: 'GET',
  path: '/api/v1/insight/simulations/:id/check',
  permission: 'simulation.read',
  summary: { zh: '重算一份模拟报告', en: 'Compute a saved report again' },
  params: oneReport,
  reply: z.object({ replay: z.enum(simulationReplays) }),
})
