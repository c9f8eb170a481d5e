import { newId } from '#base'
import { noteAnswer } from '../session/seen.web.ts'
import { cookieFrom } from './cookie.ts'
import { ApiProblem, problemFrom } from './problem.ts'

type QueryValue = string | number | boolean | undefined | null | readonly (string | number)[]

/** One request to our own server. */
export interface ApiRequest<Reply> {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Sent as JSON; a FormData goes as it is. */
  readonly body?: unknown
  /** Undefined, null and empty values are left out; an array repeats the name. Never put a person's data here. */
  readonly query?: Readonly<Record<string, QueryValue>>
  /** Writes get one by themselves; pass your own to make a repeated attempt count once. */
  readonly idempotencyKey?: string
  /** The `etag` of what was read: the server refuses when it has changed since. */
  readonly ifMatch?: string
  readonly signal?: AbortSignal
  /** Checks the reply, such as a Zod schema; without it the reply is believed. */
  readonly reply?: { parse(value: unknown): Reply }
  /** A POST that only reads, as a search whose text must not stand in an address: a failure is told as a read's. */
  readonly onlyReads?: boolean
  /** A 401 here means wrong credentials, not that the session has ended: signing in, changing a password. */
  readonly checksPassword?: boolean
  /** Give up after this many milliseconds (30,000 if not said; 0 = never). */
  readonly timeoutMs?: number
}

export interface ApiReply<Reply> {
  readonly value: Reply
  readonly status: number
  readonly etag?: string
  /** True when the server answered from an earlier attempt with the same key. */
  readonly replayed: boolean
}

/** The name of the window event that tells the shell that the session has ended. */
export const signedOutEvent = 'doudi:signed-out'

const addressOf = (path: string, query: ApiRequest<unknown>['query']): string => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === null || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one))
  }
  const text = search.toString()
  return text ? `${path}?${text}` : path
}

const headersOf = <Reply>(request: ApiRequest<Reply>, sendsKey: boolean): Headers => {
  const headers = new Headers({
    accept: 'application/json, application/problem+json',
    'accept-language': document.documentElement.lang || 'zh-CN',
  })
  if (request.body !== undefined && !(request.body instanceof FormData)) {
    headers.set('content-type', 'application/json')
  }
  if (request.ifMatch) headers.set('if-match', request.ifMatch)
  if (sendsKey) {
    headers.set('idempotency-key', request.idempotencyKey ?? newId<'request'>())
    const csrf = cookieFrom(document.cookie, 'doudi_csrf')
    if (csrf) headers.set('x-doudi-csrf', csrf)
  }
  return headers
}

// AbortSignal.any is younger than the browsers we must serve, so the two reasons to stop are joined by hand.
const stopper = (signal: AbortSignal | undefined, timeoutMs: number) => {
  const controller = new AbortController()
  const stop = () => controller.abort(signal?.reason)
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop)
  const timer = timeoutMs > 0 ? window.setTimeout(() => controller.abort(), timeoutMs) : undefined
  const release = () => {
    signal?.removeEventListener('abort', stop)
    window.clearTimeout(timer)
  }
  return { signal: controller.signal, release }
}

const send = async (address: string, init: RequestInit, isWrite: boolean, caller?: AbortSignal) => {
  try {
    const response = await fetch(address, init)
    return { response, text: await response.text() }
  } catch (error) {
    if (caller?.aborted) throw error // the page itself changed its mind: not a failure to report
    throw new ApiProblem('network', { status: 0 }, isWrite)
  }
}

const jsonFrom = (text: string): { ok: boolean; value?: unknown } => {
  if (!text) return { ok: true }
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    return { ok: false }
  }
}

const refusedBy = (
  response: Response,
  body: unknown,
  { isWrite, checksPassword }: { isWrite: boolean; checksPassword?: boolean },
): ApiProblem => {
  if (response.status === 401 && !checksPassword) window.dispatchEvent(new Event(signedOutEvent))
  const retryAfter = Number(response.headers.get('retry-after'))
  return new ApiProblem(
    'refused',
    problemFrom(response.status, body, retryAfter > 0 ? retryAfter : undefined),
    isWrite,
  )
}

/**
 * Asks our own server. Gives the reply, or throws an {@link ApiProblem}: `refused` with the server's problem details,
 * `network` when nothing came back, `unreadable` when the reply does not fit. A 401 also fires {@link signedOutEvent}.
 */
export const apiFetch = async <Reply = unknown>(
  path: string,
  request: ApiRequest<Reply> = {},
): Promise<ApiReply<Reply>> => {
  const { method = 'GET', body } = request
  const sendsKey = method !== 'GET'
  const isWrite = sendsKey && !request.onlyReads
  const { signal, release } = stopper(request.signal, request.timeoutMs ?? 30_000)
  const init: RequestInit = {
    method,
    headers: headersOf(request, sendsKey),
    credentials: 'same-origin',
    signal,
  }
  if (body !== undefined) init.body = body instanceof FormData ? body : JSON.stringify(body)
  try {
    const { response, text } = await send(addressOf(path, request.query), init, isWrite, request.signal)
    const read = jsonFrom(text)
    if (!response.ok)
      throw refusedBy(response, read.value, { isWrite, checksPassword: request.checksPassword })
    noteAnswer()
    const traceId = response.headers.get('x-trace-id') ?? undefined
    const unreadable = () => new ApiProblem('unreadable', { status: response.status, traceId }, isWrite)
    if (!read.ok) throw unreadable()
    return {
      value: parsed(request, read.value, unreadable),
      status: response.status,
      etag: response.headers.get('etag') ?? undefined,
      replayed: response.headers.get('idempotent-replayed') === 'true',
    }
  } finally {
    release()
  }
}

const parsed = <Reply>(request: ApiRequest<Reply>, value: unknown, unreadable: () => ApiProblem): Reply => {
  if (!request.reply) return value as Reply
  try {
    return request.reply.parse(value)
  } catch (error) {
    console.error('the reply does not fit its contract', error)
    throw unreadable()
  }
}
