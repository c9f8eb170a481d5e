import { Refusal } from '#base'
import type { Pack, PackInForce } from '#policy'
import type { EntryKind } from './contract.ts'
import { indicatorIn, parametersOfIndicator } from './reach.ts'
import {
  citationView,
  entityName,
  indicatorRule,
  parametersOfProgramme,
  parameterUses,
  programmeRules,
} from './view.ts'

interface Opened {
  readonly on: string
  readonly region: { readonly code: string; readonly name: string }
  readonly forces: readonly PackInForce[]
}

/** A programme or an indicator with all its rules. Refuses with `rulebook.no-such-programme`. */
export const findEntry = (
  { on, region, forces }: Opened,
  kind: EntryKind,
  id: string,
  language: 'zh-CN' | 'en',
) => {
  const force = forces.find(({ pack }) =>
    kind === 'programmes' ? pack.programmes[id] : pack.rules.some((rule) => rule.id === id),
  )
  if (!force) throw new Refusal('rulebook.no-such-programme', { name: id })
  const shared = { id, kind, pack: force.pack.head.id, on, region }
  return { ...shared, ...(kind === 'programmes' ? programme : indicator)(force, id, language) }
}

const programme = (force: PackInForce, id: string, language: 'zh-CN' | 'en') => {
  const { pack } = force
  const entry = pack.programmes[id]
  if (!entry) throw new Refusal('rulebook.no-such-programme', { name: id })
  return {
    name: entry.name,
    entity: entityName(pack, entry.entity),
    mark: entry.tier,
    inForce: force.programmes.some((one) => one.id === id),
    sources: entry.sources.map((source) => citationView(pack, source)),
    note: entry.note ?? null,
    sentence: named(pack, entry.entity, entry.sentences.eligible.officer),
    rules: programmeRules(force, id, language),
    parameters: parameterUses(force, parametersOfProgramme(pack, id)),
  }
}

const indicator = (force: PackInForce, id: string, language: 'zh-CN' | 'en') => {
  const { pack } = force
  const rule = indicatorIn(force, id)
  if (!rule) throw new Refusal('rulebook.no-such-programme', { name: id })
  return {
    name: rule.name,
    entity: entityName(pack, rule.entity),
    mark: rule.grade,
    inForce: force.rules.some((one) => one.id === id),
    sources: rule.sources.map((source) => citationView(pack, source)),
    note: null,
    sentence: named(pack, rule.entity, rule.sentence),
    rules: [indicatorRule(force, rule, language)],
    parameters: parameterUses(force, parametersOfIndicator(pack, rule)),
  }
}

/** A sentence with the names of what is filled in. */
const named = (pack: Pack, entity: string, { zh, en }: Said): Said => {
  const fill = (text: string, key: keyof Said) =>
    text.replaceAll(/\{(\w+)\}/gu, (_, name: string) => {
      const label =
        pack.definitions.get(name)?.name ?? pack.parameters[name]?.label ?? pack.facts[entity]?.[name]?.label
      return `〔${label?.[key] ?? (name in gaps ? gaps[name as keyof typeof gaps][key] : name)}〕`
    })
  return { zh: fill(zh, 'zh'), en: fill(en, 'en') }
}

interface Said {
  readonly zh: string
  readonly en: string
}

const gaps = {
  amount: { zh: '金额', en: 'amount' },
  members: { zh: '成员', en: 'members' },
  missing: { zh: '待查明的事实', en: 'what is missing' },
  today: { zh: '当日', en: 'the day' },
} as const
