import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Actor } from '#access'
import { type Endpoint, type Secrecy, serve } from '#access/server'
import {
  type BusinessDate,
  daysBetween,
  lastDayOf,
  type Month,
  Refusal,
  type RefusalSpec,
  refusalTextOf,
  regionCode,
} from '#base'
import { inScope, type Tx } from '#store/server'
import { type FeedKind, feedDefinition, feedKinds, isFeedKind } from '../feeds.ts'
import { layoutsInForce } from '../layouts/in-force.server.ts'
import { coveredPlace } from '../places/covered-place.server.ts'
import { exchangeRefusals } from '../refusals.ts'
import { en } from '../rejects/en.ts'
import type { Reject, RejectReason } from '../rejects/reject.ts'
import { writeRejectSheet } from '../rejects/reject-sheet.server.ts'
import { zhCN } from '../rejects/zh-CN.ts'
import { mayCancel, serveCancel } from './cancel.server.ts'
import {
  downloadRejects,
  type FeedRow,
  listFeeds,
  listRejects,
  readFeedFile,
  releaseFeed,
  takeBackFeed,
  uploadFeed,
} from './contract.ts'
import {
  countRejectReasons,
  deleteIdentities,
  type FeedListRecord,
  listFeedRecords,
  listNewestPeriods,
  listRejectRecords,
} from './feed-list.queries.server.ts'
import { decideFeed, getFeed } from './feeds.queries.server.ts'
import type { KeptStatistics } from './judge.ts'
import { cellsContext, type KeptCells } from './kept.ts'
import { sheetFolderMark } from './leftovers.server.ts'
import { progressFigures } from './progress.ts'
import { receiveFile } from './receive.server.ts'
import { findVisible, getVisible, isWithin, kindsFor } from './visible.server.ts'

/** What the feeds' routes need; the rooms above tell what a taken-back file drags along. */
export interface FeedServices {
  readonly dataDir: string
  readonly secrecy: Secrecy
  /** Withdraws or marks what rests on a file; in the transaction of the take-back. */
  readonly onTakenBack: (
    tx: Tx,
    feedId: string,
    actorId: string | null,
  ) => Promise<{ withdrawn: number; marked: number }>
}

const kindName = (kind: string | null) =>
  kind && isFeedKind(kind) ? { zh: feedDefinition(kind).zh, en: feedDefinition(kind).en } : null

const rowOf = (feed: FeedListRecord): FeedRow => ({
  id: feed.id,
  kind: feed.kind,
  kindName: kindName(feed.kind),
  fileName: feed.file_name,
  region: { code: feed.region_code, name: feed.region_name ?? '' },
  period: feed.period,
  status: feed.status as FeedRow['status'],
  rowsIn: feed.rows_in,
  rowsAccepted: feed.rows_accepted,
  rowsRejected: feed.rows_rejected,
  receivedAt: feed.received_at,
  receivedBy: feed.received_name,
  version: feed.version,
})

const reasonText = (reason: string) => ({
  zh: zhCN[reason as RejectReason] ?? reason,
  en: en[reason as RejectReason] ?? reason,
})

const ageOf = (kind: FeedKind, period: string | undefined, today: BusinessDate) => {
  const { staleDays } = feedDefinition(kind)
  const ageDays = period ? Math.max(0, daysBetween(lastDayOf(period as Month), today)) : null
  return { newestPeriod: period ?? null, staleDays, ageDays, stale: ageDays === null || ageDays > staleDays }
}

/** How old the newest data of every kind are, and the age from which they count as stale; what never came is stale. */
export const listFeedAges = async (tx: Tx, today: BusinessDate) => {
  const newest = await listNewestPeriods(tx)
  return feedKinds.map((kind) => {
    const { newestPeriod, ageDays, staleDays, stale } = ageOf(kind, newest.get(kind), today)
    return { feed: kind, period: newestPeriod, days: ageDays, staleDays, stale }
  })
}

const serveList = (): Endpoint =>
  serve(listFeeds, async ({ tx, actor, clock, query }) => {
    const kinds = kindsFor(actor)
    const { department } = actor.organisation
    const only = kinds && department ? { kinds, department } : undefined
    const records = await listFeedRecords(tx, { ...query, only, limit: query.limit + 1 })
    const shown = records.slice(0, query.limit)
    const newest = await listNewestPeriods(tx)
    return {
      rows: shown.map(rowOf),
      next: records.length > query.limit ? (shown.at(-1)?.id ?? null) : null,
      kinds: (kinds ?? feedKinds).map((kind) => {
        const { zh, en: english, sender } = feedDefinition(kind)
        return { kind, name: { zh, en: english }, sender, ...ageOf(kind, newest.get(kind), clock.today()) }
      }),
    }
  })

