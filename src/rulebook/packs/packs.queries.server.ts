import type { Selectable } from 'kysely'
import type { Clock } from '#base'
import type { Tables, Tx } from '#store/server'
import { findCalendar } from '../calendar/calendar.queries.server.ts'
import type { Released } from './content.ts'
import type { NewDocument, ReleasedValue } from './released-value.ts'
import type { ReleasedVersion } from './released-version.ts'

/** Every released value, the first released proposal first. */
export const listReleased = async (tx: Tx): Promise<ReleasedValue[]> => {
  const rows = await tx
    .selectFrom('parameter_proposals as p')
    .innerJoin('parameter_decisions as d', 'd.proposal_id', 'p.id')
    .where('d.outcome', '=', 'released')
    .selectAll('p')
    .orderBy('p.number')
    .execute()
  return rows.map(releasedValueOf)
}

/** Every released version of an indicator, the first released proposal first. */
const listReleasedVersions = async (tx: Tx): Promise<ReleasedVersion[]> => {
  const rows = await tx
    .selectFrom('indicator_proposals as p')
    .innerJoin('indicator_decisions as d', 'd.proposal_id', 'p.id')
    .where('d.outcome', '=', 'released')
    .selectAll('p')
    .orderBy('p.number')
    .execute()
  return rows.map(releasedVersionOf)
}

/** A proposal's row as the version it is, or would be once released. */
export const releasedVersionOf = (
  row: Omit<Selectable<Tables['indicator_proposals']>, 'number'> & { readonly number: number },
): ReleasedVersion => ({
  id: row.id,
  number: row.number,
  indicator: row.indicator,
  entry: row.entry as ReleasedVersion['entry'],
  cases: row.cases as ReleasedVersion['cases'],
  document: row.document,
  newDocument: row.new_document as NewDocument | null,
})

/** Everything that two persons released by now, and the calendar. */
export const listAllReleased = async (tx: Tx): Promise<Released> => ({
  values: await listReleased(tx),
  versions: await listReleasedVersions(tx),
  calendar: await findCalendar(tx),
})

/** A proposal's row as the value it is, or would be once released. */
export const releasedValueOf = (row: Selectable<Tables['parameter_proposals']>): ReleasedValue => ({
  id: row.id,
  number: row.number,
  pack: row.pack,
  parameter: row.parameter,
  value: row.value as ReleasedValue['value'],
  from: row.effective_from,
  until: row.effective_until,
  region: row.region,
  document: row.document,
  newDocument: row.new_document as NewDocument | null,
  clause: row.clause,
  note: row.note,
  checkedOn: row.checked_on,
})

/** What is kept of a pack. */
export interface Kept {
  readonly pack: { readonly head: { readonly id: string; readonly version: string } }
  readonly hash: string
  readonly content: string
}

/** Keeps a pack by its hash when it is first used; a pack that is kept already is left alone. */
export const keepPack = async (
  tx: Tx,
  clock: Clock,
  { pack: { head }, hash, content }: Kept,
): Promise<void> => {
  await tx
    .insertInto('pack_files')
    .values({ hash, pack: head.id, version: head.version, content, kept_at: clock.now() })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute()
}

/** The content of a pack that was kept; undefined for a hash nobody kept. */
export const findKeptPack = async (tx: Tx, hash: string): Promise<string | undefined> =>
  (await tx.selectFrom('pack_files').select('content').where('hash', '=', hash).executeTakeFirst())?.content

/** The versions of a pack that were kept, the newest first. */
export const listKeptPacks = (tx: Tx, pack: string) =>
  tx
    .selectFrom('pack_files')
    .select(['hash', 'version', 'kept_at'])
    .where('pack', '=', pack)
    .orderBy('kept_at', 'desc')
    .limit(100)
    .execute()
