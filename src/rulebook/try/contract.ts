import { z } from 'zod'
import { defineRoute } from '#access'
import { parseDate, parseRegionCode } from '#base'
import { trialSubject, unsaid } from './subject.ts'
import { triedValues } from './tried-values.ts'

const text = z.object({ zh: z.string(), en: z.string() })
const date = z.string().refine((it) => parseDate(it) !== undefined, { message: 'YYYY-MM-DD' })
const region = z.string().refine((it) => parseRegionCode(it) !== undefined, { message: '12 digits' })

const packView = z.object({
  id: z.string(),
  title: text,
  version: z.string(),
  hash: z.string(),
  isDemo: z.boolean(),
})

const entityView = z.object({
  id: z.string(),
  label: text,
  /** The list of the entity above in which it stands; null for the household itself. */
  list: z.string().nullable(),
  within: z.string().nullable(),
  most: z.number(),
})
export type EntityView = z.infer<typeof entityView>

const factView = z.object({
  entity: z.string(),
  name: z.string(),
  label: text,
  type: z.enum(['boolean', 'code', 'text', 'date', 'month', 'number']),
  unit: z.string().nullable(),
  codes: z.array(z.object({ code: z.string(), label: text })),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** It may be known that there is none. */
  absent: z.boolean(),
  /** In how many rules it is read: the most used are shown first. */
  uses: z.number(),
})
export type DictionaryFact = z.infer<typeof factView>

