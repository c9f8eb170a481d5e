import { rmSync } from 'node:fs'
import type { Actor } from '#access'
import { type Endpoint, serve } from '#access/server'
import { Refusal } from '#base'
import { removeFeedParts } from '#lake/server'
import { cancelFeed } from './contract.ts'
import { tryLockFeed } from './feed-lock.queries.server.ts'
import { getFeed, refuseFeed } from './feeds.queries.server.ts'
import { inboxPath, lakeDirOf } from './leftovers.server.ts'
import { askToCancel } from './progress.queries.server.ts'
import { getVisible, isWithin } from './visible.server.ts'

interface Stoppable {
  readonly status: string
  readonly region_code: string
  readonly received_by: string | null
}

/** Who sent a file, and who may decide about it, may stop its reading. */
export const mayCancel = (actor: Actor, feed: Stoppable): boolean =>
  (feed.status === 'received' || feed.status === 'reading') &&
  actor.permissions.has('feed.upload') &&
  isWithin(actor, feed) &&
  (feed.received_by === actor.accountId || actor.permissions.has('feed.decide'))

/** Stops a reading: whoever is at it, in whichever process, finds the request; where nobody is, the file ends here. */
export const serveCancel = (dataDir: string): Endpoint =>
  serve(cancelFeed, async ({ tx, actor, clock, params }) => {
    const feed = await getVisible(tx, params.id, actor)
    if (!mayCancel(actor, { ...feed, status: 'reading' })) throw new Refusal('access.forbidden')
    if (!(await askToCancel(tx, clock, feed.id, actor.accountId)))
      throw new Refusal('exchange.wrong-state', { status: (await getFeed(tx, feed.id)).status })
    if (!(await tryLockFeed(tx, feed.id))) return { status: 'reading' as const }
    await refuseFeed(tx, clock, await getFeed(tx, feed.id), new Refusal('exchange.cancelled'))
    rmSync(inboxPath(dataDir, feed.id), { force: true })
    removeFeedParts(lakeDirOf(dataDir), feed.id)
    return { status: 'refused' as const }
  })
