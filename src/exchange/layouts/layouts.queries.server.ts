import type { Clock } from '#base'
import type { Tx } from '#store/server'
import type { Layout } from './layout.ts'

const selectLayouts = (tx: Tx) =>
  tx
    .selectFrom('layouts')
    .leftJoin('accounts', 'accounts.id', 'layouts.created_by')
    .selectAll('layouts')
    .select('accounts.display_name as created_name')
    .where('layouts.origin', '=', 'local')

export type LayoutRecord = Awaited<ReturnType<ReturnType<typeof selectLayouts>['execute']>>[number]

/** The newest version of each layout made here, retired ones too, by id. */
export const listNewestRecords = (tx: Tx): Promise<LayoutRecord[]> =>
  selectLayouts(tx)
    .distinctOn('layouts.id')
    .orderBy('layouts.id')
    .orderBy('layouts.version', 'desc')
    .execute()

/** All versions made here of one layout, newest first. */
export const listVersionRecords = (tx: Tx, id: string): Promise<LayoutRecord[]> =>
  selectLayouts(tx).where('layouts.id', '=', id).orderBy('layouts.version', 'desc').execute()

/** Adds a version; undefined when that version exists already, because somebody was faster. */
export const insertLayout = async (
  tx: Tx,
  clock: Clock,
  layout: Layout,
  version: number,
  createdBy: string,
): Promise<number | undefined> => {
  const row = await tx
    .insertInto('layouts')
    .values({
      id: layout.id,
      version,
      kind: layout.kind,
      title: layout.title.zh,
      definition: JSON.stringify(layout),
      origin: 'local',
      created_by: createdBy,
      created_at: clock.now(),
    })
    .onConflict((conflict) => conflict.columns(['id', 'version']).doNothing())
    .returning('version')
    .executeTakeFirst()
  return row?.version
}

/** Takes every version of a layout made here out of use. */
export const retireVersions = async (tx: Tx, clock: Clock, id: string): Promise<void> => {
  await tx
    .updateTable('layouts')
    .set({ retired_at: clock.now() })
    .where('id', '=', id)
    .where('origin', '=', 'local')
    .where('retired_at', 'is', null)
    .execute()
}
