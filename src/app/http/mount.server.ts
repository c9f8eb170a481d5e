import { rm } from 'node:fs/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Route } from '#access'
import { type Download, type Endpoint, recordAudit } from '#access/server'
import { assert, type Clock, Refusal } from '#base'
import { type Database, inScope, type Tx } from '#store/server'
import { type Caller, findCaller } from './caller.server.ts'
import { findAnswer, recordAnswer } from './idempotency.queries.server.ts'
import { languageOf } from './problems.server.ts'
import { type Received, receiveUpload } from './uploads.server.ts'

export interface MountOptions {
  readonly database: Database
  readonly clock: Clock
  readonly uploadFolder: string
}

/** What is wrong with a request, field by field; turned into the `errors` of a problem document. */
export class InvalidRequest extends Refusal {
  readonly issues: readonly { readonly pointer: string; readonly message: string }[]
  constructor(issues: InvalidRequest['issues']) {
    super('access.invalid', {
      detail: issues.map(({ pointer, message }) => `${pointer} ${message}`).join('；'),
    })
    this.issues = issues
  }
}

const parse = (schema: z.ZodType | undefined, value: unknown, where: string): unknown => {
  if (!schema) return undefined
  const result = schema.safeParse(value ?? {})
  if (result.success) return result.data
  throw new InvalidRequest(
    result.error.issues.map(({ path, message }) => ({
      pointer: `/${[where, ...path.map(String)].join('/')}`,
      message,
    })),
  )
}

const versionIn = (request: FastifyRequest): number => {
  const header = request.headers['if-match']
  const version = Number(/^"v(\d+)"$/.exec(header ?? '')?.[1] ?? Number.NaN)
  if (Number.isNaN(version)) throw new Refusal('access.version-missing')
  return version
}

const keyIn = (request: FastifyRequest): string => {
  const header = request.headers['idempotency-key']
  if (typeof header !== 'string' || header.length < 8 || header.length > 100)
    throw new Refusal('access.key-missing')
  return header
}

const actionOf = (route: Route): string => `${route.method} ${route.path}`

const audit = (tx: Tx, clock: Clock, route: Route, caller: Caller, params: unknown): Promise<void> => {
  const id = (params as { id?: string } | undefined)?.id
  return recordAudit(tx, clock, {
    action: actionOf(route),
    accountId: caller.actor.accountId,
    subjectId: id && /^[0-9a-f-]{36}$/.test(id) ? id : undefined,
    regionCode: caller.actor.organisation.regionCode,
  })
}

interface Prepared {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  readonly version: number
  readonly received: Received | undefined
}

const prepare = async (route: Route, request: FastifyRequest, folder: string): Promise<Prepared> => {
  const params = parse(route.params, request.params, 'params')
  const query = parse(route.query, request.query, 'query')
  const version = route.versioned ? versionIn(request) : 0
  const received = route.uploadMiB ? await receiveUpload(request, folder, route.uploadMiB) : undefined
  const body = parse(route.body, received ? received.fields : request.body, 'body')
  return { params, query, body, version, received }
}

const answer = (route: Route, value: unknown): unknown => {
  assert(route.reply !== 'file', 'a file is no JSON answer')
  return route.reply.parse(value)
}

interface Outcome {
  readonly value: unknown
  readonly replayed: boolean
}

const runCall = (
  options: MountOptions,
  endpoint: Endpoint,
  caller: Caller,
  request: FastifyRequest,
  prepared: Prepared,
): Promise<Outcome> => {
  const { route, handle } = endpoint
  const writes = route.method !== 'GET'
  const { params, query, body, version, received } = prepared
  const asked =
    writes && !route.keepsNoAnswer
      ? {
          accountId: caller.actor.accountId,
          route: actionOf(route),
          key: keyIn(request),
          request: { params, body, version, sha256: received?.upload?.sha256 ?? null },
        }
      : undefined
  return inScope(options.database, caller.actor.scope, async (tx) => {
    const known = asked && (await findAnswer(tx, asked))
    if (known) return { value: known.reply, replayed: true }
    const value = await handle({
      tx,
      database: options.database,
      actor: caller.actor,
      clock: options.clock,
      language: languageOf(request.headers['accept-language']),
      params: params as never,
      query: query as never,
      body: body as never,
      version,
      upload: received?.upload,
    })
    if (writes || route.audited) await audit(tx, options.clock, route, caller, params)
    if (route.reply === 'file') return { value, replayed: false }
    const checked = answer(route, value)
    if (asked) await recordAnswer(tx, asked, 200, checked)
    return { value: checked, replayed: false }
  })
}

const sendFile = (reply: FastifyReply, file: Download) =>
  reply
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`)
    .header('cache-control', 'no-store')
    .type(file.mediaType)
    .send(file.content)

const sendJson = (reply: FastifyReply, { value, replayed }: Outcome) => {
  const version = (value as { version?: unknown } | null)?.version
  if (typeof version === 'number') reply.header('etag', `"v${version}"`)
  if (replayed) reply.header('idempotent-replayed', 'true')
  return reply.header('cache-control', 'no-store').send(value)
}

/** Mounts an endpoint: session, permission, parsed input, one transaction in scope, audit, idempotency, allow-listed reply. */
export const mountEndpoint = (app: FastifyInstance, options: MountOptions, endpoint: Endpoint): void => {
  const { route } = endpoint
  assert(route.permission !== 'open', `an open route is mounted by hand: ${route.path}`)
  app.route({
    method: route.method,
    url: route.path,
    config: { contract: route },
    handler: async (request, reply) => {
      const caller = await findCaller(options.database, options.clock, route, request)
      assert(caller, 'a caller is known on every route that is not open')
      const prepared = await prepare(route, request, options.uploadFolder)
      try {
        const outcome = await runCall(options, endpoint, caller, request, prepared)
        return route.reply === 'file' ? sendFile(reply, outcome.value as Download) : sendJson(reply, outcome)
      } finally {
        if (prepared.received?.upload) await rm(prepared.received.upload.path, { force: true })
      }
    },
  })
}
