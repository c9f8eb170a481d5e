import type { Command, Context } from '../context.server.ts'
import { ask } from '../operator.server.ts'
import { type Session, withInstallation } from '../session.server.ts'
import type { FeedAnswer } from './figures.server.ts'

const folder = '/api/v1/exchange/feeds/:id'

const decide = async <T>(
  session: Session,
  { words }: Context,
  id: string,
  step: 'release' | 'take-back',
  reason: unknown,
): Promise<T> => {
  const params = { id }
  const { version } = await ask<FeedAnswer>(session, words, { method: 'GET', path: folder, params })
  return ask<T>(session, words, {
    method: 'POST',
    path: `${folder}/${step}`,
    params,
    body: { reason },
    version,
    audit: `feed ${step}`,
  })
}

/** `doudi feed take-back ID`: takes a file back whole. */
export const takeBackCommand: Command = (context, { args, options }) =>
  withInstallation(context, async (session) => {
    const { out, words } = context
    const id = String(args[0])
    const { withdrawn, marked } = await decide<{ withdrawn: number; marked: number }>(
      session,
      context,
      id,
      'take-back',
      options.reason,
    )
    out.line(words.say('feed.takenBack', { withdrawn, marked }))
    out.result({ id, status: 'taken-back', withdrawn, marked })
    return undefined
  })

/** `doudi feed release ID`: lets a quarantined file in. */
export const releaseCommand: Command = (context, { args, options }) =>
  withInstallation(context, async (session) => {
    const { out, words } = context
    const id = String(args[0])
    await decide(session, context, id, 'release', options.reason)
    out.line(words.say('feed.released'))
    out.result({ id, status: 'accepted' })
    return undefined
  })
