import { ApiProblem } from '#ui'
import { type ApiRequest, apiFetch } from '#ui/web'
import type { ReplyOf, Route } from '../routes/route.ts'

/** What a call of a route may carry. */
interface RouteCall {
  /** Values for the `:name` parts of the path; each is escaped. */
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
export const addressOf = (route: Route, params: RouteCall['params'] = {}): string =>
  route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))

const checkerOf = <R extends Route>({ reply }: R) =>
  reply === 'file' ? undefined : { parse: (value: unknown) => reply.parse(value) as ReplyOf<R> }

/** Calls a route of ours and checks the reply against its contract; throws an `ApiProblem` as `apiFetch` does. */
export const callRoute = async <R extends Route>(route: R, call: RouteCall = {}): Promise<ReplyOf<R>> => {
  const { params, version, ...rest } = call
  const answer = await apiFetch<ReplyOf<R>>(addressOf(route, params), {
    ...rest,
    method: route.method,
    ifMatch: version === undefined ? undefined : `"v${version}"`,
    reply: checkerOf(route),
  })
  return answer.value
}

/** A list route as `useKeysetList` takes it, its replies checked against the contract. */
export const listFrom = <R extends Route>(route: R) => ({ path: route.path, reply: checkerOf(route) })

/** Whether somebody else changed the record since it was read: nothing was saved, reload and look again. */
export const isChangedMeanwhile = (error: unknown): boolean =>
  error instanceof ApiProblem && error.problem.status === 412
