import { type Endpoint, listPlaces, namePlaces, serve } from '#access/server'
import { type BusinessDate, Refusal } from '#base'
import { rootEntity, strangeFactsIn } from '#policy'
import type { CheckedPack } from '../packs/packs.server.ts'
import { changesOf } from './changes.ts'
import {
  changeTrial,
  explainTrial,
  findHouseholds,
  readDictionary,
  takeHousehold,
  tryHousehold,
} from './contract.ts'
import { entitiesOf, factsOf, parametersOf } from './dictionary.ts'
import { type Forces, keepForces } from './forces.server.ts'
import { judge, listsIn } from './judge.ts'
import { placePack, readyToTry } from './place-pack.server.ts'
import { reasonsOf } from './reasons.ts'
import { savedEndpoints } from './saved.server.ts'
import type { TrialServices } from './services.server.ts'
import { placesIn, type TrialSubject } from './subject.ts'
import { callingsFor, resultsOf, viewOfPack } from './view.server.ts'

const dictionaryEndpoint = (services: TrialServices): Endpoint =>
  serve(readDictionary, async ({ tx, actor }) => {
    const checked = await placePack(services, tx)
    const { regionCode, name } = actor.organisation
    const places = await listPlaces(tx, regionCode)
    return {
      pack: viewOfPack(checked),
      own: places.find(({ code }) => code === regionCode) ?? { code: regionCode, name },
      places: places.filter(({ code }) => code !== regionCode),
      entities: entitiesOf(checked.pack),
      facts: factsOf(checked.pack),
      parameters: parametersOf(checked.pack),
    }
  })

const judgingEndpoints = (services: TrialServices, forces: Forces): readonly Endpoint[] => [
  serve(tryHousehold, async ({ tx, body, language }) => {
    const checked = await placePack(services, tx)
    const ready = readyToTry(checked, forces, body, language)
    return { pack: viewOfPack(checked), results: resultsOf(ready, judge(ready), language) }
  }),
  serve(explainTrial, async ({ tx, body, language }) => {
    const ready = readyToTry(await placePack(services, tx), forces, body, language)
    const callings = await callingsFor(tx, ready, language)
    const found = reasonsOf(ready, language, callings, body.programme).find(
      ({ place }) => place === body.place,
    )
    if (!found) throw new Refusal('access.not-found')
    return { reasons: found }
  }),
  serve(changeTrial, async ({ tx, body, language }) => {
    const ready = readyToTry(await placePack(services, tx), forces, body, language)
    return { changes: [...changesOf(ready, body.programme, body.place, language)] }
  }),
]

/** Facts that this pack does not know, or not these values, are left out: they are then still to be found out. */
const fitting = (checked: CheckedPack, entity: string, subject: TrialSubject): TrialSubject => {
  const { pack } = checked
  const facts = Object.fromEntries(
    Object.entries(subject.facts).filter(
      ([name, value]) => strangeFactsIn(pack, entity, { [name]: value }).length === 0,
    ),
  )
  const lists = Object.fromEntries(
    listsIn(pack, entity).map(({ list, entity: item }) => [
      list,
      (subject.lists[list] ?? []).map((one) => fitting(checked, item, one)),
    ]),
  )
  return { label: subject.label, facts, lists }
}

const registryEndpoints = (services: TrialServices): readonly Endpoint[] => [
  serve(findHouseholds, async ({ tx, clock, language, body }) => ({
    items: [...(await services.households.search({ tx, clock, language }, body.text))],
  })),
  serve(takeHousehold, async ({ tx, params, query }) => {
    const found = await services.households.find(tx, params.id, query.on as BusinessDate)
    if (!found) throw new Refusal('access.not-found')
    const checked = await placePack(services, tx)
    const household = fitting(checked, rootEntity(checked.pack), found.household)
    const placeOf = await namePlaces(tx, [found.regionCode])
    return {
      id: found.id,
      number: found.number,
      place: placeOf(found.regionCode),
      household,
      known: placesIn(household).reduce((sum, [, { facts }]) => sum + Object.keys(facts).length, 0),
    }
  }),
]

/** Everything about trials. */
export const tryEndpoints = (services: TrialServices): readonly Endpoint[] => {
  const forces = keepForces()
  return [
    dictionaryEndpoint(services),
    ...judgingEndpoints(services, forces),
    ...registryEndpoints(services),
    ...savedEndpoints(services, forces),
  ]
}
