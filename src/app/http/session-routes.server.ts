import type { FastifyInstance, FastifyReply } from 'fastify'
import { changePassword, logIn, logOut, readSession } from '#access'
import {
  changePasswordOf,
  describeSession,
  endSession,
  findInstallation,
  logInWith,
  recordAudit,
} from '#access/server'
import { Refusal } from '#base'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { csrfCookie, findCaller, sessionCookie } from './caller.server.ts'
import { InvalidRequest, type MountOptions } from './mount.server.ts'

const cookie = { path: '/', sameSite: 'strict', httpOnly: true } as const

const clearCookies = (reply: FastifyReply) =>
  reply.clearCookie(sessionCookie, cookie).clearCookie(csrfCookie, { ...cookie, httpOnly: false })

/** Nobody is signed in, in a demo: its log-in page says that it is one. */
export class SignedOutOfDemo extends Refusal {
  readonly demo = true
}

const tellDemo = async (database: MountOptions['database'], error: unknown): Promise<never> => {
  if (!(error instanceof Refusal) || error.code !== 'access.not-signed-in') throw error
  const installation = await inScope(database, everywhere, findInstallation)
  throw installation?.demo ? new SignedOutOfDemo(error.code, error.details) : error
}

const parseBody = <T>(
  schema: { safeParse: (value: unknown) => { success: boolean; data?: T } },
  body: unknown,
): T => {
  const { success, data } = schema.safeParse(body)
  if (!success || data === undefined) throw new InvalidRequest([{ pointer: '/body', message: '' }])
  return data
}

const mountLogIn = (app: FastifyInstance, { database, clock }: MountOptions): void => {
  app.route({
    method: 'POST',
    url: logIn.path,
    config: { rateLimit: { max: 30, timeWindow: '1 minute' } },
    handler: async (request, reply) => {
      const { login, password } = parseBody(logIn.body!, request.body)
      const session = await logInWith(database, clock, login, password)
      const description = await inScope(database, everywhere, (tx) => describeSession(tx, clock, session))
      return reply
        .setCookie(sessionCookie, session.token, cookie)
        .setCookie(csrfCookie, session.csrfToken, { ...cookie, httpOnly: false })
        .header('cache-control', 'no-store')
        .send(description)
    },
  })
}

const mountLogOut = (app: FastifyInstance, { database, clock }: MountOptions): void => {
  app.post(logOut.path, async (request, reply) => {
    const caller = await findCaller(database, clock, logOut, request)
    if (caller) {
      await inScope(database, everywhere, async (tx) => {
        await endSession(tx, clock, caller.token)
        await recordAudit(tx, clock, { action: 'access.logged-out', accountId: caller.actor.accountId })
      })
    }
    return clearCookies(reply).send({ ended: true })
  })
}

const mountPassword = (app: FastifyInstance, { database, clock }: MountOptions): void => {
  app.post(
    changePassword.path,
    { config: { rateLimit: { max: 10, timeWindow: '1 minute' } } },
    async (request, reply) => {
      const caller = await findCaller(database, clock, changePassword, request)
      const { current, next } = parseBody(changePassword.body!, request.body)
      await inScope(database, everywhere, async (tx) => {
        const accountId = caller?.actor.accountId ?? ''
        await changePasswordOf(tx, clock, { accountId, token: caller?.token ?? '', current, next })
        await recordAudit(tx, clock, { action: 'access.password-changed', accountId })
      })
      return reply.send({ changed: true })
    },
  )
}

/** Log-in, session, log-out and change of password: the routes that set cookies and so are mounted by hand. */
export const mountSessionRoutes = (app: FastifyInstance, options: MountOptions): void => {
  const { database, clock } = options
  mountLogIn(app, options)
  app.get(readSession.path, async (request, reply) => {
    const caller = await findCaller(database, clock, readSession, request).catch((error) =>
      tellDemo(database, error),
    )
    const session = await inScope(database, everywhere, (tx) =>
      describeSession(tx, clock, { accountId: caller?.actor.accountId ?? '', token: caller?.token ?? '' }),
    )
    return reply.header('cache-control', 'no-store').send(session)
  })
  mountLogOut(app, options)
  mountPassword(app, options)
}

export const sessionRoutes = [logIn, readSession, logOut, changePassword]
