import type { Secrecy } from '#access/server'
import {
  decideKept,
  type KeptPair,
  openMatcher,
  type Candidate as Person,
  packPair,
  type Remembered,
  type Verdict,
} from '#lake/server'
import type { Tx } from '#store/server'
import { listDecisions } from '../adjudication/record-adjudications.server.ts'
import { type MatchServices, openIdentities, toPersons } from './identities-kept.server.ts'
import { countNamed } from './matches.queries.server.ts'
import { listNamedAmong } from './pass.queries.server.ts'
import { countBearers, listScored, type ScoredIdentity } from './verdicts.queries.server.ts'

type Decisions = ReadonlyMap<string, readonly Remembered[]>
type Open = ScoredIdentity & { readonly decisions: readonly Remembered[] }

const listRemembered = async (tx: Tx): Promise<Decisions> => {
  const remembered = new Map<string, Remembered[]>()
  for (const { rowKey, personId, same } of await listDecisions(tx))
    remembered.set(rowKey, [...(remembered.get(rowKey) ?? []), { personId, same }])
  return remembered
}

const findChosen = async (
  tx: Tx,
  secrecy: Secrecy,
  people: readonly Person[],
  chosenOf: Decisions,
): Promise<ReadonlyMap<string, readonly KeptPair[]>> => {
  const opened = chosenOf.size > 0 ? await openIdentities(tx, secrecy, [...chosenOf.keys()]) : []
  return new Map(
    opened.map(({ id, row }) => {
      const chosen = chosenOf.get(id) ?? []
      const matcher = openMatcher([row], { remembered: new Map([[row.rowKey ?? '', chosen]]) })
      for (const person of people)
        if (chosen.some(({ personId }) => personId === person.personId)) matcher.offer(person)
      return [id, (matcher.compared()[0] ?? []).map(packPair)]
    }),
  )
}

/** Adds whom somebody chose though matching would not have thought of them; decisions are few. */
const addChosen = async (
  tx: Tx,
  { secrecy }: MatchServices,
  identities: readonly Open[],
): Promise<readonly Open[]> => {
  const lacking = new Map(
    identities.flatMap((one) => {
      const chosen = one.decisions.filter(({ personId, same }) => same && !one.person_ids.includes(personId))
      return chosen.length > 0 ? [[one.id, chosen]] : []
    }),
  )
  if (lacking.size === 0) return identities
  const chosenIds = [...lacking.values()].flat().map(({ personId }) => personId)
  const people = toPersons(await listNamedAmong(tx, [...new Set(chosenIds)]), secrecy, true)
  const present = new Set(people.map(({ personId }) => personId))
  const found = await findChosen(
    tx,
    secrecy,
    people,
    new Map([...lacking].filter(([, chosen]) => chosen.some(({ personId }) => present.has(personId)))),
  )
  return identities.map((one) => {
    const more = found.get(one.id) ?? []
    return {
      ...one,
      person_ids: [...one.person_ids, ...more.map(({ personId }) => personId)],
      comparisons: [...one.comparisons, ...more.map(({ comparison }) => comparison)],
    }
  })
}

/**
 * The verdict on each identity of these files that may be somebody, by its id, from what is kept: as if everybody were compared
 * again. How frequent names are, what persons decided, and who else claims a person counts as of now.
 */
export const decideIdentities = async (
  tx: Tx,
  services: MatchServices,
  feedIds: readonly string[],
): Promise<ReadonlyMap<string, Verdict>> => {
  const remembered = await listRemembered(tx)
  const chosen = [...remembered].flatMap(([key, decisions]) =>
    decisions.some(({ same }) => same) ? [key] : [],
  )
  const scored = (await listScored(tx, feedIds, chosen)).map((one) => ({
    ...one,
    decisions: remembered.get(one.row_key.toString('utf8')) ?? [],
  }))
  const open = await addChosen(tx, services, scored)
  const keysOf = (by: 'written_key' | 'sound_key') => [...new Set(open.map((one) => String(one[by])))]
  const namesakes = await countBearers(tx, 'written_key', keysOf('written_key'))
  const soundalikes = await countBearers(tx, 'sound_key', keysOf('sound_key'))
  const verdicts = await decideKept(
    open.map(({ written_key, sound_key, decisions, person_ids, comparisons }) => ({
      pairs: person_ids.map((personId, at) => ({ personId, comparison: comparisons[at] ?? 0 })),
      decisions,
      namesakes: namesakes.get(String(written_key)) ?? 0,
      soundalikes: soundalikes.get(String(sound_key)) ?? 0,
    })),
    await countNamed(tx),
    async (places) => {
      const placeOf = new Map(places.map((at) => [open[at]?.id ?? '', at]))
      const opened = await openIdentities(tx, services.secrecy, [...placeOf.keys()])
      return new Map(opened.map(({ id, row }) => [placeOf.get(id) ?? 0, row]))
    },
  )
  return new Map(open.map(({ id }, at) => [id, verdicts[at] ?? { outcome: 'none' }]))
}
