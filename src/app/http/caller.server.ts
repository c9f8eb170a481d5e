import type { FastifyRequest } from 'fastify'
import type { Actor, Route } from '#access'
import { findActor, findSession } from '#access/server'
import { type Clock, Refusal } from '#base'
import { everywhere } from '#store'
import { type Database, inScope } from '#store/server'

export const sessionCookie = 'doudi_session'
export const csrfCookie = 'doudi_csrf'
const passwordRoutes = ['/api/v1/access/password', '/api/v1/access/session', '/api/v1/access/logout']

export interface Caller {
  readonly actor: Actor
  readonly token: string
}

/**
 * Who calls, checked against what the route needs: session, CSRF token on writes, permission. Undefined only on an
 * open route. What is refused here has touched nothing.
 */
export const findCaller = async (
  database: Database,
  clock: Clock,
  route: Route,
  request: FastifyRequest,
): Promise<Caller | undefined> => {
  if (route.permission === 'open') return undefined
  const token = request.cookies[sessionCookie]
  if (!token) throw new Refusal('access.not-signed-in')
  const found = await inScope(database, everywhere, async (tx) => {
    const session = await findSession(tx, clock, token)
    const actor = session && (await findActor(tx, session.accountId, clock.today()))
    return actor && { actor, session }
  })
  if (!found) throw new Refusal('access.not-signed-in')
  const { actor, session } = found
  if (route.method !== 'GET' && request.headers['x-doudi-csrf'] !== session.csrfToken)
    throw new Refusal('access.csrf')
  if (session.mustChangePassword && !passwordRoutes.includes(route.path))
    throw new Refusal('access.must-change-password')
  if (route.permission !== 'signed-in' && !actor.permissions.has(route.permission))
    throw new Refusal('access.forbidden')
  return { actor, token }
}
