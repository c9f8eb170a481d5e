import {
  conditionsOf,
  explainProgrammes,
  factsIn,
  factValueText,
  type Pack,
  type ParameterInForce,
  type ProgrammeExplanation,
  plainValueText,
  programmeSentence,
  type RuleExplanation,
  ruleValueText,
  type TraceStep,
  type Value,
} from '#policy'
import type { ParameterView, ReasonsView, RuleView } from './contract.ts'
import { namesOf, type ReadyTrial } from './judge.ts'

type Language = 'zh-CN' | 'en'
type Key = 'zh' | 'en'

/** How a pack and places are called where reasons are read. */
export interface Callings {
  readonly packTitle: (id: string) => { readonly title: string; readonly isDemo: boolean }
  readonly placeName: (code: string) => string
}

interface Saying extends Callings {
  readonly pack: Pack
  readonly language: Language
  readonly key: Key
  readonly who: (place: string) => string
}

/** Why programmes said what they said, one for each outcome of `judge` and in its order; of one programme where it is named. */
export const reasonsOf = (
  ready: ReadyTrial,
  language: Language,
  callings: Callings,
  programme?: string,
): readonly (ReasonsView & { readonly programme: string; readonly place: string })[] => {
  const { force, entity, subject } = ready
  const key = language === 'en' ? 'en' : 'zh'
  const names = namesOf(ready, key)
  const saying: Saying = {
    ...callings,
    pack: force.pack,
    language,
    key,
    who: (place) => (place === '' ? '' : (names.get(place) ?? place)),
  }
  const programmes = force.programmes.filter(({ id }) => programme === undefined || id === programme)
  return explainProgrammes({ ...force, programmes }, entity, subject).map((explanation) => ({
    programme: explanation.programme,
    place: explanation.place,
    ...viewOf(explanation, saying),
  }))
}

const viewOf = (explanation: ProgrammeExplanation, saying: Saying): ReasonsView => {
  const { pack, language } = saying
  return {
    officer: programmeSentence(pack, explanation, 'officer', language),
    citizen: programmeSentence(pack, explanation, 'citizen', language),
    rules: explanation.rules.map((rule) => ruleView(rule, saying)),
    parameters: explanation.parameters.map((parameter) => parameterView(parameter, saying)),
    sources: (pack.programmes[explanation.programme]?.sources ?? []).map((one) => citationOf(one, saying)),
  }
}

const ruleView = (rule: RuleExplanation, saying: Saying): RuleView => ({
  name: saying.pack.definitions.get(rule.rule)?.name[saying.key] ?? rule.rule,
  who: saying.who(rule.place),
  value: ruleValueText(saying.pack, rule, saying.language),
  conditions: conditionsOf(rule.trace).map((step) => conditionView(step, rule, saying)),
  sources: rule.sources.map((one) => citationOf(one, saying)),
  checkedOn: rule.checkedOn ?? null,
})

const conditionView = (
  step: TraceStep,
  rule: RuleExplanation,
  saying: Saying,
): RuleView['conditions'][number] => {
  const { pack, language } = saying
  const rules = rulesIn(step).map((used) => ({
    label: labelled(
      pack.definitions.get(used.name)?.name[saying.key] ?? used.name,
      used.memberId,
      rule,
      saying,
    ),
    value: ruleValueText(pack, { rule: used.name, value: used.value }, language),
  }))
  const facts = factsIn(step).map((used) => ({
    label: labelled(
      pack.facts[used.entity]?.[used.name]?.label[saying.key] ?? used.name,
      used.memberId,
      rule,
      saying,
    ),
    value: factValueText(pack, used, language),
  }))
  const all = new Map([...rules, ...facts].map((one) => [one.label, one]))
  return {
    text: readable(step.text, rule.entity, saying),
    who: step.memberId === undefined || step.memberId === rule.place ? '' : saying.who(step.memberId),
    result: resultOf(step.result),
    values: [...all.values()],
  }
}

const rulesIn = (step: TraceStep): TraceStep['rules'] => [...step.rules, ...step.steps.flatMap(rulesIn)]

const labelled = (
  label: string,
  memberId: string | undefined,
  { place }: RuleExplanation,
  { who }: Saying,
): string => (memberId === undefined || memberId === place ? label : `${who(memberId)} · ${label}`)

const resultOf = (value: Value): 'holds' | 'not' | 'unknown' => {
  if (typeof value === 'object' && value !== null && 'outcome' in value) return 'unknown'
  return value === true ? 'holds' : 'not'
}

/** A condition with the names of facts, rules and parameters put as their labels; what stands in quotes stays. */
const readable = (text: string, entity: string, { pack, key }: Saying): string =>
  text.replaceAll(/"[^"]*"|(?:\w+\.)?[a-z][A-Za-z0-9]*/gu, (word) => {
    if (word.startsWith('"')) return word
    const parts = word.split('.')
    const name = parts.at(-1) ?? word
    const owner = parts.length > 1 ? parts[0] : undefined
    const label =
      (owner === 'parameters' ? pack.parameters[name]?.label : undefined) ??
      pack.definitions.get(name)?.name ??
      (owner ? pack.facts[owner]?.[name]?.label : undefined) ??
      pack.facts[entity]?.[name]?.label ??
      Object.values(pack.facts).find((facts) => Object.hasOwn(facts, name))?.[name]?.label
    return label ? label[key] : word
  })

const citationOf = (
  { document, clause }: { readonly document: string; readonly clause: string },
  { pack, key }: Saying,
) => {
  const source = pack.sources[document]
  return { title: source?.title[key] ?? document, number: source?.number ?? null, clause }
}

const parameterView = (parameter: ParameterInForce, saying: Saying): ParameterView => {
  const { pack, language, key, packTitle, placeName } = saying
  const { name, value, from, region, source, checkedOn } = parameter
  const entry = pack.parameters[name]
  const isOpen = resultOf(value) === 'unknown'
  const of = parameter.pack === undefined ? undefined : packTitle(parameter.pack)
  return {
    label: entry?.label[key] ?? name,
    value: isOpen ? '' : plainValueText(value, { unit: entry?.unit, labels: entry?.options }, language),
    isOpen,
    isGiven: parameter.isGiven === true,
    from: from ?? null,
    place: region === undefined ? null : placeName(region),
    pack: of?.title ?? null,
    isDemo: !isOpen && of?.isDemo === true,
    source: source ? citationOf(source, saying) : null,
    checkedOn: checkedOn ?? null,
  }
}
