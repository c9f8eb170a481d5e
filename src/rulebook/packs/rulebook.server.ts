import { assert, type Clock, canonicalJson } from '#base'
import { everywhere } from '#store'
import { type Database, inScope, type Tx } from '#store/server'
import { indicatorsId, nothingReleased, type Released } from './content.ts'
import { keepPack, listAllReleased } from './packs.queries.server.ts'
import { type CheckedPack, contentInForce, openPack } from './packs.server.ts'
import { packIdsFor, type Where } from './which-packs.server.ts'

/** The packs in force in one installation: files, and the values and versions released by now. */
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
  let released: Released = nothingReleased
  const assertKnown = (id: string) => assert(packIds.includes(id), `no pack in force: ${id}`)
  return {
    where,
    packIds,
    placePackId: packIds.find((id) => id !== indicatorsId),
    packIn: async (tx, id) => {
      assertKnown(id)
      return open(id, await listAllReleased(tx))
    },
    current: (id) => {
      assertKnown(id)
      return open(id, released)
    },
    refresh: (database, clock) =>
      inScope(database, everywhere, async (tx) => {
        released = await listAllReleased(tx)
        for (const id of packIds) {
          const inForce = contentInForce(id, {
            released: released.values,
            versions: released.versions,
            calendar: released.calendar,
            policies: where.policies,
          })
          await keepPack(tx, clock, { pack: { head: { id, version: inForce.version } }, ...inForce })
        }
      }),
  }
}

/** Reading a pack takes a good part of a second: the latest version of each is kept until more is released or a year entered. */
const openingByRelease = (
  policies: string | undefined,
): ((id: string, released: Released) => CheckedPack) => {
  const opened = new Map<string, { readonly key: string; readonly checked: CheckedPack }>()
  return (id, { values, versions, calendar }) => {
    const key = canonicalJson([[...values, ...versions].map((row) => row.id), calendar?.years ?? []])
    const known = opened.get(id)
    if (known?.key === key) return known.checked
    const checked = openPack(id, { released: values, versions, calendar, policies })
    opened.set(id, { key, checked })
    return checked
  }
}
