import { fitsParameter } from './check-values.ts'
import { type Finding, found } from './finding.ts'
import { strangeFactsIn } from './household-file.ts'
import { listsOf } from './named-rules.ts'
import type { Pack, PackSource } from './pack.ts'
import {
  instancesOf,
  type ReadyProgrammeCase,
  readyProgrammeCases,
  rootEntity,
  runProgrammeCases,
} from './programme-cases.ts'
import type { ExpectedResults, GivenFacts, ProgrammeCase } from './schemas.ts'
import { thresholdsOf } from './thresholds.ts'
import { untriedFindings } from './untried.ts'
import type { Path, YamlFile } from './yaml-file.ts'

/** What is wrong with named rules, programmes and their cases. */
export const namedRuleFindings = (pack: Pack, source: PackSource): Finding[] => {
  const strange = source.cases.flatMap((file) => strangeCases(file, pack))
  return [
    ...sameNames(pack, source),
    ...programmeFindings(pack, source),
    ...(strange.length > 0 ? strange : caseFindings(pack, source)),
  ]
}

/** A rule and a fact of one entity may not share a name: the fact would hide the rule. */
const sameNames = (pack: Pack, { rules }: PackSource): Finding[] =>
  Object.entries(rules.data).flatMap(([name, { entity }]) =>
    pack.facts[entity]?.[name] ? [found('name-twice', rules, [name], { name })] : [],
  )

const programmeFindings = (pack: Pack, { programmes }: PackSource): Finding[] =>
  Object.entries(programmes.data).flatMap(([id, { entity, eligible, amount, sentences }]) => {
    const known = (name: string, kind: string): boolean => {
      const rule = pack.definitions.get(name)
      return rule?.entity === entity && rule.type === kind
    }
    const wrong = (path: string, name: string): Finding =>
      found('programme-unknown-rule', programmes, [id, path], { programme: id, name })
    const texts = Object.values(sentences).flatMap(({ citizen, officer }) => [citizen, officer])
    const strange = texts
      .flatMap(({ zh, en }) => [...`${zh}${en}`.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name ?? ''))
      .filter((name) => !isFilled(pack, entity, name))
    return [
      ...(known(eligible, 'boolean') ? [] : [wrong('eligible', eligible)]),
      ...(amount && !known(amount.rule, 'number') ? [wrong('amount', amount.rule)] : []),
      ...[...new Set(strange)].map((name) =>
        found('unknown-placeholder', programmes, [id, 'sentences'], { rule: id, name }),
      ),
    ]
  })

const isFilled = (pack: Pack, entity: string, name: string): boolean =>
  name === 'missing' ||
  name === 'amount' ||
  pack.facts[entity]?.[name] !== undefined ||
  pack.parameters[name] !== undefined ||
  pack.definitions.get(name)?.entity === entity

type CaseSource = PackSource['cases'][number]

const strangeCases = (file: CaseSource, pack: Pack): Finding[] => [
  ...strangeFactsIn(pack, rootEntity(pack), file.data.defaults.given ?? {}).map((what) =>
    found('case-unknown-name', file, ['defaults', 'given'], { name: 'defaults', what }),
  ),
  ...strangeParameters(pack, file.data.defaults.parameters ?? {}).map((what) =>
    found('case-unknown-name', file, ['defaults', 'parameters', what], { name: 'defaults', what }),
  ),
  ...file.data.cases.flatMap((it, index) =>
    'rule' in it ? [] : strangeCase(it, [...file.data.place, index], file, pack),
  ),
]

const strangeCase = (it: ProgrammeCase, place: Path, file: CaseSource, pack: Pack): Finding[] => {
  const entity = it.entity ?? rootEntity(pack)
  const given = it.members ? { ...it.given, members: it.members } : it.given
  const at = (part: string, what: string): Finding =>
    found('case-unknown-name', file, [...place, part], { name: it.id, what })
  const day = it.on ?? file.data.defaults.on
  return [
    ...(day ? [] : [at('id', 'on')]),
    ...strangeFactsIn(pack, entity, given).map((what) =>
      at(what.startsWith('members') ? 'members' : 'given', what),
    ),
    ...strangeParameters(pack, it.parameters).map((what) => at('parameters', what)),
    ...strangeExpected(pack, entity, it.expect, given).map((what) => at('expect', what)),
  ]
}

const strangeParameters = (pack: Pack, parameters: ProgrammeCase['parameters']): string[] =>
  Object.entries(parameters).flatMap(([name, value]) => {
    const entry = pack.parameters[name]
    return entry && fitsParameter(entry, value) ? [] : [`${name}: ${value}`]
  })

const strangeExpected = (
  pack: Pack,
  entity: string,
  expected: ExpectedResults,
  given: GivenFacts,
): string[] => {
  const lists = listsOf(pack.entities, entity)
  return Object.entries(expected).flatMap(([name, value]) => {
    const list = lists[name]
    if (!Array.isArray(value)) return pack.definitions.get(name)?.entity === entity ? [] : [name]
    const items = given[name]
    if (!list || !Array.isArray(items) || items.length < value.length) return [name]
    return (value as readonly ExpectedResults[]).flatMap((one, index) =>
      strangeExpected(pack, list.entity, one, (items[index] ?? {}) as GivenFacts),
    )
  })
}

const caseFindings = (pack: Pack, source: PackSource): Finding[] => {
  const ready = readyProgrammeCases(pack)
  const failed = runProgrammeCases(pack, ready).flatMap(({ case: it, answers }) =>
    answers
      .filter(({ passed }) => !passed)
      .map(({ path, expected, actual }) => {
        const [file, place] = placeOf(source, it.id)
        return found('case-fails', file, place, { name: `${it.id} ${path}`, expected, actual })
      }),
  )
  return [...failed, ...untried(pack, source, ready)]
}

const placeOf = ({ cases, head }: PackSource, id: string): [YamlFile<unknown>, Path] => {
  for (const file of cases) {
    const index = file.data.cases.findIndex((it) => 'id' in it && it.id === id)
    if (index >= 0) return [file, [...file.data.place, index]]
  }
  return [head, []]
}

/** Thresholds of the pack's own rules; those below are tried where they are written. */
const untried = (pack: Pack, { rules }: PackSource, ready: readonly ReadyProgrammeCase[]): Finding[] =>
  Object.entries(rules.data).flatMap(([name, entry]) => {
    const rule = pack.definitions.get(name)
    if (!rule || !('value' in entry)) return []
    const tried = ready.map((one) => ({
      force: one.force,
      compiler: one.compiler,
      instances: instancesOf(pack, one.entity, one.instance, rule.entity),
    }))
    return untriedFindings(thresholdsOf(rule.tree, tried), name, entry.value, rules, [name, 'value'])
  })
