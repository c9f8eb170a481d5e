import type { BusinessDate } from '#base'
import { contains, Refusal, type RegionCode, regionCode } from '#base'
import { fitsParameter, plainValueText } from '#policy'
import { type CheckedPack, type Rulebook, withChangedRules } from '#rulebook/server'
import type { Tx } from '#store/server'
import type { SimulationQuestion } from './contract.ts'
import type { Packs } from './plan.ts'
import { sidesOn } from './plan.ts'
import { behind, countedProgrammes, rulesOf } from './slice.ts'

/** A question made ready: the pack it starts from, and with its rules changed. */
export interface ReadyQuestion {
  readonly question: SimulationQuestion
  readonly checked: CheckedPack
  readonly packs: Packs
}

/** The pack of the place's programmes. Refuses with `insight.no-rules` where there is none. */
export const placePack = async (rulebook: Rulebook, tx: Tx): Promise<CheckedPack> => {
  if (!rulebook.placePackId) throw new Refusal('insight.no-rules')
  return rulebook.packIn(tx, rulebook.placePackId)
}

/** Reads a question against a pack. Refuses with `insight.strange-change` what is not in it or cannot be so. */
export const readQuestion = (
  checked: CheckedPack,
  question: SimulationQuestion,
  language: 'zh-CN' | 'en',
): ReadyQuestion => {
  const refuse = (what: string): never => {
    throw new Refusal('insight.strange-change', { what })
  }
  for (const { parameter, value, region } of question.changes) {
    const entry = checked.pack.parameters[parameter]
    if (!entry) return refuse(parameter)
    const label = entry.label[language === 'en' ? 'en' : 'zh']
    if (!fitsParameter(entry, value))
      refuse(`${label} = ${plainValueText(value, { unit: entry.unit, labels: entry.options }, language)}`)
    if (region !== null && !contains(regionCode(question.region), region as RegionCode))
      refuse(`${label} (${region})`)
  }
  return { question, checked, packs: packsOf(checked, question, language) }
}

const packsOf = (checked: CheckedPack, { rules }: SimulationQuestion, language: 'zh-CN' | 'en'): Packs => {
  if (rules.length === 0) return { before: checked.pack, after: checked.pack }
  const { pack, problem } = withChangedRules(checked, rules, language)
  if (!pack) throw new Refusal('insight.strange-change', { what: problem })
  return { before: checked.pack, after: pack }
}

/** Which counted programmes read each parameter, and which rules they build on. */
export const reachIn = (checked: CheckedPack, on: BusinessDate, region: string) => {
  const { before } = sidesOn({ before: checked.pack, after: checked.pack }, [], on, region)
  const programmes = countedProgrammes(before)
  const found = programmes.map((programme) => ({ programme, ...behind(checked.pack, rulesOf(programme)) }))
  return { force: before, programmes, found }
}
