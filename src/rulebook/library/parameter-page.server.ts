import { type Clock, Refusal } from '#base'
import type { Pack, ParameterInForce } from '#policy'
import type { Tx } from '#store/server'
import { contentFrom } from '../packs/content.ts'
import { regionNames, wholeCountry } from '../packs/region-names.server.ts'
import type { Opened } from './handler.server.ts'
import { countOpenProposals, listReleases } from './releases.queries.server.ts'
import { citationView, demoId, parameterSaid, usersOf } from './view.ts'

/** A parameter with its history, the newest value first. Refuses with `rulebook.no-such-programme`. */
export const parameterPage = async (tx: Tx, clock: Clock, opened: Opened, name: string) => {
  const index = opened.packs.findIndex(({ pack }) => pack.parameters[name])
  const [checked, force] = [opened.packs[index], opened.forces[index]]
  const entry = checked?.pack.parameters[name]
  if (!checked || !entry || !force) throw new Refusal('rulebook.no-such-programme', { name })
  const { pack } = checked
  const { on, region, places } = opened
  return {
    name,
    pack: pack.head.id,
    label: entry.label,
    ...{ on, region, places: [...places] },
    type: entry.type,
    unit: entry.unit ?? null,
    isList: entry.list,
    low: entry.range?.[0] ?? null,
    high: entry.range?.[1] ?? null,
    options: Object.entries(entry.options ?? {}).map(([code, label]) => ({ code, label })),
    floors: entry.floors.map(({ parameter, times: [numerator, denominator] }) => ({
      name: parameter,
      label: pack.parameters[parameter]?.label ?? { zh: parameter, en: parameter },
      times: numerator === denominator ? '1' : `${numerator}/${denominator}`,
    })),
    values: await valuesOf(tx, pack, name, force.parameters.get(name), releasedIn(checked.content, name)),
    documents: Object.entries(pack.sources).map(([document, { title, number }]) => ({
      document,
      title,
      number: number ?? null,
    })),
    usedBy: usersOf(pack, name),
    openProposals: await countOpenProposals(tx, name),
    today: clock.today(),
  }
}

const releasedIn = (content: string, name: string) =>
  contentFrom(content).released.filter(({ parameter }) => parameter === name)

const valuesOf = async (
  tx: Tx,
  pack: Pack,
  name: string,
  holding: ParameterInForce | undefined,
  released: ReturnType<typeof releasedIn>,
) => {
  const values = pack.parameters[name]?.values ?? []
  const nameOf = await regionNames(
    tx,
    values.map(({ region }) => region ?? wholeCountry),
  )
  const releases = await listReleases(
    tx,
    released.map(({ id }) => id),
  )
  // The layer is the pack the value was written in, or released for.
  const layerOf = (value: object): string =>
    pack.layers['layer' in value && typeof value.layer === 'number' ? value.layer : 0] ?? pack.head.id
  return values
    .map((value) => {
      const region = value.region ?? wholeCountry
      const layer = layerOf(value)
      const row = released.find(
        (one) => one.pack === layer && one.from === value.from && one.region === region,
      )
      const release = releases.find(({ id }) => id === row?.id)
      return {
        value: parameterSaid(pack, name, value.value as ParameterInForce['value'] | undefined),
        from: value.from,
        until: value.until ?? null,
        region: { code: region, name: nameOf(region) },
        layer,
        isDemo: layer === demoId,
        source: value.source ? citationView(pack, value.source) : null,
        checkedOn: value.checkedOn ?? null,
        note: value.note ?? null,
        holds:
          holding?.from === value.from &&
          (holding.region ?? wholeCountry) === region &&
          holding.pack === layer,
        release: release ?? null,
      }
    })
    .toSorted((a, b) =>
      a.from === b.from ? (a.region.code < b.region.code ? -1 : 1) : a.from < b.from ? 1 : -1,
    )
}