const refusalOf = (feed: FeedListRecord, language: 'zh-CN' | 'en') => {
  const refusal = feed.refusal as {
    code: keyof typeof exchangeRefusals
    details: Record<string, unknown>
  } | null
  const spec: RefusalSpec | undefined = refusal ? exchangeRefusals[refusal.code] : undefined
  return refusal
    ? { code: refusal.code, detail: spec ? refusalTextOf(spec, language, refusal.details) : refusal.code }
    : null
}

const progressOf = (feed: FeedListRecord) => {
  const figures = progressFigures(feed.progress)
  if (!figures) return null
  return {
    ...figures,
    secondsLeft: figures.secondsLeft ?? null,
    isStopping: feed.cancel_asked_at !== null,
  }
}

const serveOne = (): Endpoint =>
  serve(readFeedFile, async ({ tx, actor, params, language }) => {
    const feed = await getVisible(tx, params.id, actor)
    const reasons = await countRejectReasons(tx, feed.id)
    const layout = (await layoutsInForce(tx)).find(({ id }) => id === feed.layout_id)
    const isOurs = isWithin(actor, feed)
    const decides = actor.permissions.has('feed.decide') && isOurs
    return {
      ...rowOf(feed),
      sha256: feed.sha256,
      sizeBytes: Number(feed.size_bytes),
      layoutId: feed.layout_id,
      layoutTitle: layout ? { zh: layout.title.zh, en: layout.title.en } : null,
      layoutVersion: feed.layout_version,
      progress: progressOf(feed),
      refusal: refusalOf(feed, language),
      quarantine: (feed.quarantine as { code: string; zh: string; en: string }[] | null) ?? [],
      decision: feed.decided_at
        ? { by: feed.decided_name, at: feed.decided_at, reason: feed.decision_reason ?? '' }
        : null,
      reasons: reasons.map(({ reason, count }) => ({ reason, text: reasonText(reason), count })),
      rowsSetAside: (feed.statistics as KeptStatistics | null)?.setAside ?? 0,
      may: {
        release: decides && feed.status === 'quarantined',
        takeBack: decides && (feed.status === 'accepted' || feed.status === 'quarantined'),
        rejects: feed.rows_rejected > 0 && actor.permissions.has('feed.upload') && isOurs,
        cancel: mayCancel(actor, feed) && feed.cancel_asked_at === null,
      },
    }
  })

const mostRejects = 50_000

const rejectOf = (
  file: string,
  record: Awaited<ReturnType<typeof listRejectRecords>>[number],
  secrecy: Secrecy,
): Reject => {
  const reason = record.reason as RejectReason
  const { cells, further } = JSON.parse(secrecy.decryptText(record.cells_cipher, cellsContext)) as KeptCells
  return {
    file,
    sheet: record.sheet ?? '',
    line: record.line,
    column: record.column_name ?? '',
    reason,
    maskedValue: record.masked_value ?? '',
    reasonZh: zhCN[reason] ?? reason,
    reasonEn: en[reason] ?? reason,
    further,
    originalCells: cells,
  }
}

const serveRejects = (): Endpoint =>
  serve(listRejects, async ({ tx, actor, params, query }) => {
    await getVisible(tx, params.id, actor)
    const records = await listRejectRecords(tx, params.id, query.after, query.limit + 1)
    const shown = records.slice(0, query.limit)
    return {
      rows: shown.map((row) => ({
        seq: row.seq,
        sheet: row.sheet,
        line: row.line,
        column: row.column_name ?? '',
        reason: row.reason,
        text: reasonText(row.reason),
        maskedValue: row.masked_value ?? '',
      })),
      next: records.length > query.limit ? (shown.at(-1)?.seq ?? null) : null,
    }
  })

