import type { Actor } from '#access'
import { contains, Refusal, regionCode } from '#base'
import type { Tx } from '#store/server'
import { type FeedKind, feedDefinition, feedKinds } from '../feeds.ts'
import { type FeedListRecord, findFeedRecord } from './feed-list.queries.server.ts'

/** The kinds that another department sends, which are all it sees; undefined for civil affairs. */
export const kindsFor = (actor: Actor): readonly FeedKind[] | undefined =>
  actor.organisation.department
    ? feedKinds.filter((kind) => feedDefinition(kind).sender === actor.organisation.department)
    : undefined

type Seen = Pick<FeedListRecord, 'kind' | 'received_by' | 'sender_department'>

/** Within the scope: of other departments' files an officer sees none, and of his own also those of no kind yet. */
const isVisible = (feed: Seen, actor: Actor): boolean => {
  const kinds = kindsFor(actor)
  if (!kinds) return true
  if (feed.kind !== null) return kinds.some((kind) => kind === feed.kind)
  return feed.received_by === actor.accountId || feed.sender_department === actor.organisation.department
}

/** A feed that this person may see; undefined for any other. */
export const findVisible = async (tx: Tx, id: string, actor: Actor): Promise<FeedListRecord | undefined> => {
  const feed = await findFeedRecord(tx, id)
  return feed && isVisible(feed, actor) ? feed : undefined
}

/** A feed that this person may see; refuses with `access.not-found`. */
export const getVisible = async (tx: Tx, id: string, actor: Actor): Promise<FeedListRecord> => {
  const feed = await findVisible(tx, id, actor)
  if (!feed) throw new Refusal('access.not-found')
  return feed
}

/** A file about a wider region is decided on, and its rows are given out, where the whole of it may be seen. */
export const isWithin = (actor: Actor, feed: { readonly region_code: string }): boolean =>
  contains(regionCode(actor.organisation.regionCode), regionCode(feed.region_code))
