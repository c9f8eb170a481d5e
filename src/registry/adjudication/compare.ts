/** What of two people is compared, and how far it agrees. */
export type ComparedField = 'name' | 'number' | 'birthDate' | 'sex' | 'place'
export type Agreement = 'same' | 'similar' | 'different' | 'missing'

/** Who a row of a file, or a member of the registry, is said to be. Undefined where nobody knows. */
export interface Identity {
  readonly name?: string | undefined
  readonly number?: string | undefined
  readonly birthDate?: string | undefined
  readonly sex?: string | undefined
  /** Twelve digits, as deep as known. */
  readonly regionCode?: string | undefined
}

const without = (text: string): string => text.replace(/[\s·.•‧∙⋅․●・。．]/gu, '')

const differences = (a: string, b: string): number => {
  const [left, right] = [[...a], [...b]]
  if (left.length !== right.length) return Number.POSITIVE_INFINITY
  return left.filter((letter, at) => letter !== right[at]).length
}

const agree = (
  a: string | undefined,
  b: string | undefined,
  isSimilar: (a: string, b: string) => boolean,
): Agreement => {
  if (!a || !b) return 'missing'
  if (a === b) return 'same'
  return isSimilar(a, b) ? 'similar' : 'different'
}

// One character written otherwise, or one of the two names held inside the other.
const similarNames = (a: string, b: string): boolean =>
  differences(a, b) === 1 || (Math.min(a.length, b.length) >= 2 && (a.includes(b) || b.includes(a)))

// One part of the date is another: a slip, or the lunar month for the solar one.
const similarDates = (a: string, b: string): boolean =>
  a.split('-').filter((part, at) => part === b.split('-')[at]).length === 2

const placeAgreement = (a: string | undefined, b: string | undefined): Agreement => {
  if (!a || !b) return 'missing'
  // A place known only as a county agrees with every village in it as far as can be told.
  const depth = [12, 9, 6].find((digits) => !/^0*$/u.test(a.slice(digits - 3, digits))) ?? 6
  if (a.slice(0, depth) === b.slice(0, depth)) return 'same'
  return a.slice(0, 6) === b.slice(0, 6) ? 'similar' : 'different'
}

/** Field by field, how far a row agrees with a member. What one of them lacks is `missing`, never `different`. */
export const compareIdentities = (row: Identity, person: Identity): Record<ComparedField, Agreement> => ({
  name: agree(without(row.name ?? ''), without(person.name ?? ''), similarNames),
  number: agree(row.number, person.number, (a, b) => differences(a, b) <= 2),
  birthDate: agree(row.birthDate, person.birthDate, similarDates),
  sex: agree(row.sex, person.sex, () => false),
  place: placeAgreement(row.regionCode, person.regionCode),
})
