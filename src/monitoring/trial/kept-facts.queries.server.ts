import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { RegionRange } from '#base'
import { type Engine, quoteText } from '#lake/server'
import type { Tx } from '#store/server'
import { subjectRegions } from '../scan/parts.queries.server.ts'

/** The last scan that ended well: the day its facts are of. */
export const findLastScan = (tx: Tx) =>
  tx
    .selectFrom('scans')
    .select(['id', 'business_date as on'])
    .where('status', '=', 'done')
    .orderBy('finished_at', 'desc')
    .limit(1)
    .executeTakeFirst()

const folderOf = (lakeDir: string): string => join(lakeDir, 'scan-facts')
const tables = { household: 'household_id', member: 'household_id', lead: 'lead_id' } as const
const fileOf = (lakeDir: string, scanId: string, name: string): string =>
  join(folderOf(lakeDir), scanId, `${name}.parquet`)

/** Keeps the facts of a run in the lake, so that indicators can be tried on what the run itself saw. */
export const keepFacts = async (engine: Engine, lakeDir: string, scanId: string): Promise<void> => {
  mkdirSync(join(folderOf(lakeDir), scanId), { recursive: true, mode: 0o700 })
  for (const name of Object.keys(tables))
    await engine.writeParquet(`select * from ${name}`, fileOf(lakeDir, scanId, name))
  await engine.writeParquet(subjectRegions, fileOf(lakeDir, scanId, 'region'))
}

/** Removes the facts of all runs but one, or but none. */
export const dropFactsBut = (lakeDir: string, scanId: string | undefined): void => {
  const folder = folderOf(lakeDir)
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder))
    if (name !== scanId) rmSync(join(folder, name), { recursive: true, force: true })
}

/** The facts that a run kept, of the subjects of some regions; false where that run's are gone. */
export const loadFacts = async (
  engine: Engine,
  lakeDir: string,
  scanId: string,
  ranges: readonly RegionRange[],
): Promise<boolean> => {
  if (!existsSync(fileOf(lakeDir, scanId, 'region'))) return false
  const file = (name: string) => `read_parquet(${quoteText(fileOf(lakeDir, scanId, name))})`
  const within = ranges.map(
    ({ from, until }) => `(region >= ${quoteText(from)} and region < ${quoteText(until)})`,
  )
  await engine.run(
    `create or replace table subject_region as select * from ${file('region')} where ${within.join(' or ') || 'false'}`,
  )
  for (const [name, id] of Object.entries(tables))
    await engine.run(
      `create or replace table ${name} as select * from ${file(name)} where cast(${id} as varchar) in (select id from subject_region)`,
    )
  return true
}

/** Region of every subject that was loaded. */
export const loadedRegions = 'select id, region from subject_region'

/** The same as a map. */
export const regionsLoaded = async (engine: Engine): Promise<ReadonlyMap<string, string>> => {
  const rows = await engine.rows<{ id: string; region: string }>(loadedRegions)
  return new Map(rows.map(({ id, region }) => [id, region]))
}
