import type { Actor } from '#access'
import { type Endpoint, listPlacesBelow, serve } from '#access/server'
import { type BusinessDate, type Clock, Refusal, type RegionCode } from '#base'
import { type PackInForce, packInForce } from '#policy'
import type { Tx } from '#store/server'
import { contentFrom } from '../packs/content.ts'
import { findKeptPack, listKeptPacks } from '../packs/packs.queries.server.ts'
import { type CheckedPack, headIn, packFromContent } from '../packs/packs.server.ts'
import { regionNames, wholeCountry } from '../packs/region-names.server.ts'
import type { Rulebook } from '../packs/rulebook.server.ts'
import {
  comparePolicies,
  listParameters,
  type PackView,
  readEntry,
  readLibrary,
  readParameter,
  searchLibrary,
} from './contract.ts'
import { findEntry } from './entry.ts'
import { parameterPage } from './parameter-page.server.ts'
import { searchPacks } from './search.ts'
import { citationView, demoId, differencesBetween, entityName, parameterSaid } from './view.ts'

interface Asked {
  readonly on?: string | undefined
  readonly region?: string | undefined
}

/** The packs in force with the day and the region somebody asks about. */
export interface Opened {
  readonly on: BusinessDate
  readonly region: { readonly code: string; readonly name: string }
  readonly places: readonly { readonly code: string; readonly name: string }[]
  readonly packs: readonly CheckedPack[]
  readonly forces: readonly PackInForce[]
}

/** The routes of the policy library. */
export const libraryEndpoints = (rulebook: Rulebook): Endpoint[] => [
  serve(readLibrary, async ({ tx, actor, clock, query }) =>
    libraryView(await open(rulebook, tx, actor, clock, query)),
  ),
  serve(readEntry, async ({ tx, actor, clock, query, params, language }) => {
    const opened = await open(rulebook, tx, actor, clock, query)
    return findEntry(opened, params.kind, params.id, language)
  }),
  serve(listParameters, async ({ tx, actor, clock, query }) => {
    const opened = await open(rulebook, tx, actor, clock, query)
    const { on, region, places } = opened
    return { on, region, places: [...places], parameters: await parameterLines(tx, opened) }
  }),
  serve(readParameter, async ({ tx, actor, clock, query, params }) =>
    parameterPage(tx, clock, await open(rulebook, tx, actor, clock, query), params.name),
  ),
  serve(comparePolicies, async (call) => compared(rulebook, call)),
  serve(searchLibrary, async ({ tx, query }) => {
    const packs = []
    for (const id of rulebook.packIds) packs.push((await rulebook.packIn(tx, id)).pack)
    const { hits, hasMore } = searchPacks(packs, query.q)
    return { hits: [...hits], hasMore }
  }),
]

const open = async (
  rulebook: Rulebook,
  tx: Tx,
  actor: Actor,
  clock: Clock,
  { on = clock.today(), region = actor.organisation.regionCode }: Asked,
): Promise<Opened> => {
  const packs: CheckedPack[] = []
  for (const id of rulebook.packIds) packs.push(await rulebook.packIn(tx, id))
  const when = { on: on as BusinessDate, region: region as RegionCode }
  return {
    on: when.on,
    ...(await placesOf(tx, actor, region)),
    packs,
    forces: packs.map(({ pack }) => packInForce(pack, when)),
  }
}

const placesOf = async (tx: Tx, actor: Actor, region: string) => {
  const own = actor.organisation.regionCode
  const nameOf = await regionNames(tx, [own, region])
  const below = await listPlacesBelow(tx, own)
  const known = [{ code: own, name: nameOf(own) }, ...below]
  const chosen = { code: region, name: nameOf(region) }
  return { region: chosen, places: known.some(({ code }) => code === region) ? known : [chosen, ...known] }
}

const packView = ({ pack, hash, content }: CheckedPack): PackView => {
  const { layers, released } = contentFrom(content)
  return {
    id: pack.head.id,
    title: pack.head.title,
    version: pack.head.version,
    hash,
    isDemo: pack.head.id === demoId,
    released: released.length,
    layers: layers.map(({ id, files }) => {
      const { title = { zh: id, en: id }, version = '' } = headIn(files['pack.yaml'])
      return { id, title, version: String(version) }
    }),
  }
}

