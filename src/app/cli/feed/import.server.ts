import { rmSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { Refusal, type RefusalCode } from '#base'
import { coveredPlace, getFeed, type ReadOptions, readFeed, receivePath, takeBack } from '#exchange/server'
import { withdrawRestingOn } from '#monitoring/server'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import type { Command, Context, Given } from '../context.server.ts'
import { ask, auditCommand } from '../operator.server.ts'
import { type Session, withInstallation } from '../session.server.ts'
import { type FeedAnswer, feedFigures, kindName, statusName } from './figures.server.ts'
import { findRefusalOf } from './import.queries.server.ts'

interface Options {
  readonly kind?: string
  readonly layout?: string
  readonly region?: string
  readonly period?: string
}

/** How far reading is: rows and rows a second, and the time left by the bytes of the file. */
const telling = ({ progress, words, signal }: Context, fileName: string): ReadOptions => ({
  signal,
  onProgress: ({ bytes, bytesTotal, received }) =>
    progress.count(
      words.say('progress.reading', { file: fileName }),
      bytes,
      Math.max(2, bytesTotal),
      words.say('progress.rows', { rows: received.toLocaleString('en') }),
      received,
    ),
})

/** Nothing of an interrupted import is kept, so that the same file may be sent again. */
const forget = async ({ services, installation }: Session, feedId: string): Promise<void> => {
  const { database, clock, dataDir } = services
  await inScope(database, everywhere, async (tx) => {
    const feed = await getFeed(tx, feedId)
    if (feed.status !== 'received' && feed.status !== 'reading') return
    const onTakenBack = (of: typeof tx, id: string, actorId: string | null) =>
      withdrawRestingOn(of, installation.clock, id, actorId)
    await takeBack({ onTakenBack }, tx, clock, feed, { actorId: null, reason: 'interrupted' })
  })
  rmSync(join(dataDir, 'inbox', feedId), { force: true })
}

const read = async (session: Session, feedId: string, options: ReadOptions): Promise<void> => {
  try {
    await readFeed(session.services.intake, feedId, options)
  } catch (error) {
    if (options.signal?.aborted) await forget(session, feedId)
    throw error
  }
}

const receive = async (context: Context, session: Session, path: string, options: Options) => {
  const { services, regionCode, attached } = session
  const fileName = basename(path)
  const place =
    options.region ??
    (await inScope(services.database, everywhere, (tx) => coveredPlace(tx, regionCode, fileName)))
  const incoming = {
    fileName,
    kind: options.kind ?? null,
    layoutId: options.layout ?? null,
    regionCode: place,
    period: options.period ?? null,
    receivedBy: null,
  }
  const received = await receivePath(services.intake, path, incoming)
  const { status } = await inScope(services.database, everywhere, (tx) => getFeed(tx, received.feedId))
  const isUnread = status === 'received' || status === 'reading'
  // Known and unread: an earlier import of it was killed. A running installation reads such a file itself.
  if (received.known && (attached || !isUnread)) return received
  await read(session, received.feedId, telling(context, incoming.fileName))
  return { ...received, known: false }
}

const print = ({ out, words }: Context, feed: FeedAnswer, known: boolean): void => {
  const { id, rowsIn, rowsAccepted, rowsRejected, status } = feed
  if (known) out.line(words.say('feed.known'))
  out.line(words.say('feed.imported', { kind: kindName(words, feed.kind), period: feed.period ?? '', id }))
  out.line(words.say('feed.counts', { rowsIn, accepted: rowsAccepted, rejected: rowsRejected }))
  for (const { count, text } of feed.reasons)
    out.line(`  ${words.say('feed.reason', { count, reason: words.pick(text) })}`)
  if (status === 'accepted') out.line(words.say('feed.accepted'))
  else if (status === 'quarantined') {
    out.line(out.paint('yellow', words.say('feed.quarantined', { id })))
    for (const reason of feed.quarantine) out.line(`  ${words.pick(reason)}`)
  } else out.line(words.say('feed.otherStatus', { status: statusName(words, status) }))
}

const importInto = async (context: Context, session: Session, { args, options }: Given) => {
  const { out, words, progress } = context
  const path = resolve(String(args[0]))
  const { feedId, known } = await receive(context, session, path, options as Options)
  progress.done()
  const { database } = session.services
  const refusal = known ? undefined : await inScope(database, everywhere, (tx) => findRefusalOf(tx, feedId))
  await inScope(database, everywhere, (tx) => auditCommand(tx, session, 'feed import', feedId))
  if (refusal) throw new Refusal(refusal.code as RefusalCode, refusal.details)
  const feed = await ask<FeedAnswer>(session, words, {
    method: 'GET',
    path: '/api/v1/exchange/feeds/:id',
    params: { id: feedId },
  })
  print(context, feed, known)
  out.result({ known, ...feedFigures(feed) })
  return undefined
}

/**
 * `doudi feed import FILE`: takes a file in and reads it at once. A file that is refused as a whole ends with its reason
 * and code 1; one that is interrupted leaves nothing.
 */
export const importCommand: Command = async (context, given) => {
  const path = resolve(String(given.args[0]))
  // What is not there is told before anything is begun.
  if (!statSync(path).isFile()) throw new Refusal('app.file-trouble', { path, reason: 'EISDIR' })
  return withInstallation(context, async (session) => importInto(context, session, given))
}