const serveDownload = (services: FeedServices): Endpoint =>
  serve(downloadRejects, async ({ tx, actor, params }) => {
    const feed = await getVisible(tx, params.id, actor)
    if (!isWithin(actor, feed)) throw new Refusal('access.forbidden')
    const layout = (await layoutsInForce(tx)).find(({ id }) => id === feed.layout_id)
    const records = await listRejectRecords(tx, feed.id, 0, mostRejects)
    const rejects = records.map((record) => rejectOf(feed.file_name, record, services.secrecy))
    const leftOut = feed.rows_rejected - rejects.length
    const folder = mkdtempSync(join(services.dataDir, sheetFolderMark))
    try {
      const path = join(folder, 'rejects.xlsx')
      await writeRejectSheet(path, rejects, { headers: layout?.headers ?? [] }, leftOut)
      return {
        fileName: `${feed.file_name.replace(/\.[^.]*$/, '')}-不合格行.xlsx`,
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        content: readFileSync(path),
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

/** The kind a file is sent as, from the kind or the layout named; null where it is to be recognised. */
const kindToRead = async (
  tx: Tx,
  actor: Actor,
  { kind, layoutId }: { readonly kind?: string | undefined; readonly layoutId?: string | undefined },
): Promise<string | null> => {
  const layout = layoutId ? (await layoutsInForce(tx)).find(({ id }) => id === layoutId) : undefined
  if (layoutId && (!layout || (kind && layout.kind !== kind))) throw new Refusal('exchange.no-layout')
  const named = layout?.kind ?? kind ?? null
  const kinds = kindsFor(actor)
  if (kinds && (kinds.length === 0 || (named && !kinds.some((own) => own === named))))
    throw new Refusal('access.forbidden')
  return named
}

const serveUpload = (services: FeedServices): Endpoint =>
  serve(uploadFeed, async ({ database, actor, clock, body, upload }) => {
    if (!upload) throw new Refusal('exchange.no-file')
    const own = actor.organisation.regionCode
    const asked = body.regionCode
      ? regionCode(body.regionCode)
      : await inScope(database, actor.scope, (tx) => coveredPlace(tx, own, upload.fileName))
    if (!isWithin(actor, { region_code: asked })) throw new Refusal('access.forbidden')
    // In a transaction of its own: its event asks for the reading as soon as it is committed.
    return inScope(database, actor.scope, async (tx) => {
      const { feedId, known } = await receiveFile({ dataDir: services.dataDir, clock }, tx, {
        path: upload.path,
        fileName: upload.fileName,
        sha256: upload.sha256,
        sizeBytes: upload.sizeBytes,
        kind: await kindToRead(tx, actor, body),
        layoutId: body.layoutId ?? null,
        regionCode: asked,
        period: body.period ?? null,
        receivedBy: actor.accountId,
      })
      if (known && !(await findVisible(tx, feedId, actor))) throw new Refusal('exchange.known-elsewhere')
      return { id: feedId, known }
    })
  })

const checkDecision = (
  actor: Actor,
  feed: { readonly status: string; readonly version: number; readonly region_code: string },
  version: number,
  allowed: readonly string[],
): void => {
  if (!isWithin(actor, feed)) throw new Refusal('access.forbidden')
  if (feed.version !== version) throw new Refusal('access.changed-meanwhile')
  if (!allowed.includes(feed.status)) throw new Refusal('exchange.wrong-state', { status: feed.status })
}

/** The files: list, one, rejects, upload, cancel, release, take-back. */
export const feedEndpoints = (services: FeedServices): Endpoint[] => [
  serveList(),
  serveOne(),
  serveRejects(),
  serveDownload(services),
  serveUpload(services),
  serveCancel(services.dataDir),
  serve(releaseFeed, async ({ tx, actor, clock, params, version, body }) => {
    const feed = await getFeed(tx, params.id)
    checkDecision(actor, feed, version, ['quarantined'])
    return {
      version: await decideFeed(tx, clock, feed, {
        status: 'accepted',
        actorId: actor.accountId,
        reason: body.reason,
      }),
    }
  }),
  serve(takeBackFeed, async ({ tx, actor, clock, params, version, body }) => {
    const feed = await getFeed(tx, params.id)
    checkDecision(actor, feed, version, ['accepted', 'quarantined'])
    return takeBack(services, tx, clock, feed, { actorId: actor.accountId, reason: body.reason })
  }),
]

/**
 * Takes a feed back in the given transaction: status, identities, what rests on it. The lake's file is
 * removed by the next scan, after this is committed for certain.
 */
export const takeBack = async (
  services: Pick<FeedServices, 'onTakenBack'>,
  tx: Tx,
  clock: Parameters<typeof decideFeed>[1],
  feed: Awaited<ReturnType<typeof getFeed>>,
  decision: { readonly actorId: string | null; readonly reason: string },
): Promise<{ version: number; withdrawn: number; marked: number }> => {
  const version = await decideFeed(tx, clock, feed, { status: 'taken-back', ...decision })
  await deleteIdentities(tx, feed.id)
  const effects = await services.onTakenBack(tx, feed.id, decision.actorId)
  return { version, ...effects }
}
