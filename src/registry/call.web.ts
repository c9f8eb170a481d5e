import type { ReplyOf, Route } from '#access'
import { type BusinessDate, type Instant, parseDate, parseInstant, shanghaiTextOf } from '#base'
import { type ApiRequest, apiFetch } from '#ui/web'

interface Call {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: ApiRequest<unknown>['query']
  readonly body?: unknown
  /** The version that was read; sent as `If-Match`. */
  readonly version?: number
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}

/** Calls a route of ours and checks the reply against its contract. */
export const callRoute = async <R extends Route>(route: R, call: Call = {}): Promise<ReplyOf<R>> => {
  const { params, version, ...rest } = call
  const { reply } = route
  const path = route.path.replace(/:(\w+)/gu, (_whole: string, name: string) =>
    encodeURIComponent(params?.[name] ?? ''),
  )
  const answer = await apiFetch<ReplyOf<R>>(path, {
    ...rest,
    method: route.method,
    ...(version === undefined ? {} : { ifMatch: `"v${version}"` }),
    ...(reply === 'file' ? {} : { reply: { parse: (value) => reply.parse(value) as ReplyOf<R> } }),
  })
  return answer.value
}

/** A date of a reply as the marks want it: null stays "absent", what is no date becomes "unknown". */
export const dateFrom = (text: string | null): BusinessDate | null | undefined =>
  text === null ? null : parseDate(text)

/** An instant of a reply as people read it, to the minute, in the time of Shanghai. */
export const minuteText = (text: string): string => {
  const at: Instant | undefined = parseInstant(text)
  return at ? shanghaiTextOf(at).slice(0, 16) : text
}

/** A list route as `useKeysetList` takes it, its replies checked against the contract. */
export const listFrom = <R extends Route>(route: R) => {
  const { reply } = route
  return {
    path: route.path,
    ...(reply === 'file' ? {} : { reply: { parse: (value: unknown) => reply.parse(value) as ReplyOf<R> } }),
  }
}
