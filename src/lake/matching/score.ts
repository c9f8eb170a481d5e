import { compareBirths, compareRegions } from './dates-and-places.ts'
import { compareNames, type NameForm, nameForm } from './names.ts'
import { birthsIn, compareNumbers, type NumberLevel, writtenNumber } from './numbers.ts'
import {
  fieldLevels,
  handSet,
  type LevelOf,
  type MatchField,
  type MatchParameters,
  matchFields,
} from './parameters.ts'

/** A row that speaks of somebody without a usable number, as sent. Held in memory only. */
export type ScoredRow = {
  readonly rowKey?: string | undefined
  readonly name: string
  readonly birthDate?: string | undefined
  readonly regionCode?: string | undefined
  /** As written, where it failed its check. */
  readonly number?: string | undefined
}

/** A person of the registry to compare with. */
export type Candidate = {
  readonly personId: string
  readonly name: string
  readonly birthDate?: string | undefined
  readonly regionCode: string
  readonly number?: string | undefined
}

/** The level of each field; 0 where one side is missing, otherwise one more than its place in `fieldLevels`. */
export type Comparison = { readonly [Field in MatchField]: number }

/** What is seen in one field, and its weight in bits: how much likelier it is between a row and its person than by chance. */
export type Reason = {
  readonly [Field in MatchField]: {
    readonly field: Field
    readonly agrees: LevelOf<Field>
    readonly weight: number
  }
}[MatchField]

/** What speaks against giving the row to this person, however high the score. */
export type Veto = 'sex-differs' | 'born-years-apart' | 'number-of-another'

export type Scored = {
  readonly personId: string
  /** Weights and prior together: the binary logarithm of the odds that this is the person. */
  readonly bits: number
  /** The same as a probability. */
  readonly probability: number
  readonly reasons: readonly Reason[]
  readonly vetoes: readonly Veto[]
}

/** How frequent the row's name is: the part of the people who bear it, and who bear one that sounds like it. */
export type Frequency = { readonly written: number; readonly sound: number; readonly prior: number }

/** A row or person with all that is worked out once. */
export type Prepared = {
  readonly form: NameForm
  readonly birthDate: string | undefined
  readonly regionCode: string | undefined
  readonly number: string | undefined
  /** The birth dates that a written number holds, where the row gives none. */
  readonly births: readonly string[]
}

export const prepareRow = (row: ScoredRow): Prepared => {
  const number = writtenNumber(row.number)
  return {
    form: nameForm(row.name),
    birthDate: row.birthDate,
    regionCode: row.regionCode,
    number,
    births: row.birthDate === undefined && number !== undefined ? birthsIn(number) : [],
  }
}

const placeOf = <Field extends MatchField>(field: Field, level: string): number =>
  (fieldLevels[field] as readonly string[]).indexOf(level) + 1

const withoutNumber: ReadonlySet<NumberLevel> = new Set<NumberLevel>([
  'missing',
  'two-in-ending',
  'birth-part',
  'far',
])

/** Which level each field of a pair reaches, but for the name, which costs more than the others. */
export const compareRest = (row: Prepared, candidate: Candidate): Omit<Comparison, 'name'> => {
  const number = compareNumbers(row.number, candidate.number)
  return {
    'birth-date': placeOf('birth-date', birthLevel(row, candidate, number)),
    region: placeOf('region', compareRegions(row.regionCode, candidate.regionCode)),
    number: placeOf('number', number),
  }
}

/** The level of the name. */
export const compareName = (row: Prepared, form: NameForm): number =>
  placeOf('name', compareNames(row.form, form))

/** Which level each field of a pair reaches. */
export const compare = (row: Prepared, candidate: Candidate): Comparison => ({
  name: compareName(row, nameForm(candidate.name)),
  ...compareRest(row, candidate),
})

