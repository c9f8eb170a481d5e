import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parse } from 'yaml'
import { type BusinessDate, Refusal, type RegionCode } from '#base'
import {
  explainProgrammes,
  type GivenFacts,
  type Pack,
  type PackInForce,
  type ProgrammeExplanation,
  packInForce,
  programmeSentence,
  rootEntity,
  ruleValueText,
  type Subject,
  strangeFactsIn,
  subjectReported,
  whatWouldChange,
} from '#policy'
import type { Command, Context } from '../context.server.ts'
import { usablePack, withTrialValues } from './packs.server.ts'

/** `doudi policy explain`: what a pack says of one household, why, and what would change it. */
export const explainCommand: Command = async (context, { options }) => {
  const checked = usablePack(options.pack, context.words.language)
  const { pack, given } = withTrialValues(checked, options.parameters, context.words.language)
  const region = (options.region ?? pack.head.region) as RegionCode
  const force = packInForce(pack, { on: options.on as BusinessDate, region, given })
  const entity = rootEntity(pack)
  const household = householdIn(pack, entity, String(options.household))
  const results = explainProgrammes(force, entity, household).map((explanation) => {
    const wouldChange = changesOf(force, entity, household, explanation)
    return { ...explanation, sentences: sentencesOf(pack, explanation), wouldChange }
  })
  const { id, status } = pack.head
  if (status === 'draft') context.out.line(context.words.say('policy.isDraft', { pack: id }))
  for (const result of results) tell(context, pack, result)
  context.out.result({ pack: id, status, on: force.on, region, programmes: results })
  return undefined
}

const householdIn = (pack: Pack, entity: string, file: string): Subject => {
  const text = readFileSync(file, 'utf8')
  let given: unknown
  try {
    given = parse(text)
  } catch (error) {
    throw new Refusal('app.household-broken', {
      file: basename(file),
      what: (error as Error).message.split('\n')[0] ?? '',
    })
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new Refusal('app.household-broken', { file: basename(file), what: '{ … }' })
  const { unsaid = 'unknown', ...facts } = given as GivenFacts
  const strange = strangeFactsIn(pack, entity, facts)
  if (unsaid !== 'unknown' && unsaid !== 'usual') strange.push(`unsaid: ${unsaid}`)
  if (strange.length > 0)
    throw new Refusal('app.household-broken', { file: basename(file), what: strange.join('; ') })
  return subjectReported(pack, entity, 'household', facts, unsaid === 'usual' ? 'usual' : 'unknown')
}

const changesOf = (
  force: PackInForce,
  entity: string,
  household: Subject,
  { programme, place }: ProgrammeExplanation,
) => {
  const found = force.programmes.find(({ id }) => id === programme)
  return found ? whatWouldChange(force, found, entity, household, placeOf(place)) : []
}

/** `members[2]` as a place. */
const placeOf = (text: string) =>
  [...text.matchAll(/(\w+)\[(\d+)\]/gu)].map(([, list = '', at]) => ({ list, index: Number(at) - 1 }))

const sentencesOf = (pack: Pack, explanation: ProgrammeExplanation) => {
  const both = (reader: 'citizen' | 'officer') => ({
    zh: programmeSentence(pack, explanation, reader, 'zh-CN'),
    en: programmeSentence(pack, explanation, reader, 'en'),
  })
  return { citizen: both('citizen'), officer: both('officer') }
}

type Result = ProgrammeExplanation & {
  readonly sentences: ReturnType<typeof sentencesOf>
  readonly wouldChange: ReturnType<typeof whatWouldChange>
}

const tell = ({ out, words }: Context, pack: Pack, result: Result): void => {
  const { programme, place, outcome, rules, parameters, sentences, wouldChange } = result
  const name = words.pick(pack.programmes[programme]?.name ?? { zh: programme, en: programme })
  const mark =
    outcome.outcome === 'unknown' ? 'policy.open' : outcome.value ? 'policy.eligible' : 'policy.notEligible'
  out.line('')
  out.line(`${name}${place ? ` · ${place}` : ''}: ${words.say(mark)}`)
  out.line(`  ${words.pick(sentences.officer)}`)
  out.line(`  ${words.pick(sentences.citizen)}`)
  for (const rule of rules) {
    const { zh = rule.rule, en = rule.rule } = pack.definitions.get(rule.rule)?.name ?? {}
    const value = words.pick({ zh: ruleValueText(pack, rule, 'zh-CN'), en: ruleValueText(pack, rule, 'en') })
    const cited = rule.sources.map(
      ({ document, clause }) =>
        `${pack.sources[document]?.number ?? pack.sources[document]?.title.zh ?? document} ${clause}`,
    )
    out.line(
      `    ${words.pick({ zh, en })}${rule.place ? ` · ${rule.place}` : ''} = ${value}  [${cited.join('; ')}]`,
    )
  }
  for (const { name: id, value, from, pack: of } of parameters) {
    const label = words.pick(pack.parameters[id]?.label ?? { zh: id, en: id })
    const text =
      typeof value === 'object' && value !== null && 'outcome' in value
        ? words.say('policy.open')
        : String(value)
    out.line(`    ${label} = ${text}  [${[of, from].filter(Boolean).join(', ')}]`)
  }
  for (const { place: at, fact, from, to } of wouldChange.slice(0, 3))
    out.line(
      `  ${words.say('policy.wouldChange', { fact: at ? `${at}.${fact}` : fact, from: String(from), to: String(to) })}`,
    )
}
