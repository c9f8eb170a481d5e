import {
  type Citation,
  type Pack,
  type PackInForce,
  type ParameterInForce,
  plainValueText,
  type Rule,
  ruleText,
} from '#policy'
import type { CitationView, Difference, RuleView } from './contract.ts'
import { decidingRules, lastVersions, parametersIn, parametersOfIndicator, rulesBehind } from './reach.ts'

/** The pack of values for demonstrations. */
export const demoId = 'demo'

interface Said {
  readonly zh: string
  readonly en: string
}
type Language = 'zh-CN' | 'en'

export const citationView = (pack: Pack, { document, clause, says }: Citation): CitationView => {
  const entry = pack.sources[document]
  return {
    document,
    title: entry?.title ?? { zh: document, en: document },
    number: entry?.number ?? null,
    clause,
    says: says ?? null,
    status: entry?.status ?? null,
  }
}

export const entityName = (pack: Pack, entity: string): Said =>
  pack.entities[entity]?.label ?? { zh: entity, en: entity }

/** A value of a parameter as people read it; null where it is left open. */
export const parameterSaid = (
  pack: Pack,
  name: string,
  value: ParameterInForce['value'] | undefined,
): Said | null => {
  if (value === undefined || (typeof value === 'object' && value !== null && 'outcome' in value)) return null
  const entry = pack.parameters[name]
  const form = { unit: entry?.unit, labels: entry?.options }
  return { zh: plainValueText(value, form, 'zh-CN'), en: plainValueText(value, form, 'en') }
}

/** The rules of a programme, in plain words beside their articles. */
export const programmeRules = (force: PackInForce, programme: string, language: Language): RuleView[] =>
  rulesBehind(force.pack, decidingRules(force.pack, programme)).map((id) =>
    definitionView(force, id, language),
  )

const definitionView = (force: PackInForce, id: string, language: Language): RuleView => {
  const { pack } = force
  const rule = pack.definitions.get(id)
  if (!rule) throw new Error(`no rule ${id}`)
  return {
    id,
    name: rule.name,
    entity: entityName(pack, rule.entity),
    plain: ruleText(force, rule.tree, language),
    written: rule.value.trim(),
    sources: rule.sources.map((source) => citationView(pack, source)),
    checkedOn: rule.checkedOn ?? null,
    note: rule.note ?? null,
  }
}

/** The condition of an indicator, in plain words beside its article. */
export const indicatorRule = (force: PackInForce, rule: Rule, language: Language): RuleView => {
  const { pack } = force
  return {
    id: rule.id,
    name: rule.name,
    entity: entityName(pack, rule.entity),
    plain: ruleText(force, rule.condition, language),
    written: rule.when.trim(),
    sources: rule.sources.map((source) => citationView(pack, source)),
    checkedOn: rule.checkedOn ?? null,
    note: null,
  }
}

/** The parameters that a programme or indicator reads, as they are in force. */
export const parameterUses = (force: PackInForce, names: readonly string[]) =>
  names.map((name) => ({
    name,
    label: force.pack.parameters[name]?.label ?? { zh: name, en: name },
    value: parameterSaid(force.pack, name, force.parameters.get(name)?.value),
  }))

export const parametersOfProgramme = (pack: Pack, programme: string): readonly string[] =>
  parametersIn(pack, rulesBehind(pack, decidingRules(pack, programme)))

/** The programmes and indicators that read a parameter. */
export const usersOf = (pack: Pack, name: string) => [
  ...Object.entries(pack.programmes)
    .filter(([id]) => parametersOfProgramme(pack, id).includes(name))
    .map(([id, entry]) => ({ kind: 'programmes' as const, id, name: entry.name })),
  ...lastVersions(pack)
    .filter((rule) => parametersOfIndicator(pack, rule).includes(name))
    .map((rule) => ({ kind: 'indicators' as const, id: rule.id, name: rule.name })),
]

/** What differs between two packs in force: parameters, rules as written, programmes and indicators that begin or end. */
export const differencesBetween = (before: PackInForce, after: PackInForce): Difference[] => [
  ...parameterDifferences(before, after),
  ...listDifferences('programme', namesOfProgrammes(before), namesOfProgrammes(after), after.pack),
  ...listDifferences('indicator', indicatorsIn(before), indicatorsIn(after), after.pack),
  ...listDifferences('rule', rulesIn(before), rulesIn(after), after.pack),
]

interface Compared {
  readonly name: Said
  /** What is compared; undefined where only being there counts. */
  readonly written?: string
  readonly sources: readonly Citation[]
}

const namesOfProgrammes = ({ programmes }: PackInForce): ReadonlyMap<string, Compared> =>
  new Map(programmes.map(({ id, name, sources }) => [id, { name, sources }]))
const indicatorsIn = ({ rules }: PackInForce): ReadonlyMap<string, Compared> =>
  new Map(rules.map(({ id, name, when, sources }) => [id, { name, written: when.trim(), sources }]))
const rulesIn = ({ pack }: PackInForce): ReadonlyMap<string, Compared> =>
  new Map(
    [...pack.definitions].map(([id, { name, value, sources }]) => [
      id,
      { name, written: value.trim(), sources },
    ]),
  )

const parameterDifferences = (before: PackInForce, after: PackInForce): Difference[] => {
  const names = new Set([...before.parameters.keys(), ...after.parameters.keys()])
  return [...names].flatMap((name): Difference[] => {
    const was = parameterSaid(before.pack, name, before.parameters.get(name)?.value)
    const is = parameterSaid(after.pack, name, after.parameters.get(name)?.value)
    if (was?.zh === is?.zh) return []
    const entry = after.pack.parameters[name] ?? before.pack.parameters[name]
    const source = after.parameters.get(name)?.source
    return [
      {
        kind: 'parameter',
        change: was === null ? 'added' : is === null ? 'removed' : 'changed',
        id: name,
        name: entry?.label ?? { zh: name, en: name },
        before: was,
        after: is,
        source: source ? citationView(after.pack, source) : null,
      },
    ]
  })
}

const listDifferences = (
  kind: Difference['kind'],
  before: ReadonlyMap<string, Compared>,
  after: ReadonlyMap<string, Compared>,
  pack: Pack,
): Difference[] =>
  [...new Set([...before.keys(), ...after.keys()])].flatMap((id): Difference[] => {
    const [was, is] = [before.get(id), after.get(id)]
    if (was && is && was.written === is.written) return []
    const [source] = (is ?? was)?.sources ?? []
    const both = (text: string | undefined) => (text ? { zh: text, en: text } : null)
    return [
      {
        kind,
        change: !was ? 'added' : !is ? 'removed' : 'changed',
        id,
        name: (is ?? was)?.name ?? { zh: id, en: id },
        before: both(was?.written),
        after: both(is?.written),
        source: source ? citationView(pack, source) : null,
      },
    ]
  })
