import { type Clock, newId } from '#base'
import type { AcceptedFeed } from '#exchange/server'
import { copyIn, type Engine } from '#lake/server'
import { everywhere } from '#store'
import { type Database, inScope, inSnapshot, type Tx } from '#store/server'
import { type Columns, insertAll } from '../load/bulk.queries.server.ts'
import { columnsOf } from '../load/rows.server.ts'
import { endBelief, endBeliefInFile, holdAccepted } from './compared.queries.server.ts'
import {
  believedTable,
  dropStatements,
  fewLookedAt,
  listNoLongerSaid,
  type NewStatement,
  newStatements,
  sayStatements,
} from './statements.queries.server.ts'

export interface BelievedChange {
  /** Facts that became known. */
  readonly added: number
  /** Facts that are no longer believed. */
  readonly ended: number
}

const columns: Columns = { ...columnsOf.facts, feed_id: 'uuid', feed_row: 'integer' }

const rowsAtOnce = 10_000
/** Of more people than these everything that is believed is copied at once. */
const mostLookedUp = 20_000

/**
 * Keeps what departments say of the registry's people as compared facts, each with file, row, days and the instant it
 * became known. To be called with the `matched_…` views of a pass in the engine, and with `looked_at`, the people it is
 * about. Only what changed is written: a new statement is added, one that no accepted file makes any more ends
 * (`superseded_at`) and stays readable. In one transaction; a file that is taken back meanwhile adds nothing.
 */
export const bringUpCompared = async (
  engine: Engine,
  { database, clock }: { readonly database: Database; readonly clock: Clock },
  feeds: readonly AcceptedFeed[],
): Promise<BelievedChange> => {
  await sayStatements(engine)
  const { table, columns: believed, select } = believedTable(await fewLookedAt(engine, mostLookedUp))
  await engine.run(`drop table if exists ${table}`)
  await inSnapshot(database, everywhere, (client) => copyIn(client as never, select, engine, table, believed))
  const feedIds = feeds.map(({ id }) => id)
  const gone = await listNoLongerSaid(engine, feedIds)
  const added = await inScope(database, everywhere, async (tx) => {
    const at = clock.now()
    const accepted = await holdAccepted(tx, feedIds)
    await endBelief(tx, gone, at)
    return addStatements(tx, engine, accepted, at)
  })
  await dropStatements(engine)
  return { added, ended: gone.length }
}

const addStatements = async (
  tx: Tx,
  engine: Engine,
  accepted: ReadonlySet<string>,
  at: string,
): Promise<number> => {
  let [added, waiting] = [0, [] as unknown[][]]
  // While the database inserts one batch, the next is read.
  let inserting: Promise<void> = Promise.resolve()
  const insert = async (): Promise<void> => {
    await inserting
    inserting = insertAll(tx, 'facts', columns, waiting)
    // Its failure is met at the next await; meanwhile it must not count as unhandled.
    inserting.catch(() => undefined)
    added += waiting.length
    waiting = []
  }
  for await (const batch of newStatements(engine)) {
    for (const statement of batch) if (accepted.has(statement.feed_id)) waiting.push(factOf(statement, at))
    if (waiting.length >= rowsAtOnce) await insert()
  }
  await insert()
  await inserting
  return added
}

const factOf = (of: NewStatement, at: string): unknown[] => [
  newId(),
  'person',
  of.person_id,
  of.household_id,
  of.region_code,
  of.kind,
  of.value,
  'compared',
  of.valid_from,
  of.valid_until,
  at,
  of.feed_id,
  of.row_no,
]

/**
 * Ends the belief in all that rests on a file that was taken back, in the take-back's transaction and wherever it may
 * see; gives how many. The next pass believes again what older files say.
 */
export const withdrawCompared = (tx: Tx, clock: Clock, feedId: string): Promise<number> =>
  endBeliefInFile(tx, feedId, clock.now())
