import { newId } from '#base'
import { ApiProblem, cookieFrom, problemFrom } from '#ui'
import { signedOutEvent } from '#ui/web'
import type { ReplyOf, Route } from '../routes/route.ts'

interface UploadCall {
  readonly file: File
  readonly fields?: Readonly<Record<string, string | undefined>>
  readonly idempotencyKey?: string
  /** From 0 to 100, while the file is on its way. */
  readonly onProgress?: (percent: number) => void
  /** True where the server keeps the file, so that a missing answer leaves its fate open. */
  readonly isWrite: boolean
}

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
    const csrf = cookieFrom(document.cookie, 'doudi_csrf')
    if (csrf) request.setRequestHeader('x-doudi-csrf', csrf)
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
