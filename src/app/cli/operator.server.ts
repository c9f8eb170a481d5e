import { userInfo } from 'node:os'
import { type Actor, type Method, permissions, type Route } from '#access'
import { recordAudit } from '#access/server'
import { assert } from '#base'
import { everywhere } from '#store'
import { inScope, type Tx } from '#store/server'
import { endpointsOf } from '../services.server.ts'
import type { Session } from './session.server.ts'
import type { Words } from './words.ts'

// Nobody's account: what was done here was done at the machine, by whoever may read its data folder.
const nobody = '00000000-0000-0000-0000-000000000000'

/** Whoever works at the command line: sees everything, acts under no account. */
const operatorOf = (regionCode: string): Actor => ({
  accountId: nobody,
  displayName: 'doudi',
  role: 'administrator',
  organisation: { id: nobody, name: 'doudi', kind: 'platform', department: null, regionCode },
  permissions: new Set(permissions),
  scope: everywhere,
})

const systemUser = (): string => {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? '') // a user without a name, as in some containers
  }
}

/** Writes into the audit chain what was done at the command line, and as which user of the system. */
export const auditCommand = (
  tx: Tx,
  { installation, regionCode }: Session,
  action: string,
  subjectId?: string,
): Promise<void> =>
  recordAudit(tx, installation.clock, {
    action: `doudi ${action}`,
    subjectId,
    regionCode,
    details: { systemUser: systemUser() },
  })

export interface Asked {
  readonly method: Method
  readonly path: string
  readonly params?: object
  readonly query?: object
  readonly body?: object
  readonly version?: number
  /** What the audit chain calls it; reads that need no trace leave it out. */
  readonly audit?: string
}

const parsed = (schema: Route['query'], value: object | undefined): never =>
  schema ? (schema.parse(value ?? {}) as never) : (undefined as never)

/**
 * Asks one of the rooms' endpoints, as a page would over HTTP, for somebody at the command line: the same masking, the
 * same rules, one transaction with its audit row.
 */
export const ask = async <T>(session: Session, words: Words, asked: Asked): Promise<T> => {
  const { services, regionCode } = session
  const { database, clock } = services
  const endpoint = endpointsOf(services).find(
    ({ route }) => route.path === asked.path && route.method === asked.method,
  )
  assert(endpoint, `no such endpoint: ${asked.method} ${asked.path}`)
  const { route, handle } = endpoint
  const actor = operatorOf(regionCode)
  return inScope(database, actor.scope, async (tx) => {
    const value = await handle({
      tx,
      database,
      actor,
      clock,
      language: words.language,
      params: parsed(route.params, asked.params),
      query: parsed(route.query, asked.query),
      body: parsed(route.body, asked.body),
      version: asked.version ?? 0,
      upload: undefined,
    })
    if (asked.audit) {
      const { id } = (asked.params ?? {}) as { id?: string }
      await auditCommand(tx, session, asked.audit, id)
    }
    return value as T
  })
}
