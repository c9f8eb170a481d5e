import { type CaseResult, type Pack, type ProgrammeCaseResult, runCases, runProgrammeCases } from '#policy'
import { decidingRules, rulesBehind } from '../library/reach.ts'
import { type PackContent, readContent } from '../packs/content.ts'
import type { CaseView } from './contract.ts'

/** The layers of a pack that have cases, each as a pack of its own: cases speak of the layer they stand in. */
export const packsWithCases = (content: PackContent): readonly Pack[] =>
  content.layers.flatMap((_, index) => {
    const { pack } = readContent({ ...content, layers: content.layers.slice(0, index + 1) }).read
    return pack && pack.cases.length + pack.programmeCases.length > 0 ? [pack] : []
  })

/** Every case of a pack with what was expected and what came out. */
export const casesOf = (pack: Pack): readonly CaseView[] => {
  const users = usersOfRules(pack)
  return [
    ...runCases(pack).map((result) => ofIndicator(pack, result)),
    ...runProgrammeCases(pack).map((result) => ofProgramme(pack, result, users)),
  ]
}

const usersOfRules = (pack: Pack): ReadonlyMap<string, readonly string[]> => {
  const users = new Map<string, string[]>()
  for (const id of Object.keys(pack.programmes))
    for (const rule of rulesBehind(pack, decidingRules(pack, id)))
      users.set(rule, [...(users.get(rule) ?? []), id])
  return users
}

const ofIndicator = (pack: Pack, { case: it, outcome, passed }: CaseResult): CaseView => {
  const rule = pack.rules.find(({ key }) => key === it.rule)
  return {
    id: it.rule,
    name: it.name,
    on: it.today,
    passed,
    disputed: null,
    about: [rule?.id ?? it.rule],
    answers: [
      {
        path: it.rule,
        label: rule?.name ?? { zh: it.rule, en: it.rule },
        isMoney: false,
        expected:
          typeof it.expect === 'boolean' ? String(it.expect) : `unknown (${it.expect.unknown.join(', ')})`,
        actual:
          outcome.outcome === 'known' ? String(outcome.value) : `unknown (${outcome.missing.join(', ')})`,
        passed,
      },
    ],
  }
}

const ofProgramme = (
  pack: Pack,
  { case: it, answers, passed }: ProgrammeCaseResult,
  users: ReadonlyMap<string, readonly string[]>,
): CaseView => {
  const rules = answers.map(({ path }) => path.split('.').at(-1) ?? path)
  return {
    id: it.id,
    name: it.name,
    on: it.on ?? null,
    passed,
    disputed: it.disputed ?? null,
    about: [...new Set(rules.flatMap((rule) => users.get(rule) ?? []))],
    answers: answers.map((answer, index) => {
      const rule = rules[index] ?? ''
      const definition = pack.definitions.get(rule)
      const isMoney = definition?.tree.type.unit?.factors.join() === 'fen'
      return { ...answer, isMoney, label: definition?.name ?? { zh: rule, en: rule } }
    }),
  }
}
