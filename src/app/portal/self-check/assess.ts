import {
  type DecidedProgramme,
  decideProgrammes,
  explainProgrammes,
  missingNameOf,
  missingText,
  type Pack,
  type PackInForce,
  programmeSentence,
  rootEntity,
  type Subject,
  subjectReported,
} from '#policy'
import { type Answers, householdFrom } from './household.ts'
import type { Question, SelfCheckFile } from './questions.ts'

type Language = 'zh-CN' | 'en'

/** Unasked: it would probably not fit, but no question was about it. */
export type Likelihood = 'likely' | 'open' | 'unlikely' | 'unasked'

/** What one programme probably says, with why, what to bring and whom to ask. */
export interface Assessed {
  readonly programme: string
  readonly name: string
  readonly likelihood: Likelihood
  /** Whose it is: the household's, the answerer's own, or that of others in the household. */
  readonly whose: 'household' | 'self' | 'others'
  /** The programme's own sentence for the household; only where it is likely or unlikely. */
  readonly why?: string | undefined
  /** What has to be known, as it was asked. */
  readonly missing: readonly string[]
  readonly bring: string
  readonly ask: string
}

interface Setting {
  readonly force: PackInForce
  readonly file: SelfCheckFile
  readonly subject: Subject
  readonly language: Language
}

/**
 * What every programme in force probably says of the household that the answers tell, the best of its people first. Facts that
 * nobody asked count as usual; where only that speaks against a programme, it is not said to be unlikely. Keeps nothing.
 */
export const assess = (
  force: PackInForce,
  file: SelfCheckFile,
  answers: Answers,
  language: Language,
): readonly Assessed[] => {
  const root = rootEntity(force.pack)
  const given = householdFrom(file, answers, force.on)
  const subject = subjectReported(force.pack, root, '', given, 'usual')
  const strict = decideProgrammes(force, root, subjectReported(force.pack, root, '', given, 'unknown'))
  const isCertain = (programme: string): boolean =>
    strict.every((one) => one.programme !== programme || likelihoodOf(one) !== 'open')
  const setting = { force, file, subject, language }
  const decided = Map.groupBy(decideProgrammes(force, root, subject), ({ programme }) => programme)
  const all = [...decided].map(([programme, group]) => assessed(setting, best(group), isCertain(programme)))
  return order.flatMap((likelihood) => all.filter((one) => one.likelihood === likelihood))
}

const order: readonly Likelihood[] = ['likely', 'open', 'unlikely', 'unasked']

const likelihoodOf = ({ outcome }: DecidedProgramme): Likelihood => {
  if (outcome.outcome === 'unknown') return 'open'
  return outcome.value ? 'likely' : 'unlikely'
}

const best = (group: readonly DecidedProgramme[]): DecidedProgramme => {
  const found = order.map((likelihood) => group.find((one) => likelihoodOf(one) === likelihood))
  return found.find((one) => one !== undefined) ?? (group[0] as DecidedProgramme)
}

const assessed = (setting: Setting, decided: DecidedProgramme, isCertain: boolean): Assessed => {
  const { force, file, language } = setting
  const key = language === 'en' ? 'en' : 'zh'
  const { programme, place, outcome } = decided
  const own = file.programmes[programme]
  const found = likelihoodOf(decided)
  const likelihood = found === 'unlikely' && !isCertain ? 'unasked' : found
  const missing = outcome.outcome === 'unknown' ? outcome.missing : []
  return {
    programme,
    name: force.pack.programmes[programme]?.name[key] ?? programme,
    likelihood,
    whose: place === '' ? 'household' : place === `${file.people.list}[1]` ? 'self' : 'others',
    why: likelihood === 'likely' || likelihood === 'unlikely' ? whyOf(setting, decided) : undefined,
    missing: [...new Set(missing.map((name) => missingWords(setting, name)))],
    bring: (own?.bring ?? file.advice.bring)[key],
    ask: (own?.ask ?? file.advice.ask)[key],
  }
}

/** What is missing as the question that asks it; what no question asks by its label. */
const missingWords = ({ force: { pack }, file, language }: Setting, missing: string): string => {
  const key = language === 'en' ? 'en' : 'zh'
  const asked = file.questions.find((question) =>
    factNamesIn(question).some(
      (name) =>
        name === missing ||
        Object.keys(pack.entities).some(
          (entity) => pack.facts[entity]?.[name] && missingNameOf(pack, entity, name) === missing,
        ),
    ),
  )
  return asked ? asked.ask[key] : missingText(pack, missing, language)
}

const factNamesIn = (question: Question): readonly string[] => {
  if (question.kind === 'money') return [question.fact.name]
  if (question.kind === 'age') return [question.born.name, ...(question.year ? [question.year] : [])]
  if (question.kind !== 'choice') return []
  return question.answers.flatMap(({ facts }) => Object.values(facts).flatMap((of) => Object.keys(of)))
}

const cheap = ['amount']

/** The programme's own sentence for the household. Only a sentence that names more than the amount needs the whole reasoning. */
const whyOf = ({ force, subject, language }: Setting, decided: DecidedProgramme): string => {
  const { pack, on, region } = force
  const template = templateOf(pack, decided, language)
  const names = [...template.matchAll(/\{(\w+)\}/gu)].map(([, name = '']) => name)
  const bare = {
    ...decided,
    subject: '',
    on,
    region,
    packs: pack.layers,
    rules: [],
    mentioned: [],
    parameters: [],
  }
  if (names.every((name) => cheap.includes(name))) return programmeSentence(pack, bare, 'citizen', language)
  const programmes = force.programmes.filter(({ id }) => id === decided.programme)
  const full = explainProgrammes({ ...force, programmes }, rootEntity(pack), subject).find(
    ({ place }) => place === decided.place,
  )
  return programmeSentence(pack, full ?? bare, 'citizen', language)
}

const templateOf = (pack: Pack, decided: DecidedProgramme, language: Language): string => {
  const kind = likelihoodOf(decided) === 'likely' ? 'eligible' : 'notEligible'
  const sentences = pack.programmes[decided.programme]?.sentences[kind]
  return sentences?.citizen[language === 'en' ? 'en' : 'zh'] ?? ''
}
