import { createHash } from 'node:crypto'
import { assert, type BusinessDate, businessDate, type Clock, newId } from '#base'
import {
  type CopyClient,
  copyIn,
  type Engine,
  type KeptList,
  type KeptLists,
  keptLists,
  loadKept,
  type NewCopy,
  writeChanges,
  writeWhole,
} from '#lake/server'
import { everywhere } from '#store'
import { type Database, inScope, inSharedSnapshot, type SeenInstant } from '#store/server'
import {
  type Connection,
  changedPortion,
  changedSubjects,
  findSnapshot,
  gatherChanged,
  listBounds,
  nameSnapshot,
  portionBetween,
  readWhole,
} from './changes.queries.server.ts'
import { snapshotTables } from './snapshot.queries.server.ts'
import type { Portion } from './snapshot.ts'

export interface CopyServices {
  readonly database: Database
  readonly clock: Clock
  readonly lakeDir: string
  /** Changes are copied alone, and lie beside what is whole, up to one in so many of what is kept; ten when left out. */
  readonly share?: number
}

/** How the engine got the registry: all of it, or so many households, persons and leads that changed. */
export type CopiedRegistry =
  | { readonly copied: 'everything' }
  | { readonly copied: 'changes'; readonly subjects: number }

// Two cores are there; a third connection would only wait for them.
const connections = 2
// One in ten: beyond it, copying everything at once costs less than looking up each, and reading two files more than one.
const usualShare = 10

// Decisions are made by hand, one by one, and depend on questions too: they are few, and always copied.
const keptTables = (on: BusinessDate, portion?: Portion) =>
  snapshotTables(on, portion).filter(({ table }) => table !== 'match_decision')

const shape = (): string =>
  createHash('sha256')
    .update(JSON.stringify(snapshotTables(businessDate('2000-01-01'))))
    .digest('hex')

type Clients = readonly (Connection & CopyClient)[]

interface Taking extends CopyServices {
  readonly engine: Engine
  readonly lists: KeptLists
}

/** The copy in force, if it is of this database and was made by the selects of now. */
const findEarlier = async (
  client: Connection,
  lists: KeptLists,
  { place }: SeenInstant,
): Promise<KeptList | undefined> => {
  const id = await findSnapshot(client)
  const list = id === undefined ? undefined : lists.find(id)
  return list && list.place === place && list.shape === shape() ? list : undefined
}

const copyWhole = async ({ engine, lists }: Taking, copy: NewCopy, clients: Clients): Promise<KeptList> => {
  for (const client of clients) await readWhole(client)
  const [first] = clients
  const bounds = first && clients.length > 1 ? await listBounds(first, clients.length) : []
  const portions = [undefined, ...bounds].flatMap((from, at) =>
    keptTables(copy.on, portionBetween(from, bounds[at])),
  )
  // The longest begin first, so that no connection is left with one of them at the end.
  const order = ['registry_person', 'registry_fact', 'registry_household', 'registry_lead']
  return writeWhole(
    engine,
    lists,
    copy,
    clients,
    portions.toSorted((a, b) => order.indexOf(a.table) - order.indexOf(b.table)),
  )
}

const take = async (
  taking: Taking,
  clients: Clients,
  instant: SeenInstant,
): Promise<{ readonly list: KeptList; readonly how: CopiedRegistry }> => {
  const { engine, lists, clock, share = usualShare } = taking
  const on = clock.today()
  const copy = { id: newId(), shape: shape(), ...instant, on }
  const [first] = clients
  assert(first, 'no connection')
  const earlier = await findEarlier(first, lists, instant)
  const changed = earlier && (await gatherChanged(first, earlier, on))
  if (earlier && changed !== undefined && changed * share <= earlier.subjects) {
    const tables = keptTables(on, changedPortion)
    const changes = { earlier, subjects: changedSubjects, tables, foldBeyond: share }
    const list = await writeChanges(engine, lists, copy, first, changes)
    return { list, how: { copied: 'changes', subjects: changed } }
  }
  return { list: await copyWhole(taking, copy, clients), how: { copied: 'everything' } }
}

/**
 * Fills the engine's `registry_…` tables and `match_decision` with the registry of one instant and of the clock's day. What
 * changed since the copy that the lake keeps is copied out of PostgreSQL, everything where there is none that fits; either is
 * kept for the next time. The new copy is in force when PostgreSQL names it: a kill before leaves the old one. One at a time.
 */
export const copyRegistry = async (engine: Engine, services: CopyServices): Promise<CopiedRegistry> => {
  const { database, clock, lakeDir } = services
  const lists = keptLists(lakeDir)
  const { list, how } = await inSharedSnapshot(
    database,
    everywhere,
    connections,
    async (clients, instant) => {
      const all = clients as never as Clients
      const taken = await take({ ...services, engine, lists }, all, instant)
      for (const { table, columns, select } of snapshotTables(clock.today())) {
        if (table === 'match_decision' && all[0]) await copyIn(all[0], select, engine, table, columns)
      }
      return taken
    },
  )
  await loadKept(engine, lists, list, keptTables(list.on))
  lists.publish(list)
  await inScope(database, everywhere, (tx) => nameSnapshot(tx, list, clock.now()))
  lists.sweep(list)
  return how
}
