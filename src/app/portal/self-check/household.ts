import { addMonths, type BusinessDate, fenFromYuanText } from '#base'
import type { GivenFacts } from '#policy'
import type { Question, SelfCheckFile, Target } from './questions.ts'

/** What was answered, by the question's id; a question that is not there was left out. */
export type Answers = Readonly<Record<string, string>>

type Told = Record<Target, Record<string, string | number | boolean | null>>

const unknown = 'unknown'
const mostYuanFen = 1_000_000_000
const oldest = 120

/**
 * The household as the answers tell it. What was asked and not answered is unknown; what nobody asked is for the caller to
 * take as usual. Answers that make no sense count as not given.
 */
export const householdFrom = (file: SelfCheckFile, answers: Answers, today: BusinessDate): GivenFacts => {
  const told: Told = { household: {}, self: { ...file.self }, others: {} }
  const others: Record<string, string | number | boolean | null>[] = []
  for (const question of file.questions) {
    const answer = answers[question.id]?.trim()
    if (question.kind === 'choice') tellChoice(question, answer, told)
    else if (question.kind === 'money') told[question.fact.of][question.fact.name] = moneyFrom(answer)
    else if (question.kind === 'age') tellAge(question, answer, told, today)
    else if (question.kind === 'people') {
      const { most, facts, ageYears } = question
      const born = ageYears === undefined ? {} : { [file.people.born]: bornAt(ageYears, today) }
      const count = wholeFrom(answer, most) ?? 0
      for (let index = 0; index < count; index++) others.push({ ...facts, ...born })
    }
  }
  const members = [told.self, ...others.map((one) => ({ ...one, ...told.others }))]
  return { ...told.household, [file.people.list]: members }
}

const tellChoice = (
  { answers }: Extract<Question, { kind: 'choice' }>,
  chosen: string | undefined,
  told: Told,
): void => {
  for (const answer of answers)
    for (const [target, facts] of Object.entries(answer.facts) as [Target, Told[Target]][])
      for (const name of Object.keys(facts)) told[target][name] = unknown
  const found = answers.find(({ id }) => id === chosen)
  for (const [target, facts] of Object.entries(found?.facts ?? {}) as [Target, Told[Target]][])
    Object.assign(told[target], facts)
}

const tellAge = (
  { born, year }: Extract<Question, { kind: 'age' }>,
  answer: string | undefined,
  told: Told,
  today: BusinessDate,
): void => {
  const age = wholeFrom(answer, oldest)
  const day = age === undefined ? undefined : bornAt(age, today)
  told[born.of][born.name] = day ?? unknown
  if (year) told[born.of][year] = day === undefined ? unknown : Number(day.slice(0, 4))
}

const moneyFrom = (text = ''): number | string => {
  const amount = fenFromYuanText(text.replaceAll(/[\s,，元]/gu, ''))
  return amount !== undefined && amount >= 0 && amount <= mostYuanFen ? amount : unknown
}

const wholeFrom = (text = '', most: number): number | undefined => {
  const number = /^\d{1,3}$/u.test(text) ? Number(text) : undefined
  return number !== undefined && number <= most ? number : undefined
}

/** Somebody of that age in whole years: half a year past the birthday. */
const bornAt = (age: number, today: BusinessDate): BusinessDate => addMonths(today, -12 * age - 6)
