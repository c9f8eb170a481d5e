import { type Candidate, type Comparison, levelIn, type Prepared, type Scored, type Veto } from './score.ts'

const sameWriting: ReadonlySet<string> = new Set(['exact', 'separators', 'variant'])
const wholeEnding: ReadonlySet<string> = new Set([
  'equal',
  'one-digit',
  'swapped',
  'wrong-length',
  'two-digits',
  'all-but-birth',
])
const nearNumber: ReadonlySet<string> = new Set([...wholeEnding, 'check-differs', 'one-in-ending'])

/** The number is the person's but for a slip. */
export const hasNearNumber = (comparison: Comparison): boolean =>
  nearNumber.has(levelIn(comparison, 'number') ?? '')

const likeName: ReadonlySet<string> = new Set([...sameWriting, 'placeholder', 'homophone'])

/**
 * Nothing but this person explains the number: sequence and check character, which another of that birthday shares by
 * rare chance, are untouched, or the slip is in them and the name is the same or sounds so.
 */
export const isSpellingOf = ({ reasons }: Scored): boolean => {
  const has = (name: string, levels: ReadonlySet<string>) =>
    reasons.some(({ field, agrees }) => field === name && levels.has(agrees))
  return has('number', wholeEnding) || (has('number', nearNumber) && has('name', likeName))
}

/** The name is written the same and the birth date is the same. */
export const fits = (comparison: Comparison): boolean =>
  sameWriting.has(levelIn(comparison, 'name') ?? '') && levelIn(comparison, 'birth-date') === 'exact'

/** The row's number is this person's to the last character, under this name. */
export const ownsNumber = (comparison: Comparison): boolean =>
  levelIn(comparison, 'number') === 'equal' && sameWriting.has(levelIn(comparison, 'name') ?? '')

/** What between the two forbids to give a row to a person, whatever the score. */
export const vetoesOf = (row: Prepared, candidate: Candidate, comparison: Comparison): Veto[] => {
  const vetoes: Veto[] = []
  if (sexDiffers(row, candidate)) vetoes.push('sex-differs')
  if (bornYearsApart(row, candidate) && !hasNearNumber(comparison)) vetoes.push('born-years-apart')
  return vetoes
}

// The last but one digit is odd for men. If it is the one mistyped, everything else agrees and nothing is said.
const sexDiffers = ({ number: written }: Prepared, { number }: Candidate): boolean => {
  if (written === undefined || number === undefined || written.length !== 18) return false
  if (Number(written[16]) % 2 === Number(number[16]) % 2) return false
  const others = [...written].filter((digit, at) => at !== 16 && digit !== number[at]).length
  return others > 0 && !(others === 1 && (written[15] === number[16] || written[17] === number[16]))
}

// A father and the son who bears his name, or a namesake; one year is a slip or another way of counting.
const bornYearsApart = (row: Prepared, { birthDate }: Candidate): boolean => {
  const births = row.birthDate === undefined ? row.births : [row.birthDate]
  if (birthDate === undefined || births.length === 0) return false
  return births.every((birth) => Math.abs(Number(birth.slice(0, 4)) - Number(birthDate.slice(0, 4))) > 1)
}
