import { type BusinessDate, Refusal, type RegionCode } from '#base'
import { type Pack, packInForce, type Rule } from '#policy'
import { indicatorIn } from '../library/reach.ts'
import { entityName, parameterSaid } from '../library/view.ts'
import { indicatorsId } from '../packs/content.ts'
import { memberOf } from './cases.ts'
import { changeFrom } from './change-of.ts'
import type { EditorFact } from './contract.ts'
import { placesOf } from './indicators.server.ts'
import type { Asking, IndicatorServices } from './services.server.ts'

/**
 * What the editor starts from: a version, or the one in force in the actor's region, and everything that a condition may
 * name. Refuses with `rulebook.no-such-programme`.
 */
export const basisFor = async (
  { rulebook, departments }: IndicatorServices,
  call: Asking,
  id: string,
  version: string | undefined,
) => {
  const { tx, actor, clock } = call
  const { pack } = await rulebook.packIn(tx, indicatorsId)
  const own = actor.organisation.regionCode
  const force = packInForce(pack, { on: clock.today() as BusinessDate, region: own as RegionCode })
  const rule = version === undefined ? indicatorIn(force, id) : pack.rules.find(({ key }) => key === version)
  if (!rule || rule.id !== id) throw new Refusal('rulebook.no-such-programme', { name: version ?? id })
  const cases = pack.cases.filter((one) => one.rule === rule.key)
  const member = memberOf(pack, rule.entity)
  return {
    id,
    change: changeFrom(rule, cases, own),
    entity: entityName(pack, rule.entity),
    member: member === undefined ? null : entityName(pack, member),
    facts: [...factsOf(pack, rule.entity, 'self'), ...(member ? factsOf(pack, member, 'member') : [])],
    parameters: Object.entries(pack.parameters).map(([name, { label }]) => ({
      name,
      label,
      value: parameterSaid(pack, name, force.parameters.get(name)?.value),
    })),
    owners: Object.entries(departments).map(([code, name]) => ({ code, name })),
    places: await placesOf(call),
    documents: Object.entries(pack.sources).map(([document, { title, number }]) => ({
      document,
      title,
      number: number ?? null,
    })),
    today: clock.today(),
  }
}

const factsOf = (pack: Pack, entity: Rule['entity'], of: EditorFact['of']): EditorFact[] =>
  Object.entries(pack.facts[entity] ?? {}).map(([name, fact]) => ({
    name,
    label: fact.label,
    of,
    type: fact.type,
    unit: fact.unit ?? null,
    codes: Object.entries(fact.values ?? {}).map(([code, label]) => ({ code, label })),
    mayBeUnknown: fact.unknown,
    mayBeAbsent: fact.absent,
  }))
