import type { Clock } from '#base'
import type { AcceptedFeed } from '#exchange/server'
import { copyIn, copyOut, type Engine } from '#lake/server'
import { everywhere } from '#store'
import { type Database, inScopeCopying, type Tx } from '#store/server'
import { believe, endBelief, endBeliefInFile, holdAccepted } from './compared.queries.server.ts'
import {
  believedTable,
  dropStatements,
  gatherNewStatements,
  isLookedAtByFew,
  listNoLongerSaid,
  lookedAt,
  newStatements,
  sayStatements,
} from './statements.queries.server.ts'

export interface BelievedChange {
  /** Facts that became known. */
  readonly added: number
  /** Facts that are no longer believed. */
  readonly ended: number
}

/** Of more than one person in so many everything that is believed is copied at once. */
const shareLookedUp = 8

/** A province's first files say tens of millions: so many lie in a file, and are noted by PostgreSQL's triggers, at a time. */
const believedAtOnce = 1_000_000

/** Copies what is believed of the people whom a pass looks at into the engine. */
const fetchBelieved = async (engine: Engine, database: Database): Promise<void> => {
  const ofFew = await isLookedAtByFew(engine, shareLookedUp)
  const { table, columns, select } = believedTable(ofFew)
  await engine.run(`drop table if exists ${table}`)
  await inScopeCopying(database, everywhere, async (_, client) => {
    if (ofFew) await copyOut(engine, lookedAt.select, client as never, lookedAt.table, lookedAt.columns)
    await copyIn(client as never, select, engine, table, columns)
  })
}

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
  await fetchBelieved(engine, database)
  const feedIds = feeds.map(({ id }) => id)
  const gone = await listNoLongerSaid(engine, feedIds)
  const fresh = await gatherNewStatements(engine)
  const added = await inScopeCopying(database, everywhere, async (tx, client) => {
    const at = clock.now()
    const accepted = await holdAccepted(tx, feedIds)
    await endBelief(tx, gone, at)
    let believed = 0
    for (let from = 0; from < fresh; from += believedAtOnce) {
      const { select, table, columns } = newStatements(from, believedAtOnce)
      await copyOut(engine, select, client as never, table, columns)
      believed += await believe(tx, accepted, at)
    }
    return believed
  })
  await dropStatements(engine)
  return { added, ended: gone.length }
}

/**
 * Ends the belief in all that rests on a file that was taken back, in the take-back's transaction and wherever it may
 * see; gives how many. The next pass believes again what older files say.
 */
export const withdrawCompared = (tx: Tx, clock: Clock, feedId: string): Promise<number> =>
  endBeliefInFile(tx, feedId, clock.now())
