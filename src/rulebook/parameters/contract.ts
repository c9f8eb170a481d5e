import { z } from 'zod'
import { defineRoute } from '#access'
import { changeShape } from './change.ts'

export const textShape = z.object({ zh: z.string(), en: z.string() })

/** What is looked at before a change may be released. */
export const checkIds = ['value', 'floor', 'period', 'source', 'region', 'cases', 'rules'] as const

const check = z.object({
  id: z.enum(checkIds),
  isSound: z.boolean(),
  /** What is wrong, in sentences; empty where it is sound. */
  texts: z.array(textShape),
})
export type Check = z.infer<typeof check>

const checked = z.object({
  isSound: z.boolean(),
  checks: z.array(check),
  /** Worth knowing, but no reason to refuse. */
  notices: z.array(textShape),
  /** What holds in the region on that day without the change; null where it is left open. */
  before: textShape.nullable(),
  after: textShape,
})
export type Checked = z.infer<typeof checked>

/** Checks a change before it is proposed. Writes nothing. */
export const checkChange = defineRoute({
  method: 'POST',
  path: '/api/v1/rulebook/parameter-checks',
  permission: 'policy.propose',
  summary: { zh: '检查一项参数调整', en: 'Check a change of a parameter' },
  body: changeShape,
  keepsNoAnswer: true,
  reply: checked,
})

const preview = z.object({
  /** Households looked at. */
  households: z.number().int(),
  gains: z.number().int(),
  loses: z.number().int(),
  /** Eligible before and after, with another amount. */
  changed: z.number().int(),
  /** Of whom it cannot be said, for facts are missing. */
  open: z.number().int(),
  monthlyBeforeFen: z.number().int(),
  monthlyAfterFen: z.number().int(),
  /** The day of the registry that was used. */
  on: z.string(),
})
/** What a change would do to the households of the registry. */
export type ChangePreview = z.infer<typeof preview>

/** What a change would do to the households of the registry; null where nobody can say. */
export const previewChange = defineRoute({
  method: 'POST',
  path: '/api/v1/rulebook/parameter-previews',
  permission: 'policy.propose',
  summary: { zh: '预览一项参数调整的影响', en: 'Preview what a change of a parameter would do' },
  body: changeShape,
  keepsNoAnswer: true,
  reply: z.object({ preview: preview.nullable() }),
})

const person = z.object({ id: z.string(), name: z.string() })

const proposalStates = ['open', 'scheduled', 'released', 'declined', 'withdrawn'] as const

/** When and where something proposed holds, where it stands, and who did what with it. */
export const courseFields = {
  from: z.string(),
  until: z.string().nullable(),
  region: z.object({ code: z.string(), name: z.string() }),
  /** Open; released for a later day (`scheduled`) or in force; declined; withdrawn. */
  state: z.enum(proposalStates),
  proposedBy: person,
  proposedAt: z.string(),
  decidedBy: person.nullable(),
  decidedAt: z.string().nullable(),
  reason: z.string().nullable(),
}

const proposal = z.object({
  id: z.string(),
  number: z.number().int(),
  pack: z.string(),
  parameter: z.string(),
  label: textShape,
  value: textShape,
  ...courseFields,
})
export type Proposal = z.infer<typeof proposal>

/** Proposed changes, the newest first. */
export const listProposals = defineRoute({
  method: 'GET',
  path: '/api/v1/rulebook/parameter-proposals',
  permission: 'policy.read',
  summary: { zh: '参数调整单', en: 'Changes of parameters' },
  query: z.object({
    state: z.enum(['open', 'decided']).optional(),
    parameter: z.string().max(80).optional(),
    cursor: z.coerce.number().int().positive().optional(),
  }),
  reply: z.object({ items: z.array(proposal), next: z.string().nullable() }),
})

const id = z.object({ id: z.uuid() })

/** One change with what it rests on; while it is open, with its checks as they are now. */
export const readProposal = defineRoute({
  method: 'GET',
  path: '/api/v1/rulebook/parameter-proposals/:id',
  permission: 'policy.read',
  summary: { zh: '一份参数调整单', en: 'A change of a parameter' },
  params: id,
  reply: z.object({
    proposal,
    change: changeShape,
    source: z.object({ title: z.string(), number: z.string().nullable(), clause: z.string() }),
    note: z.string().nullable(),
    checkedOn: z.string(),
    checked: checked.nullable(),
    /** What the reader may do with it. */
    may: z.object({ release: z.boolean(), decline: z.boolean(), withdraw: z.boolean() }),
    /** Whether a second person is needed, for the reader proposed it. */
    isOwn: z.boolean(),
  }),
})

/** Proposes a change. Refuses what does not pass the checks (`rulebook.change-unsound`) or lies outside the region. */
export const proposeChange = defineRoute({
  method: 'POST',
  path: '/api/v1/rulebook/parameter-proposals',
  permission: 'policy.propose',
  summary: { zh: '提出一项参数调整', en: 'Propose a change of a parameter' },
  body: changeShape,
  reply: z.object({ id: z.string(), number: z.number().int() }),
})

export const reasonShape = z.strictObject({ reason: z.string().trim().min(2).max(500) })
const done = z.object({ done: z.boolean() })

/** Releases a change; never by its proposer. It is in force from its effective day. */
export const releaseProposal = defineRoute({
  method: 'POST',
  path: '/api/v1/rulebook/parameter-proposals/:id/release',
  permission: 'policy.release',
  summary: { zh: '发布一项参数调整', en: 'Release a change of a parameter' },
  params: id,
  body: z.strictObject({}),
  reply: done,
})

/** Sends a change back; never by its proposer. */
export const declineProposal = defineRoute({
  method: 'POST',
  path: '/api/v1/rulebook/parameter-proposals/:id/decline',
  permission: 'policy.release',
  summary: { zh: '退回一项参数调整', en: 'Decline a change of a parameter' },
  params: id,
  body: reasonShape,
  reply: done,
})

/** Withdraws a change of one's own. */
export const withdrawProposal = defineRoute({
  method: 'POST',
  path: '/api/v1/rulebook/parameter-proposals/:id/withdraw',
  permission: 'policy.propose',
  summary: { zh: '撤回一项参数调整', en: 'Withdraw a change of a parameter' },
  params: id,
  body: reasonShape,
  reply: done,
})
