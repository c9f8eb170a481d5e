import { parse } from 'yaml'
import { z } from 'zod'
import { type GivenFacts, type Pack, rootEntity, strangeFactsIn } from '#policy'

const text = z.object({ zh: z.string().min(1), en: z.string().min(1) }).strict()
const id = z.string().regex(/^[a-z][a-zA-Z0-9]{0,30}$/u)
const scalar = z.union([z.boolean(), z.number().int(), z.string(), z.null()])
const facts = z.record(z.string(), scalar)

/** Whose facts an answer tells: the household's, those of whoever answers, those of everybody else. */
const targets = ['household', 'self', 'others'] as const
export type Target = (typeof targets)[number]
const factsByTarget = z.object({ household: facts, self: facts, others: facts }).partial().strict()
const one = z.object({ of: z.enum(targets), name: z.string() }).strict()

const common = { id, ask: text, help: text.optional() }
const question = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('place') }).strict(),
  z
    .object({
      ...common,
      kind: z.literal('choice'),
      answers: z
        .array(z.object({ id, label: text, facts: factsByTarget }).strict())
        .min(2)
        .max(6),
    })
    .strict(),
  /** Yuan, told to the rules in fen. */
  z.object({ ...common, kind: z.literal('money'), fact: one }).strict(),
  /** Whole years; a day of birth in the middle of that year of life stands for it. */
  z.object({ ...common, kind: z.literal('age'), born: one, year: z.string().optional() }).strict(),
  /** How many further people there are, each with these facts. */
  z
    .object({
      ...common,
      kind: z.literal('people'),
      most: z.number().int().min(1).max(12),
      facts,
      ageYears: z.number().int().min(0).max(120).optional(),
    })
    .strict(),
])
export type Question = z.infer<typeof question>

const advice = z.object({ bring: text, ask: text }).strict()

const file = z
  .object({
    /** The list of people in the household, and the fact that is their day of birth. */
    people: z.object({ list: z.string(), born: z.string() }).strict(),
    /** What holds of whoever answers without being asked. */
    self: facts.default({}),
    questions: z.array(question).min(1).max(14),
    advice,
    programmes: z.record(z.string(), advice.partial()).default({}),
  })
  .strict()

/** The questions of a self-check, and what each answer means in facts of the pack. */
export type SelfCheckFile = z.infer<typeof file>

export interface SelfCheckRead {
  readonly file?: SelfCheckFile
  /** What is wrong with it, in words for whoever writes it. */
  readonly problems: readonly string[]
}

/** Reads self-check.yaml and compares it with the pack: every fact, value and programme it names must be there. */
export const readSelfCheck = (source: string, pack: Pack): SelfCheckRead => {
  const read = file.safeParse(parse(source))
  if (!read.success)
    return { problems: read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) }
  const problems = [...strangeIn(read.data, pack), ...twiceIn(read.data)]
  for (const programme of Object.keys(read.data.programmes))
    if (!pack.programmes[programme]) problems.push(`programmes.${programme}`)
  return problems.length > 0 ? { problems } : { file: read.data, problems }
}

const twiceIn = ({ questions }: SelfCheckFile): string[] => {
  const ids = questions.map((one) => one.id)
  return ids.filter((one, index) => ids.indexOf(one) !== index).map((one) => `questions.${one}: twice`)
}

const strangeIn = ({ people, self, questions }: SelfCheckFile, pack: Pack): string[] => {
  const root = rootEntity(pack)
  const member = Object.entries(pack.entities).find(
    ([name, { within, list }]) => within === root && (list ?? `${name}s`) === people.list,
  )?.[0]
  if (member === undefined) return [`people.list: ${people.list}`]
  const entityOf = (target: Target): string => (target === 'household' ? root : member)
  const strange = (where: string, target: Target, given: GivenFacts): string[] =>
    strangeFactsIn(pack, entityOf(target), given).map((what) => `${where}: ${what}`)
  // A question that is not answered makes its facts unknown, so each of them must be allowed to be.
  const open = (where: string, target: Target, name: string): string[] =>
    strange(where, target, { [name]: 'unknown' })
  return [
    ...strange('self', 'self', self),
    ...open('people.born', 'self', people.born),
    ...questions.flatMap((it): string[] => {
      const where = `questions.${it.id}`
      if (it.kind === 'money') return open(where, it.fact.of, it.fact.name)
      if (it.kind === 'age')
        return [it.born.name, ...(it.year ? [it.year] : [])].flatMap((name) => open(where, it.born.of, name))
      if (it.kind === 'people') return strange(where, 'others', it.facts)
      if (it.kind === 'place') return []
      return it.answers.flatMap((answer) =>
        targets.flatMap((target) => [
          ...strange(`${where}.${answer.id}`, target, answer.facts[target] ?? {}),
          ...Object.keys(answer.facts[target] ?? {}).flatMap((name) =>
            open(`${where}.${answer.id}`, target, name),
          ),
        ]),
      )
    }),
  ]
}