const libraryView = ({ on, region, places, packs, forces }: Opened) => {
  const parameters = forces.flatMap((force) => [...force.parameters.values()])
  return {
    on,
    region,
    places: [...places],
    packs: packs.map(packView),
    programmes: forces.flatMap(({ pack, programmes }) =>
      programmes.map(({ id, name, tier, entity, sources }) => ({
        id,
        name,
        tier,
        entity: entityName(pack, entity),
        sources: sources.map((source) => citationView(pack, source)),
      })),
    ),
    indicators: forces.flatMap(({ pack, rules }) =>
      rules.map(({ id, name, grade, entity, sources }) => ({
        id,
        name,
        grade,
        entity: entityName(pack, entity),
        sources: sources.map((source) => citationView(pack, source)),
      })),
    ),
    parameters: parameters.length,
    openParameters: parameters.filter(
      ({ value }) => typeof value === 'object' && value !== null && 'outcome' in value,
    ).length,
  }
}

const parameterLines = async (tx: Tx, { packs, forces }: Opened) => {
  const found = forces.flatMap((force, index) => {
    const released = contentFrom(packs[index]?.content ?? '').released
    return [...force.parameters.values()].map((parameter) => ({ force, released, parameter }))
  })
  const nameOf = await regionNames(
    tx,
    found.map(({ parameter }) => parameter.region ?? wholeCountry),
  )
  return found.map(({ force: { pack }, released, parameter }) => {
    const { name, value, from, region = wholeCountry, source, pack: layer } = parameter
    return {
      name,
      pack: pack.head.id,
      label: pack.parameters[name]?.label ?? { zh: name, en: name },
      value: parameterSaid(pack, name, value),
      from: from ?? null,
      region: from ? { code: region, name: nameOf(region) } : null,
      source: source ? citationView(pack, source) : null,
      layer: layer ?? null,
      isReleased: released.some(
        (row) => row.parameter === name && row.from === from && row.region === region,
      ),
      isDemo: layer === demoId,
    }
  })
}

interface Comparing {
  readonly tx: Tx
  readonly actor: Actor
  readonly clock: Clock
  readonly query: {
    readonly from?: string | undefined
    readonly until?: string | undefined
    readonly region?: string | undefined
    readonly pack?: string | undefined
    readonly fromVersion?: string | undefined
    readonly untilVersion?: string | undefined
  }
}

const compared = async (rulebook: Rulebook, { tx, actor, clock, query }: Comparing) => {
  const {
    on: until,
    region,
    places,
    packs,
  } = await open(rulebook, tx, actor, clock, {
    on: query.until,
    region: query.region,
  })
  const from = (query.from ??
    `${Number(until.slice(0, 4)) - 1}${until.slice(4)}`.replace(/-02-29$/u, '-02-28')) as BusinessDate
  const id = query.pack ?? rulebook.placePackId ?? rulebook.packIds[0] ?? ''
  const current = packs.find(({ pack }) => pack.head.id === id)
  if (!current) throw new Refusal('rulebook.no-such-programme', { name: id })
  const versions = await listKeptPacks(tx, id)
  const before = await versionOf(tx, query.fromVersion, current)
  const after = await versionOf(tx, query.untilVersion, current)
  const code = region.code as RegionCode
  return {
    from,
    until,
    region,
    places: [...places],
    pack: id,
    packs: packs.map(({ pack }) => ({ id: pack.head.id, title: pack.head.title })),
    versions: versions.map(({ hash, version, kept_at }) => ({ hash, version, keptAt: kept_at })),
    differences: differencesBetween(
      packInForce(before.pack, { on: from, region: code }),
      packInForce(after.pack, { on: until, region: code }),
    ),
  }
}

const versionOf = async (tx: Tx, hash: string | undefined, current: CheckedPack): Promise<CheckedPack> => {
  if (hash === undefined || hash === current.hash) return current
  const content = await findKeptPack(tx, hash)
  if (content === undefined) throw new Refusal('rulebook.no-such-programme', { name: hash.slice(0, 12) })
  return packFromContent(content)
}
