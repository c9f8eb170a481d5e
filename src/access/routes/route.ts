import type { z } from 'zod'
import type { Permission } from '../roles.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

type Schema = z.ZodType

/** The contract of one HTTP route: the server, the page and the interface description all come from it. */
export interface Route<
  Params extends Schema = Schema,
  Query extends Schema = Schema,
  Body extends Schema = Schema,
  Reply extends Schema = Schema,
> {
  readonly method: Method
  /** Path with `:name` for parameters: `/api/v1/<room>/<feature>`. */
  readonly path: string
  /** Who may call it; `open` needs no session. */
  readonly permission: Permission | 'signed-in' | 'open'
  /** What it does, in one sentence, for the interface description. */
  readonly summary: { readonly zh: string; readonly en: string }
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
  /** Allow-list of what leaves; `file` for a download. */
  readonly reply: Reply | 'file'
  /** Multipart upload of one file in the field `file`, at most this many MiB; other fields are in the body. */
  readonly uploadMiB?: number
  /** The edit needs an `If-Match` header with the version it was made on. */
  readonly versioned?: boolean
  /**
   * The answer holds what must not be kept (a number): the write is not remembered under its key, and doing it twice
   * changes nothing.
   */
  readonly keepsNoAnswer?: boolean
  /** A read that leaves a trace in the audit chain, as every write does. */
  readonly audited?: boolean
}

/** Declares a route; keeps the schemas' types. */
export const defineRoute = <P extends Schema, Q extends Schema, B extends Schema, R extends Schema>(
  route: Route<P, Q, B, R>,
): Route<P, Q, B, R> => route

export type ParamsOf<R> = R extends Route<infer P, Schema, Schema, Schema> ? z.output<P> : never
export type QueryOf<R> = R extends Route<Schema, infer Q, Schema, Schema> ? z.output<Q> : never
export type BodyOf<R> = R extends Route<Schema, Schema, infer B, Schema> ? z.output<B> : never
export type ReplyOf<R> = R extends Route<Schema, Schema, Schema, infer T> ? z.output<T> : never
