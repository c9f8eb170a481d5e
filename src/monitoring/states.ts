/** The one transition table of alerts: from, step, to, and who may take it. */
export const alertStatuses = ['new', 'dispatched', 'verifying', 'disposed', 'withdrawn'] as const
export type AlertStatus = (typeof alertStatuses)[number]

export const alertSteps = [
  'raised',
  'merged',
  'dispatched',
  'taken',
  'disposed',
  'escalated',
  'withdrawn',
  'marked',
  'due-computed',
] as const
export type AlertStep = (typeof alertSteps)[number]

interface Transition {
  readonly from: readonly AlertStatus[]
  readonly to: AlertStatus | 'same'
}

/** Statuses in which an alert still needs somebody. */
export const openStatuses: readonly AlertStatus[] = ['new', 'dispatched', 'verifying']

export const isOpen = (status: string): boolean => openStatuses.some((open) => open === status)

const table: Readonly<Record<AlertStep, Transition>> = {
  raised: { from: [], to: 'new' },
  merged: { from: openStatuses, to: 'same' },
  dispatched: { from: openStatuses, to: 'dispatched' },
  taken: { from: ['new', 'dispatched'], to: 'verifying' },
  disposed: { from: openStatuses, to: 'disposed' },
  escalated: { from: openStatuses, to: 'dispatched' },
  // The platform withdraws only what nobody has acted on: a file was taken back.
  withdrawn: { from: ['new', 'dispatched'], to: 'withdrawn' },
  marked: { from: ['new', 'dispatched', 'verifying', 'disposed'], to: 'same' },
  'due-computed': { from: openStatuses, to: 'same' },
}

/** The status after a step, or undefined where the step is not allowed. */
export const statusAfter = (from: AlertStatus, step: AlertStep): AlertStatus | undefined => {
  const { from: allowed, to } = table[step]
  if (!allowed.includes(from)) return undefined
  return to === 'same' ? from : to
}

/** The four disposal routes of the prefecture's plan (S0 2.4): what may follow from an alert. */
export const routes = [1, 2, 3, 4] as const
export type DisposalRoute = (typeof routes)[number]

/** What a verification can find. Labels that find nothing to do open no task. */
export const resultLabels = ['confirmed', 'partly-confirmed', 'not-confirmed', 'already-handled'] as const
export type ResultLabel = (typeof resultLabels)[number]

export type TaskKind = 'implement-policy' | 'check-entitlement' | 'coordinate' | 'review-entitlement'

const taskOfRoute: Readonly<Record<DisposalRoute, TaskKind>> = {
  1: 'implement-policy',
  2: 'check-entitlement',
  3: 'coordinate',
  4: 'review-entitlement',
}

/**
 * The task a disposal opens for a person, or undefined. Route four never ends a benefit: it asks somebody to review
 * the entitlement (S0 2.4).
 */
export const taskAfter = (route: DisposalRoute, result: ResultLabel): TaskKind | undefined =>
  result === 'confirmed' || result === 'partly-confirmed' ? taskOfRoute[route] : undefined
