import { assert, type Clock } from '#base'
import { everywhere } from '#store'
import { type Database, inScope, type Tx } from '#store/server'
import { keepPack, listReleased } from './packs.queries.server.ts'
import { type CheckedPack, contentInForce, openPack } from './packs.server.ts'
import type { ReleasedValue } from './released-value.ts'
import { indicatorsId, packIdsFor, type Where } from './which-packs.server.ts'

/** The packs in force in one installation: files and the values released by now. */
export interface Rulebook {
  readonly where: Where
  /** The ids of the packs in force, the indicators first. */
  readonly packIds: readonly string[]
  /** The pack that holds the place's programmes; undefined where there is none. */
  readonly placePackId: string | undefined
  /** A pack in force as the transaction sees it. Refuses with `rulebook.pack-broken` or `rulebook.contradicts-release`. */
  packIn(tx: Tx, id: string): Promise<CheckedPack>
  /** A pack in force as it was when `refresh` last read it; before that, its files alone. */
  current(id: string): CheckedPack
  /**
   * Reads the released values again and keeps every pack in force by its hash; done at the start and after a release.
   * Refuses with `rulebook.contradicts-release` where a file says other than a released value.
   */
  refresh(database: Database, clock: Clock): Promise<void>
}

/** Opens the rulebook of an installation. Nothing is read from the database before `refresh`. */
export const openRulebook = (where: Where): Rulebook => {
  const packIds = packIdsFor(where)
  const open = openingByRelease(where.policies)
  let released: readonly ReleasedValue[] = []
  const assertKnown = (id: string) => assert(packIds.includes(id), `no pack in force: ${id}`)
  return {
    where,
    packIds,
    placePackId: packIds.find((id) => id !== indicatorsId),
    packIn: async (tx, id) => {
      assertKnown(id)
      return open(id, await listReleased(tx))
    },
    current: (id) => {
      assertKnown(id)
      return open(id, released)
    },
    refresh: (database, clock) =>
      inScope(database, everywhere, async (tx) => {
        released = await listReleased(tx)
        for (const id of packIds) {
          const inForce = contentInForce(id, { released, policies: where.policies })
          await keepPack(tx, clock, { pack: { head: { id, version: inForce.version } }, ...inForce })
        }
      }),
  }
}

/** Reading a pack takes a good part of a second: the latest version of each is kept until more values are released for it. */
const openingByRelease = (
  policies: string | undefined,
): ((id: string, released: readonly ReleasedValue[]) => CheckedPack) => {
  const opened = new Map<string, { readonly key: string; readonly checked: CheckedPack }>()
  return (id, released) => {
    const key = released.map((row) => row.id).join()
    const known = opened.get(id)
    if (known?.key === key) return known.checked
    const checked = openPack(id, { released, policies })
    opened.set(id, { key, checked })
    return checked
  }
}