const triedParameter = z.object({
  name: z.string(),
  label: text,
  type: z.enum(['boolean', 'text', 'date', 'number']),
  unit: z.string().nullable(),
  isList: z.boolean(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  options: z.array(z.object({ code: z.string(), label: text })),
})
export type TriedParameter = z.infer<typeof triedParameter>

const dictionary = z.object({
  pack: packView,
  own: z.object({ code: z.string(), name: z.string() }),
  places: z.array(z.object({ code: z.string(), name: z.string() })),
  entities: z.array(entityView),
  facts: z.array(factView),
  /** Those of the pack, for trying other values. */
  parameters: z.array(triedParameter),
})
export type Dictionary = z.infer<typeof dictionary>

/** What can be entered: the facts of a pack by entity, the pack in force, the places to choose from. */
export const readDictionary = defineRoute({
  method: 'GET',
  path: '/api/v1/rulebook/try',
  permission: 'rule.try',
  summary: { zh: '试算可填写的事实', en: 'Facts that can be entered for a trial' },
  reply: dictionary,
})

const trialBody = {
  on: date,
  region,
  unsaid,
  household: trialSubject,
}

/** What is judged but not kept may be judged by other values than those in force. */
const judgedBody = { ...trialBody, values: triedValues.optional() }

const outcome = z.enum(['eligible', 'not-eligible', 'unknown'])
export type TrialOutcome = z.infer<typeof outcome>

const amount = z.object({ fen: z.number(), per: z.enum(['month', 'year', 'once']) }).nullable()

const result = z.object({
  programme: z.string(),
  name: text,
  tier: z.enum(['basic', 'special', 'emergency']),
  /** Whose it is: empty for the household, `members[2]` … */
  place: z.string(),
  who: z.string(),
  outcome,
  /** Null without an amount, and where it is not known. */
  amount,
  /** The labels of what is missing, in the reader's language. */
  missing: z.array(z.string()),
})
export type TrialResult = z.infer<typeof result>

const judged = { pack: packView, results: z.array(result) }

/** What every programme says of a household that was typed in. Nothing is kept, neither facts nor answer. */
export const tryHousehold = defineRoute({
  keepsNoAnswer: true,
  method: 'POST',
  path: '/api/v1/rulebook/try',
  permission: 'rule.try',
  summary: { zh: '试算一户', en: 'Try a household against the rules' },
  body: z.strictObject(judgedBody),
  reply: z.object(judged),
})

const citation = z.object({ title: z.string(), number: z.string().nullable(), clause: z.string() })

const namedValue = z.object({ label: z.string(), value: z.string() })

const condition = z.object({
  text: z.string(),
  /** The member it was looked at for; empty for the rule's own subject. */
  who: z.string(),
  result: z.enum(['holds', 'not', 'unknown']),
  values: z.array(namedValue),
})

const ruleView = z.object({
  name: z.string(),
  who: z.string(),
  value: z.string(),
  conditions: z.array(condition),
  sources: z.array(citation),
  checkedOn: z.string().nullable(),
})
export type RuleView = z.infer<typeof ruleView>

const parameterView = z.object({
  label: z.string(),
  value: z.string(),
  isOpen: z.boolean(),
  /** Given for this trial alone. */
  isGiven: z.boolean(),
  from: z.string().nullable(),
  place: z.string().nullable(),
  pack: z.string().nullable(),
  isDemo: z.boolean(),
  source: citation.nullable(),
  checkedOn: z.string().nullable(),
})
export type ParameterView = z.infer<typeof parameterView>

const reasonsView = z.object({
  /** The sentences for the officer and for the household. */
  officer: z.string(),
  citizen: z.string(),
  rules: z.array(ruleView),
  parameters: z.array(parameterView),
  sources: z.array(citation),
})
export type ReasonsView = z.infer<typeof reasonsView>

const change = z.object({
  who: z.string(),
  fact: z.string(),
  from: z.string(),
  to: z.string(),
  outcome,
})
export type ChangeView = z.infer<typeof change>

const oneProgramme = { programme: z.string().max(60), place: z.string().max(120) }

/** Why one programme said what it said: every condition, value, parameter with its version, article. */
export const explainTrial = defineRoute({
  keepsNoAnswer: true,
  method: 'POST',
  path: '/api/v1/rulebook/try/reasons',
  permission: 'rule.try',
  summary: { zh: '试算结论的理由', en: 'Why a trial came out as it did' },
  body: z.strictObject({ ...judgedBody, ...oneProgramme }),
  reply: z.object({ reasons: reasonsView }),
})

/** The facts that alone would alter one programme's answer, the nearest value first. */
export const changeTrial = defineRoute({
  keepsNoAnswer: true,
  method: 'POST',
  path: '/api/v1/rulebook/try/changes',
  permission: 'rule.try',
  summary: { zh: '什么会改变试算结论', en: 'What would change the outcome of a trial' },
  body: z.strictObject({ ...judgedBody, ...oneProgramme }),
  reply: z.object({ changes: z.array(change) }),
})

const foundHousehold = z.object({
  id: z.string(),
  number: z.string(),
  place: z.string(),
  /** Masked names of those the text found. */
  people: z.array(z.string()),
})
export type FoundHousehold = z.infer<typeof foundHousehold>

/** Registered households by what their members are called. A number may be in the text, so it is a POST. */
export const findHouseholds = defineRoute({
  keepsNoAnswer: true,
  method: 'POST',
  path: '/api/v1/rulebook/try/households',
  permission: 'rule.try',
  summary: { zh: '查找要试算的在册家庭', en: 'Find a registered household to try' },
  body: z.strictObject({ text: z.string().trim().min(1).max(60) }),
  reply: z.object({ items: z.array(foundHousehold) }),
})

/** What the registry knows of a household, as facts of the pack; the rest is still to be found out. */
export const takeHousehold = defineRoute({
  method: 'GET',
  path: '/api/v1/rulebook/try/households/:id',
  permission: 'rule.try',
  summary: { zh: '带入在册家庭的已知事实', en: 'Known facts of a registered household' },
  params: z.object({ id: z.uuid() }),
  query: z.object({ on: date }),
  reply: z.object({
    id: z.string(),
    number: z.string(),
    place: z.object({ code: z.string(), name: z.string() }),
    household: trialSubject,
    known: z.number(),
  }),
  audited: true,
})

/** Keeps a trial: facts, pack, day, place and outcome, never to be changed. */
export const saveTrial = defineRoute({
  method: 'POST',
  path: '/api/v1/rulebook/trials',
  permission: 'rule.try',
  summary: { zh: '保存试算', en: 'Save a trial' },
  body: z.strictObject({
    ...trialBody,
    householdId: z.uuid().optional(),
    note: z.string().trim().max(200).optional(),
  }),
  reply: z.object({ id: z.string() }),
})

const counts = z.object({ eligible: z.number(), notEligible: z.number(), unknown: z.number() })

const trialRow = z.object({
  id: z.string(),
  place: z.string(),
  on: z.string(),
  pack: z.object({ id: z.string(), version: z.string() }),
  note: z.string().nullable(),
  /** The names of the programmes that said yes. */
  eligible: z.array(z.string()),
  counts,
  savedBy: z.string(),
  savedAt: z.string(),
})
export type TrialRow = z.infer<typeof trialRow>

/** Saved trials of the reader's places, the newest first. */
export const listTrials = defineRoute({
  method: 'GET',
  path: '/api/v1/rulebook/trials',
  permission: 'trial.read',
  summary: { zh: '试算存档', en: 'Saved trials' },
  query: z.object({ cursor: z.uuid().optional() }),
  reply: z.object({ items: z.array(trialRow), next: z.string().nullable() }),
})

const savedTrial = z.object({
  ...judged,
  id: z.string(),
  on: z.string(),
  place: z.object({ code: z.string(), name: z.string() }),
  unsaid,
  household: trialSubject,
  householdId: z.string().nullable(),
  note: z.string().nullable(),
  savedBy: z.string(),
  savedAt: z.string(),
  /** SHA-256 of the kept outcome's bytes. */
  outcomeHash: z.string(),
  /** Judged again by the rules of that day: the same bytes, others, or those rules were not kept. */
  replay: z.enum(['same', 'differs', 'rules-lost']),
  /** Whether other rules are in force now. */
  rulesChanged: z.boolean(),
  entities: z.array(entityView),
  facts: z.array(factView),
})
export type SavedTrial = z.infer<typeof savedTrial>

/** One saved trial with its frozen facts, judged again by the rules of that day. */
export const readTrial = defineRoute({
  method: 'GET',
  path: '/api/v1/rulebook/trials/:id',
  permission: 'trial.read',
  summary: { zh: '查看一份试算存档', en: 'Open a saved trial' },
  params: z.object({ id: z.uuid() }),
  reply: savedTrial,
  audited: true,
})

/** Why a saved trial's programme said what it said, by the rules of that day. */
export const explainSaved = defineRoute({
  method: 'GET',
  path: '/api/v1/rulebook/trials/:id/reasons',
  permission: 'trial.read',
  summary: { zh: '试算存档的理由', en: 'Why a saved trial came out as it did' },
  params: z.object({ id: z.uuid() }),
  query: z.object(oneProgramme),
  reply: z.object({ reasons: reasonsView }),
  audited: true,
})
