import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import fastifyCookie from '@fastify/cookie'
import fastifyHelmet from '@fastify/helmet'
import fastifyMultipart from '@fastify/multipart'
import fastifyRateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Route } from '#access'
import type { Endpoint } from '#access/server'
import { type Clock, Refusal, type RefusalSpec } from '#base'
import type { Database } from '#store/server'
import { mountPortal, type Portal } from '../portal/mount.server.ts'
import { InvalidRequest, type MountOptions, mountEndpoint } from './mount.server.ts'
import { openApiOf } from './openapi.ts'
import { languageOf, problemOf } from './problems.server.ts'
import { mountSessionRoutes, SignedOutOfDemo, sessionRoutes } from './session-routes.server.ts'

/** What the server tells a log; never a body, a name or a number. */
export interface ServerLog {
  info(entry: Readonly<Record<string, unknown>>, message: string): void
  error(entry: Readonly<Record<string, unknown>>, message: string): void
}

export interface ServerOptions {
  readonly database: Database
  readonly clock: Clock
  readonly endpoints: readonly Endpoint[]
  readonly refusals: Readonly<Record<string, RefusalSpec>>
  /** Private folder for uploads under way. */
  readonly uploadFolder: string
  /** Built console; left out in tests of the interface alone. */
  readonly consoleFolder?: string | undefined
  /** The residents' pages; left out in tests of the interface alone. */
  readonly portal?: Portal | undefined
  readonly version: string
  readonly log: ServerLog
  readonly isReady: () => boolean
}

const bodyLimit = 1024 * 1024
const requestSeconds = 120

const asRefusal = (error: unknown): Refusal => {
  if (error instanceof Refusal) return error
  const { statusCode, code } = error as { statusCode?: number; code?: string }
  if (statusCode === 429) return new Refusal('access.too-many')
  if (statusCode === 413) return new Refusal('access.too-large', { limit: 1 })
  if (statusCode && statusCode < 500) return new Refusal('access.invalid', { detail: code ?? '' })
  // Row-level security refused a row outside the actor's regions.
  if (code === '42501') return new Refusal('access.forbidden')
  // 57P01–57P03: the database is stopping or starting; 53xxx: it is out of a resource.
  if (/^(57P0|53|08)|ECONNREFUSED|ECONNRESET/.test(code ?? '')) return new Refusal('access.unavailable')
  return new Refusal('access.internal')
}

const sendProblem = (
  options: ServerOptions,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
) => {
  const refusal = asRefusal(error)
  const problem = problemOf(refusal, options.refusals, {
    language: languageOf(request.headers['accept-language']),
    instance: request.url.split('?')[0] ?? '',
    traceId: request.id,
    ...(refusal instanceof InvalidRequest ? { errors: refusal.issues } : {}),
    ...(refusal instanceof SignedOutOfDemo ? { demo: true } : {}),
  })
  if (problem.status >= 500) {
    const { name, code, stack } = error as { name?: string; code?: string; stack?: string }
    const frames = stack
      ?.split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 8)
    options.log.error({ traceId: request.id, error: name, code, frames }, 'request failed')
  }
  if (problem.status === 503) reply.header('retry-after', '5')
  return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

const addGuards = async (app: FastifyInstance): Promise<void> => {
  await app.register(fastifyHelmet, {
    // The console is served over loopback or behind a gateway that ends TLS.
    hsts: false,
    crossOriginEmbedderPolicy: false,
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        // antd writes its styles at run time; scripts have no such way in.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: null,
      },
    },
  })
  await app.register(fastifyCookie)
  await app.register(fastifyMultipart)
  await app.register(fastifyRateLimit, { max: 1200, timeWindow: '1 minute' })
}

const mountConsole = async (app: FastifyInstance, folder: string): Promise<void> => {
  await app.register(fastifyStatic, {
    root: folder,
    immutable: true,
    maxAge: '365d',
    index: false,
    wildcard: true,
  })
  const page = (reply: FastifyReply) =>
    reply.header('cache-control', 'no-cache').sendFile('index.html', { immutable: false, maxAge: 0 })
  app.get('/', (_, reply) => page(reply))
  app.setNotFoundHandler((request, reply) => {
    const isPage =
      request.method === 'GET' &&
      !request.url.startsWith('/api/') &&
      !/\.\w{2,5}$/.test(request.url.split('?')[0] ?? '')
    if (isPage) return page(reply)
    throw new Refusal('access.not-found')
  })
}

const mountPlain = (app: FastifyInstance, options: ServerOptions, routes: readonly Route[]): void => {
  const description = openApiOf(routes, options.version)
  app.get('/openapi.json', (_, reply) => reply.send(description))
  app.get('/healthz', (_, reply) =>
    options.isReady()
      ? reply.send({ status: 'ready' })
      : reply.code(503).header('retry-after', '1').send({ status: 'starting' }),
  )
}

/**
 * The HTTP server: every endpoint of the rooms behind session, permission, scope and limits; log-in; the interface
 * description at `/openapi.json`; `/healthz`; the built console. Errors leave as problem documents.
 */
export const buildServer = async (options: ServerOptions): Promise<FastifyInstance> => {
  mkdirSync(options.uploadFolder, { recursive: true, mode: 0o700 })
  const app = Fastify({
    logger: false,
    bodyLimit,
    genReqId: () => randomUUID(),
    requestTimeout: requestSeconds * 1000,
    connectionTimeout: requestSeconds * 1000,
    keepAliveTimeout: 10_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  })
  app.setErrorHandler((error, request, reply) => sendProblem(options, error, request, reply))
  await addGuards(app)
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    const entry = {
      traceId: request.id,
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    }
    options.log.info(entry, 'request')
  })
  const mount: MountOptions = options
  mountSessionRoutes(app, mount)
  for (const endpoint of options.endpoints) mountEndpoint(app, mount, endpoint)
  mountPlain(app, options, [...sessionRoutes, ...options.endpoints.map(({ route }) => route)])
  const { consoleFolder, portal } = options
  if (portal) await mountPortal(app, portal)
  if (consoleFolder && existsSync(join(consoleFolder, 'index.html'))) await mountConsole(app, consoleFolder)
  else {
    app.setNotFoundHandler(() => {
      throw new Refusal('access.not-found')
    })
  }
  return app
}
