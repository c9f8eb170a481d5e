import type { ReplyOf, Route } from '#access'
import { type Instant, newId, parseInstant } from '#base'
import { ApiProblem, problemFrom } from '#ui'
import { type ApiRequest, apiFetch, signedOutEvent } from '#ui/web'

interface Call {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: ApiRequest<unknown>['query']
  readonly body?: unknown
  /** The version that was read; sent as `If-Match`. */
  readonly version?: number
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
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

interface UploadCall {
  readonly file: File
  readonly fields?: Readonly<Record<string, string | undefined>>
  readonly idempotencyKey?: string
  /** From 0 to 100, while the file is on its way. */
  readonly onProgress?: (percent: number) => void
  /** True where the server keeps the file, so that a missing answer leaves its fate open. */
  readonly isWrite: boolean
}

const csrfToken = (): string | undefined =>
  document.cookie
    .split('; ')
    .find((cookie) => cookie.startsWith('doudi_csrf='))
    ?.slice('doudi_csrf='.length)

const formOf = ({ file, fields = {} }: UploadCall): FormData => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) if (value) form.set(name, value)
  form.set('file', file, file.name)
  return form
}

const answerIn = (request: XMLHttpRequest): { readonly ok: boolean; readonly value?: unknown } => {
  try {
    return { ok: true, value: JSON.parse(request.responseText) }
  } catch {
    return { ok: false }
  }
}

const settle = <R extends Route>(route: R, request: XMLHttpRequest, isWrite: boolean): ReplyOf<R> => {
  const { status } = request
  const answer = answerIn(request)
  if (status < 200 || status >= 300) {
    if (status === 401) window.dispatchEvent(new Event(signedOutEvent))
    const retryAfter = Number(request.getResponseHeader('retry-after')) || undefined
    throw new ApiProblem('refused', problemFrom(status, answer.value, retryAfter), isWrite)
  }
  const parsed = answer.ok && route.reply !== 'file' ? route.reply.safeParse(answer.value) : undefined
  if (!parsed?.success) throw new ApiProblem('unreadable', { status }, isWrite)
  return parsed.data as ReplyOf<R>
}

/**
 * Sends one file to a route of ours and tells how much of it has gone. Not by `fetch`, which cannot tell; otherwise
 * it behaves as `apiFetch` does and throws the same problems.
 */
export const uploadTo = <R extends Route>(route: R, call: UploadCall): Promise<ReplyOf<R>> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(route.method, route.path)
    const csrf = csrfToken()
    if (csrf) request.setRequestHeader('x-doudi-csrf', decodeURIComponent(csrf))
    request.setRequestHeader('idempotency-key', call.idempotencyKey ?? newId<'request'>())
    request.setRequestHeader('accept', 'application/json, application/problem+json')
    request.setRequestHeader('accept-language', document.documentElement.lang || 'zh-CN')
    request.upload.onprogress = ({ loaded, total }) => {
      if (total > 0) call.onProgress?.(Math.floor((loaded * 100) / total))
    }
    request.onerror = () => reject(new ApiProblem('network', { status: 0 }, call.isWrite))
    request.onload = () => {
      try {
        resolve(settle(route, request, call.isWrite))
      } catch (problem) {
        reject(problem)
      }
    }
    request.send(formOf(call))
  })

/** An instant of a reply, or undefined when it is none. */
export const instantFrom = (text: string): Instant | undefined => parseInstant(text)