// A row without a birth date has the one inside its number; where the number is a slip away from the person's, a slip
// in its birth part is the same slip and not another one.
const birthLevel = (row: Prepared, candidate: Candidate, number: NumberLevel): string => {
  if (row.birthDate !== undefined || row.number === undefined || candidate.birthDate === undefined)
    return compareBirths(row.birthDate, candidate.birthDate)
  const levels = row.births.map((birth) => compareBirths(birth, candidate.birthDate))
  if (levels.includes('exact')) return 'exact'
  // That the birth part is another is what this level of the number says already.
  if (number === 'all-but-birth') return 'missing'
  if (!withoutNumber.has(number)) return 'number-slip'
  return levels.toSorted((a, b) => placeOf('birth-date', a) - placeOf('birth-date', b))[0] ?? 'missing'
}

/** The levels by name; what is missing on either side is left out. */
export const levelIn = <Field extends MatchField>(
  comparison: Comparison,
  field: Field,
): LevelOf<Field> | undefined => fieldLevels[field][comparison[field] - 1] as LevelOf<Field> | undefined

/** The weights of all levels, worked out once. The first is that of a missing field: none. */
export type Weights = { readonly [Field in MatchField]: readonly number[] }

export const weightsOf = ({ odds }: MatchParameters): Weights => {
  const ofField = <Field extends MatchField>(field: Field): readonly number[] => {
    const levels = odds[field] as Readonly<Record<string, { readonly m: number; readonly u: number }>>
    return [
      0,
      ...fieldLevels[field].map((level) => Math.log2((levels[level]?.m ?? 0) / (levels[level]?.u ?? 1))),
    ]
  }
  return {
    name: ofField('name'),
    'birth-date': ofField('birth-date'),
    region: ofField('region'),
    number: ofField('number'),
  }
}

const byWriting: ReadonlySet<string> = new Set(['exact', 'separators', 'variant'])

/** The weight of a field in a pair: a name that agrees counts the more, the fewer bear it. */
export const weightOf = (
  weights: Weights,
  field: MatchField,
  comparison: Comparison,
  frequency: Frequency,
): number => {
  const weight = weights[field][comparison[field]] ?? 0
  if (field !== 'name') return weight
  const level = levelIn(comparison, 'name')
  if (level !== undefined && byWriting.has(level)) return weight - Math.log2(frequency.written)
  return level === 'homophone' ? weight - Math.log2(frequency.sound) : weight
}

/** Prior and weights of a pair together, in bits. */
export const bitsOf = (weights: Weights, comparison: Comparison, frequency: Frequency): number => {
  let bits = frequency.prior
  for (const field of matchFields) bits += weightOf(weights, field, comparison, frequency)
  return bits
}

/** The probability that odds of so many bits stand for. */
export const probabilityOf = (bits: number): number => 1 / (1 + 2 ** -bits)

/** How frequent a name is that so many in a registry of so many bear, and what the prior is. */
export const frequencyOf = (
  parameters: MatchParameters,
  people: number,
  namesakes: number,
  soundalikes: number,
): Frequency => {
  const everybody = people + parameters.peopleOutside
  return {
    written: (namesakes + parameters.namesakesOutside) / everybody,
    sound: (soundalikes + parameters.soundalikesOutside) / everybody,
    prior: Math.log2(parameters.registeredShare / everybody),
  }
}

/** Explains a pair field by field. */
export const explain = (
  weights: Weights,
  personId: string,
  comparison: Comparison,
  frequency: Frequency,
  vetoes: readonly Veto[],
): Scored => {
  const bits = bitsOf(weights, comparison, frequency)
  const reasons = matchFields.flatMap((field) => {
    const agrees = levelIn(comparison, field)
    const weight = Math.round(10 * weightOf(weights, field, comparison, frequency)) / 10
    return agrees === undefined ? [] : [{ field, agrees, weight } as Reason]
  })
  return { personId, bits, probability: probabilityOf(bits), reasons, vetoes }
}

/** Compares one row with one person as if the registry held nobody else. */
export const score = (row: ScoredRow, candidate: Candidate, parameters = handSet): Scored =>
  explain(
    weightsOf(parameters),
    candidate.personId,
    compare(prepareRow(row), candidate),
    frequencyOf(parameters, 1, 1, 1),
    [],
  )
