import type { Actor } from '#access'
import { type Endpoint, listPlaces, namePlaces, serve } from '#access/server'
import type { BusinessDate } from '#base'
import type { CheckedPack } from '#rulebook/server'
import { answer, requireOwnRegion, type SimulationServices } from './answer.server.ts'
import { assumptionTexts } from './assumptions.ts'
import { chartOf } from './cliff.ts'
import {
  assumptionIds,
  drawCliff,
  type ParameterChoice,
  readSimulationChoices,
  runSimulation,
} from './contract.ts'
import { placePack, reachIn, readQuestion } from './question.server.ts'
import { packView, programmeView, shownTo, valueSaid } from './report.server.ts'
import { savedEndpoints } from './saved.server.ts'

/** The routes of simulations. */
export const simulationEndpoints = (services: SimulationServices): Endpoint[] => [
  choicesEndpoint(services),
  serve(runSimulation, async ({ tx, actor, clock, language, body }) => {
    const started = performance.now()
    requireOwnRegion(actor, body.question.region)
    const { result } = await answer(services, { tx, clock, language }, body.question, body.fresh)
    return {
      result: shownTo(result, actor.permissions.has('household.read')),
      milliseconds: Math.round(performance.now() - started),
    }
  }),
  serve(drawCliff, async ({ tx, language, body }) => {
    const { packs } = readQuestion(await placePack(services.rulebook, tx), body.question, language)
    return chartOf(packs, body.question, body.typical)
  }),
  ...savedEndpoints(services),
]

const choicesEndpoint = (services: SimulationServices): Endpoint =>
  serve(readSimulationChoices, async ({ tx, actor, clock, query }) => {
    const checked = await placePack(services.rulebook, tx)
    const on = (query.on ?? clock.today()) as BusinessDate
    const own = ownRegion(actor, services.regionCode)
    const region = query.region ?? own
    requireOwnRegion(actor, region)
    const { force, programmes, found } = reachIn(checked, on, region)
    const names = await namePlaces(tx, [region])
    const rules = new Set(found.flatMap((one) => [...one.rules]))
    return {
      on,
      region: names(region),
      places: (await listPlaces(tx, own)).map(({ code, name }) => ({ code, name })),
      pack: packView(checked),
      programmes: programmes.map(programmeView),
      parameters: Object.keys(checked.pack.parameters).flatMap((name) => {
        const reaches = found.filter(({ parameters }) => parameters.has(name))
        return reaches.length === 0
          ? []
          : [
              {
                ...parameterView(checked, name),
                now: valueSaid(force, name),
                reaches: reaches.map(({ programme }) => programme.id),
              },
            ]
      }),
      rules: [...rules].toSorted().flatMap((name) => {
        const rule = checked.pack.definitions.get(name)
        return rule ? [{ name, label: rule.name, value: rule.value }] : []
      }),
      assumptions: assumptionIds.map((id) => ({ id, ...assumptionTexts[id], isUsual: true })),
    }
  })

// A range of codes begins with the region's own, unless the reader may see everything.
const ownRegion = ({ scope }: Actor, installation: string): string =>
  /^[1-9]\d{11}$/u.test(scope.from) ? scope.from : installation

const parameterView = ({ pack }: CheckedPack, name: string): Omit<ParameterChoice, 'now' | 'reaches'> => {
  const entry = pack.parameters[name]
  return {
    name,
    label: entry?.label ?? { zh: name, en: name },
    type: entry?.type ?? 'text',
    unit: entry?.unit ?? null,
    isList: entry?.list ?? false,
    low: entry?.range?.[0] ?? null,
    high: entry?.range?.[1] ?? null,
    options: Object.entries(entry?.options ?? {}).map(([code, label]) => ({ code, label })),
  }
}
