import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Clock } from '#base'
import type { Database, Tx } from '#store/server'
import type { Actor } from '../people/actor.ts'
import type { Route } from './route.ts'

/** One uploaded file, already on disk in a private folder; removed after the request unless the handler moves it. */
export interface Upload {
  readonly path: string
  readonly fileName: string
  readonly sha256: string
  readonly sizeBytes: number
}

/** A download: text or bytes or a stream, with the name it is saved under. */
export interface Download {
  readonly fileName: string
  readonly mediaType: string
  readonly content: Buffer | Readable
}

/** What a handler gets: one transaction in the actor's scope, and only parsed values. */
export interface Call<P, Q, B> {
  readonly tx: Tx
  readonly database: Database
  readonly actor: Actor
  readonly clock: Clock
  readonly language: 'zh-CN' | 'en'
  readonly params: P
  readonly query: Q
  readonly body: B
  /** The version in `If-Match`, where the route is versioned. */
  readonly version: number
  readonly upload: Upload | undefined
}

/** A route with the handler that serves it. */
export interface Endpoint {
  readonly route: Route
  readonly handle: (call: Call<never, never, never>) => Promise<unknown>
}

type Out<S> = S extends z.ZodType ? z.output<S> : undefined
type In<S> = S extends z.ZodType ? z.input<S> : never

/**
 * Binds a handler to a route. The handler runs in one transaction with the actor's scope set; what it writes, the
 * audit row, the events and the idempotency key are kept or dropped together. A `file` route gives a `Download`.
 */
export const serve = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  route: Route<P, Q, B, R>,
  handle: (call: Call<Out<P>, Out<Q>, Out<B>>) => Promise<In<R> | Download>,
): Endpoint => ({ route: route as unknown as Route, handle: handle as unknown as Endpoint['handle'] })
