import { listPlacesBelow } from '#access/server'
import { type BusinessDate, Refusal, type RegionCode } from '#base'
import { type Pack, type PackInForce, packInForce, type Rule, ruleText } from '#policy'
import { indicatorIn, lastVersions } from '../library/reach.ts'
import { citationView, entityName } from '../library/view.ts'
import { contentFrom, indicatorsId } from '../packs/content.ts'
import { regionNames } from '../packs/region-names.server.ts'
import { versionKey } from '../packs/released-version.ts'
import { type DifferenceNames, versionDifferences } from './differences.ts'
import { countOpenVersions } from './proposals.queries.server.ts'
import type { Asking, IndicatorServices } from './services.server.ts'

interface Asked {
  readonly on?: string | undefined
  readonly region?: string | undefined
}

/** What departments and their files are called. */
export const namesIn = ({
  departments,
  feedName,
}: Pick<IndicatorServices, 'departments' | 'feedName'>): DifferenceNames => ({
  owner: (code) => departments[code] ?? { zh: code, en: code },
  feed: (kind) => ({ zh: feedName(kind, 'zh-CN'), en: feedName(kind, 'en') }),
})

/** The places an actor may ask about: the own one and those one level below. */
export const placesOf = async ({ tx, actor }: Pick<Asking, 'tx' | 'actor'>) => {
  const own = actor.organisation.regionCode
  const nameOf = await regionNames(tx, [own])
  return [{ code: own, name: nameOf(own) }, ...(await listPlacesBelow(tx, own))]
}

/** Every indicator with the version that is in force on a day in a region, or that was last. */
export const indicatorList = async (services: IndicatorServices, call: Asking, asked: Asked) => {
  const { tx, actor, clock } = call
  const on = asked.on ?? clock.today()
  const code = asked.region ?? actor.organisation.regionCode
  const { pack } = await services.rulebook.packIn(tx, indicatorsId)
  const force = packInForce(pack, { on: on as BusinessDate, region: code as RegionCode })
  const nameOf = await regionNames(tx, [code, ...regionsIn(pack)])
  const open = await countOpenVersions(tx)
  const ownerName = namesIn(services).owner
  return {
    on,
    region: { code, name: nameOf(code) },
    places: [...(await placesOf(call))],
    indicators: lastVersions(pack).flatMap(({ id }) => {
      const rule = indicatorIn(force, id)
      return rule ? [indicatorLine(force, rule, { nameOf, ownerName, open: open.get(id) ?? 0 })] : []
    }),
  }
}

const regionsIn = (pack: Pack): readonly string[] =>
  pack.rules.flatMap(({ region }) => (region === undefined ? [] : [region]))

interface Saying {
  readonly nameOf: (code: string) => string
  readonly ownerName: DifferenceNames['owner']
  readonly open: number
}

const indicatorLine = ({ pack, rules }: PackInForce, rule: Rule, { nameOf, ownerName, open }: Saying) => ({
  id: rule.id,
  version: rule.key,
  ...{ name: rule.name, grade: rule.grade, route: rule.route },
  entity: entityName(pack, rule.entity),
  owner: ownerName(rule.owner),
  inForce: rules.includes(rule),
  from: rule.effective.from,
  local: rule.region === undefined ? null : { code: rule.region, name: nameOf(rule.region) },
  versions: pack.rules.filter(({ id }) => id === rule.id).length,
  openProposals: open,
})

/** One indicator with its versions, the latest first. Refuses with `rulebook.no-such-programme`. */
export const indicatorPage = async (services: IndicatorServices, call: Asking, id: string) => {
  const { tx, clock, language } = call
  const { pack, content } = await services.rulebook.packIn(tx, indicatorsId)
  const versions = pack.rules.filter((rule) => rule.id === id)
  const last = versions.at(-1)
  if (!last) throw new Refusal('rulebook.no-such-programme', { name: id })
  const nameOf = await regionNames(tx, regionsIn(pack))
  const released = new Map((contentFrom(content).versions ?? []).map((one) => [versionKey(one), one]))
  const root = services.rulebook.where.regionCode
  const lines = versions.map((rule) => {
    const before = predecessorOf(rule, versions)
    const force = packInForce(pack, {
      on: rule.effective.from as BusinessDate,
      region: (rule.region ?? root) as RegionCode,
    })
    return {
      key: rule.key,
      number: released.get(rule.key)?.number ?? null,
      proposalId: released.get(rule.key)?.id ?? null,
      from: rule.effective.from,
      until: rule.effective.until ?? null,
      region: rule.region === undefined ? null : { code: rule.region, name: nameOf(rule.region) },
      state: stateOf(rule, versions, clock.today()),
      written: rule.when.trim(),
      plain: ruleText(force, rule.condition, language),
      sources: rule.sources.map((source) => citationView(pack, source)),
      differs: before ? versionDifferences(before, rule, namesIn(services)) : [],
      differsFrom: before?.key ?? null,
    }
  })
  return { id, name: last.name, versions: lines.toSorted((a, b) => (a.from > b.from ? -1 : 1)) }
}

/** The version of the same region before a version; where there is none, that of a wider region on its first day. */
const predecessorOf = (
  { effective, region, id }: Pick<Rule, 'effective' | 'region' | 'id'>,
  versions: readonly Rule[],
): Rule | undefined => {
  const earlier = versions
    .filter((one) => one.id === id && one.effective.from < effective.from)
    .toSorted((a, b) => (a.effective.from > b.effective.from ? -1 : 1))
  const isWider = (one: Rule) =>
    one.region === undefined || (region ?? '').startsWith(one.region.replace(/0+$/u, ''))
  return earlier.find((one) => one.region === region) ?? earlier.find(isWider)
}

const stateOf = ({ effective, region }: Rule, versions: readonly Rule[], today: string) => {
  if (effective.from > today) return 'scheduled' as const
  const isReplaced = versions.some(
    (one) => one.region === region && one.effective.from > effective.from && one.effective.from <= today,
  )
  if (isReplaced) return 'replaced' as const
  return effective.until !== undefined && effective.until <= today ? ('ended' as const) : ('inForce' as const)
}
