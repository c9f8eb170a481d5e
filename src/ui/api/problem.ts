// RFC 9457 problem details, and what a page may say about each.

/** One fault in the input: `pointer` names the field (JSON pointer), `row` and `column` a place in a file. */
export interface ProblemFault {
  readonly pointer?: string
  readonly code?: string
  readonly message: string
  readonly row?: number
  readonly column?: string
}

/** `application/problem+json` as the server sends it. */
export interface Problem {
  readonly type?: string
  readonly title?: string
  readonly status: number
  readonly detail?: string
  readonly instance?: string
  readonly code?: string
  readonly errors?: readonly ProblemFault[]
  readonly traceId?: string
  /** Seconds from the `Retry-After` header. */
  readonly retryAfter?: number
  /** An installation with invented people says so even to those who are not signed in. */
  readonly demo?: boolean
}

/** Where it went wrong: the server said no, nothing came back, or what came back could not be read. */
export type FailureKind = 'refused' | 'network' | 'unreadable'

/** A request that did not succeed. `isWrite` tells whether something might have been changed by it. */
export class ApiProblem extends Error {
  readonly kind: FailureKind
  readonly problem: Problem
  readonly isWrite: boolean

  constructor(kind: FailureKind, problem: Problem, isWrite: boolean) {
    super(`${problem.code ?? kind} (${problem.status})`)
    this.name = 'ApiProblem'
    this.kind = kind
    this.problem = problem
    this.isWrite = isWrite
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value ? value : undefined

const faultOf = (value: unknown): ProblemFault[] => {
  if (!isRecord(value)) return []
  const message = textOf(value.message)
  if (!message) return []
  const { row, pointer, code, column } = value
  return [
    {
      message,
      pointer: textOf(pointer),
      code: textOf(code),
      row: typeof row === 'number' ? row : undefined,
      column: textOf(column),
    },
  ]
}

/** Reads a problem from a reply's body; whatever is not as the standard says is left out. */
export const problemFrom = (status: number, body: unknown, retryAfter?: number): Problem => {
  if (!isRecord(body)) return { status, retryAfter }
  return {
    status,
    retryAfter,
    type: textOf(body.type),
    title: textOf(body.title),
    detail: textOf(body.detail),
    instance: textOf(body.instance),
    code: textOf(body.code),
    errors: Array.isArray(body.errors) ? body.errors.flatMap(faultOf) : undefined,
    traceId: textOf(body.traceId),
    demo: body.demo === true ? true : undefined,
  }
}

export type ProblemSort =
  | 'network'
  | 'unreadable'
  | 'signedOut'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'invalid'
  | 'tooMany'
  | 'server'

const sortByStatus: Readonly<Record<number, ProblemSort>> = {
  400: 'invalid',
  401: 'signedOut',
  403: 'forbidden',
  404: 'missing',
  409: 'conflict',
  410: 'missing',
  412: 'conflict',
  413: 'invalid',
  415: 'invalid',
  422: 'invalid',
  428: 'conflict',
  429: 'tooMany',
}

// Told by their code, because their status alone would send the reader to the wrong person.
const sortByCode: Readonly<Record<string, ProblemSort>> = { 'access.csrf': 'conflict' }

/** Which family of explanations fits an error; anything that is not an ApiProblem is a fault of the page itself. */
export const sortOf = (error: unknown): ProblemSort => {
  if (!(error instanceof ApiProblem)) return 'server'
  if (error.kind !== 'refused') return error.kind
  const { code = '', status } = error.problem
  return sortByCode[code] ?? sortByStatus[status] ?? (status >= 500 ? 'server' : 'invalid')
}

/**
 * What is true of the data after a failure: a read changes nothing; a refused write has no effect; a write whose
 * answer never came may or may not have happened.
 */
export const safetyOf = (error: unknown): 'safeRead' | 'safeNotSaved' | 'safeUnsure' => {
  if (!(error instanceof ApiProblem) || !error.isWrite) return 'safeRead'
  if (error.kind === 'refused' && error.problem.status < 500) return 'safeNotSaved'
  return 'safeUnsure'
}

/** Whether sending the same request again may help. */
export const isWorthRetrying = (error: unknown): boolean =>
  ['network', 'server', 'tooMany', 'unreadable', 'conflict'].includes(sortOf(error))

/**
 * Whether the outcome of a write is settled: then a next attempt is a new operation and gets a new key.
 * While it is not (no answer, 5xx, still in flight, signed out, too many), the same key protects from doing it twice.
 */
export const isSettled = (error: unknown): boolean =>
  error instanceof ApiProblem &&
  error.kind === 'refused' &&
  error.problem.status < 500 &&
  ![401, 408, 409, 425, 429].includes(error.problem.status)

/** Faults by the last part of their pointer: `/income/0/amount` counts for `income.0.amount`. */
export const faultsByField = (error: unknown): ReadonlyMap<string, string> => {
  const faults = error instanceof ApiProblem ? (error.problem.errors ?? []) : []
  return new Map(
    faults.flatMap(({ pointer, message }) =>
      pointer ? [[pointer.replace(/^\//, '').replaceAll('/', '.'), message] as const] : [],
    ),
  )
}
