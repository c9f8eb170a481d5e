import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { canonicalJson, Refusal } from '#base'
import type { Tx } from '#store/server'

interface Asked {
  readonly accountId: string
  readonly route: string
  readonly key: string
  readonly request: unknown
}

const hashOf = (request: unknown): string =>
  createHash('sha256')
    .update(canonicalJson(request ?? null))
    .digest('hex')

/**
 * The answer already given to this key, or undefined. Holds a lock until the transaction ends, so that a double click
 * waits for the first. Refuses with `access.key-reused` where the key came with another request.
 */
export const findAnswer = async (
  tx: Tx,
  asked: Asked,
): Promise<{ readonly status: number; readonly reply: unknown } | undefined> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${asked.accountId} ${asked.route} ${asked.key}`}, 0))`.execute(
    tx,
  )
  const row = await tx
    .selectFrom('idempotency_keys')
    .select(['status', 'reply', 'request_hash'])
    .where('account_id', '=', asked.accountId)
    .where('route', '=', asked.route)
    .where('key', '=', asked.key)
    .executeTakeFirst()
  if (!row) return undefined
  if (row.request_hash !== hashOf(asked.request)) throw new Refusal('access.key-reused')
  return { status: row.status, reply: row.reply }
}

/** Keeps an answer under its key, in the transaction of the write. */
export const recordAnswer = async (tx: Tx, asked: Asked, status: number, reply: unknown): Promise<void> => {
  await tx
    .insertInto('idempotency_keys')
    .values({
      account_id: asked.accountId,
      route: asked.route,
      key: asked.key,
      request_hash: hashOf(asked.request),
      status,
      reply: JSON.stringify(reply ?? null),
    })
    .execute()
}
