import type { ReplyOf, Route } from '#access'
import { type Instant, parseDate, parseInstant, shanghaiTextOf } from '#base'
import { ApiProblem } from '#ui'
import { type ApiRequest, apiFetch } from '#ui/web'

interface Call {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: ApiRequest<unknown>['query']
  readonly body?: unknown
  /** The version that was read; sent as `If-Match`. */
  readonly version?: number
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
  /** A POST that changes nothing, such as a preview. */
  readonly onlyReads?: boolean
}

/** The address of a route with its parameters filled in. */
export const addressOf = (route: Route, params: Call['params'] = {}): string =>
  route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))

/** Calls a route of ours and checks the reply against its contract. */
export const callRoute = async <R extends Route>(route: R, call: Call = {}): Promise<ReplyOf<R>> => {
  const { params, version, ...rest } = call
  const { reply } = route
  const answer = await apiFetch<ReplyOf<R>>(addressOf(route, params), {
    ...rest,
    method: route.method,
    ifMatch: version === undefined ? undefined : `"v${version}"`,
    reply: reply === 'file' ? undefined : { parse: (value) => reply.parse(value) as ReplyOf<R> },
  })
  return answer.value
}

/** Whether somebody else changed the record since it was read: nothing was saved, reload and look again. */
export const isChangedMeanwhile = (error: unknown): boolean =>
  error instanceof ApiProblem && error.problem.status === 412

/** A date of a reply as the marks want it: null stays "absent", what is no date becomes "unknown". */
export const dateFrom = (text: string | null) => (text === null ? null : parseDate(text))

/** An instant of a reply, or undefined when it is none. */
export const instantFrom = (text: string): Instant | undefined => parseInstant(text)

/** An instant as people read it, to the minute, in the time of Shanghai. */
export const minuteText = (text: string): string => {
  const instant = parseInstant(text)
  return instant ? shanghaiTextOf(instant).slice(0, 16) : text
}
