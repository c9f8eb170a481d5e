import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { assert } from '#base'
import { numberedFiles, parquetRelation } from '../engine/dialect.ts'
import type { Engine } from '../engine/engine.server.ts'
import { makePrivateDirectory, removeDrafts, sync } from '../engine/files.server.ts'
import { nameList, quoteName } from '../engine/sql.ts'
import { feedColumns, type LakeColumn } from './columns.ts'
import { partPath } from './feed-parts.server.ts'
import { type FeedRow, type Tokenising, tokenise } from './tokenise.ts'

/** A feed that is in the lake. */
export type StoredFeed = { readonly kind: string; readonly feedId: string; readonly bytes: number }

/** A feed to read, with the number that its rows bear. */
export type FeedRef = { readonly feedId: string; readonly feedNo: number }

export type FeedToWrite = {
  readonly kind: string
  readonly feedId: string
  readonly columns: readonly LakeColumn[]
  readonly rows: AsyncIterable<readonly FeedRow[]>
  /** Where a long feed is written in parts, of which those that are whole outlive a kill. */
  readonly parts?: {
    /** Parts that were written before, numbered from 0. */
    readonly earlier: number
    /** Asked when the rows are all in: whether they end the feed, or are only its next part. */
    readonly isLast: () => boolean
  }
}

/**
 * Writes the canonical rows of an accepted feed to `feeds/<kind>/<feedId>.parquet` under the lake's folder, tokenised.
 * The file is there whole or not at all; writing the same feed again replaces it. A part that does not end its feed goes to
 * `parts/<feedId>/`, where no scan looks; the last one takes all of them into the feed's file.
 */
export const writeFeed = async (
  engine: Engine,
  lakeDir: string,
  feed: FeedToWrite,
  secrets: Tokenising,
): Promise<{ readonly rows: number; readonly bytes: number }> => {
  const { kind, feedId, columns, parts = { earlier: 0, isLast: () => true } } = feed
  const table = `writing_${feedId.replaceAll('-', '_')}`
  const rows = `select * from ${quoteName(table)}`
  try {
    await engine.appendRows(table, feedColumns(columns), tokenised(feed, secrets))
    if (!parts.isLast()) return await engine.writeParquet(rows, partPath(lakeDir, feedId, parts.earlier))
    const earlier = Array.from({ length: parts.earlier }, (_, part) => partPath(lakeDir, feedId, part))
    const all = earlier.length > 0 ? `select * from ${parquetRelation(earlier)} union all ${rows}` : rows
    makePrivateDirectory(join(lakeDir, 'feeds', kind))
    return await engine.writeParquet(all, feedPath(lakeDir, kind, feedId))
  } finally {
    await engine.run(`drop table if exists ${quoteName(table)}`)
  }
}

async function* tokenised(feed: FeedToWrite, secrets: Tokenising) {
  for await (const batch of feed.rows) yield tokenise(feed.kind, feed.columns, batch, secrets)
}

/** Takes a feed back: removes its file. A feed that is not there is no error, so that taking back can be repeated. */
export const removeFeed = (lakeDir: string, kind: string, feedId: string): void => {
  const path = feedPath(lakeDir, kind, feedId)
  if (!existsSync(path)) return
  rmSync(path)
  sync(join(lakeDir, 'feeds', kind))
}

/** The feeds in the lake, by kind and id. Drafts of a crash are not among them. */
export const listFeeds = (lakeDir: string): StoredFeed[] => {
  const root = join(lakeDir, 'feeds')
  if (!existsSync(root)) return []
  return readdirSync(root)
    .sort()
    .flatMap((kind) =>
      readdirSync(join(root, kind))
        .filter((name) => name.endsWith(ending) && !name.startsWith('.'))
        .sort()
        .map((name) => ({
          kind,
          feedId: name.slice(0, -ending.length),
          bytes: statSync(join(root, kind, name)).size,
        })),
    )
}

/** Removes what a crash left half written among the feeds and their parts; gives how many files. At start only. */
export const sweepFeeds = (lakeDir: string): number =>
  ['feeds', 'parts']
    .map((name) => join(lakeDir, name))
    .filter((root) => existsSync(root))
    .flatMap((root) => readdirSync(root).map((folder) => join(root, folder)))
    .reduce((count, folder) => count + removeDrafts(folder), 0)

/**
 * SQL of the rows of several feeds of one kind: the stored columns after `feed_no`. No feed gives no rows; a column that an
 * older file lacks is null.
 */
export const feedView = (
  lakeDir: string,
  kind: string,
  columns: readonly LakeColumn[],
  feeds: readonly FeedRef[],
): string => {
  const stored = feedColumns(columns)
  const nothing = [
    'null::INTEGER as feed_no',
    ...stored.map(({ name, type }) => `null::${type} as ${quoteName(name)}`),
  ]
  const numbers = feeds.map(({ feedNo }) => feedNo).join(', ')
  const files = feeds.map(({ feedId }) => feedPath(lakeDir, kind, feedId))
  const some = `select [${numbers}][file_index + 1] as feed_no, * exclude (file_index) from ${numberedFiles(files)}`
  const parts = feeds.length > 0 ? [some] : []
  const names = nameList(['feed_no', ...stored.map(({ name }) => name)])
  return `select ${names} from (${[`select ${nothing.join(', ')} where false`, ...parts].join(' union all by name ')})`
}

const ending = '.parquet'

const feedPath = (lakeDir: string, kind: string, feedId: string): string => {
  assert(/^[a-z][a-z0-9-]*$/.test(kind) && /^[a-z0-9][a-z0-9-]*$/.test(feedId), 'not a feed kind or id')
  return join(lakeDir, 'feeds', kind, `${feedId}${ending}`)
}
