import { pinyin } from 'pinyin-pro'

/** A row that speaks of somebody without a usable number, as sent. Held in memory only. */
export type ScoredRow = {
  readonly rowKey?: string | undefined
  readonly name: string
  readonly birthDate?: string | undefined
  readonly regionCode?: string | undefined
}

/** A person of the registry to compare with. */
export type Candidate = {
  readonly personId: string
  readonly name: string
  readonly birthDate?: string | undefined
  readonly regionCode: string
}

/** What agrees in one field, and what it is worth. */
export type Reason =
  | { readonly field: 'name'; readonly agrees: 'exact' | 'separators' | 'homophone'; readonly points: number }
  | {
      readonly field: 'birth-date'
      readonly agrees: 'exact' | 'month' | 'swapped-digits'
      readonly points: number
    }
  | { readonly field: 'region'; readonly agrees: 'village' | 'township' | 'county'; readonly points: number }

export type Scored = {
  readonly personId: string
  readonly score: number
  readonly reasons: readonly Reason[]
}

/** An earlier decision of a person about this row. */
export type Remembered = { readonly personId: string; readonly same: boolean }

export type Verdict =
  | { readonly outcome: 'accept'; readonly match: Scored; readonly remembered: boolean }
  | { readonly outcome: 'ask'; readonly candidates: readonly Scored[] }
  | { readonly outcome: 'none' }

const points = {
  name: { exact: 40, separators: 40, homophone: 15 },
  'birth-date': { exact: 40, month: 20, 'swapped-digits': 20 },
  region: { village: 20, township: 15, county: 8 },
} as const

/** From here on, a candidate is worth a person's look: two fields agree well, or a homophone in the same county. */
const askFrom = 60
const candidatesShown = 8

/**
 * Decides about one row. It is accepted only when name and birth date agree with exactly one person of all, and that
 * person lives in the same township or nearer; whenever two fit, or one fits less well, a person is asked. Earlier
 * decisions come first: a `same` is accepted, a `not-same` removes the candidate.
 */
export const decide = (
  row: ScoredRow,
  candidates: readonly Candidate[],
  remembered: readonly Remembered[] = [],
): Verdict => {
  const refused = new Set(remembered.filter(({ same }) => !same).map(({ personId }) => personId))
  const chosen = remembered.find(({ same }) => same)?.personId
  const decided = candidates.find(({ personId }) => personId === chosen)
  if (decided !== undefined) return { outcome: 'accept', match: score(row, decided), remembered: true }
  const scored = candidates
    .filter(({ personId }) => !refused.has(personId))
    .map((candidate) => score(row, candidate))
    .filter((each) => each.score >= askFrom && hasExactField(each))
    .sort((a, b) => b.score - a.score || (a.personId < b.personId ? -1 : 1))
  const fitting = scored.filter(isSamePerson)
  const [only] = fitting
  if (only !== undefined && fitting.length === 1 && isNear(only)) {
    return { outcome: 'accept', match: only, remembered: false }
  }
  return scored.length === 0
    ? { outcome: 'none' }
    : { outcome: 'ask', candidates: scored.slice(0, candidatesShown) }
}

/** Compares a row with a person field by field. */
export const score = (row: ScoredRow, candidate: Candidate): Scored => {
  const reasons: Reason[] = []
  const name = compareNames(row.name, candidate.name)
  if (name !== undefined) reasons.push({ field: 'name', agrees: name, points: points.name[name] })
  const birth = compareDates(row.birthDate, candidate.birthDate)
  if (birth !== undefined)
    reasons.push({ field: 'birth-date', agrees: birth, points: points['birth-date'][birth] })
  const region = compareRegions(row.regionCode, candidate.regionCode)
  if (region !== undefined) reasons.push({ field: 'region', agrees: region, points: points.region[region] })
  return {
    personId: candidate.personId,
    score: reasons.reduce((sum, reason) => sum + reason.points, 0),
    reasons,
  }
}

/** A name as compared: full width and spaces of forms and input methods removed. */
export const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]/gu, '')
    .toUpperCase()

/** … and without the dot of transcribed names, which departments write in many ways or leave out. */
export const bareName = (name: string): string => plainName(name).replace(/[.·•‧∙⋅․●・。]/gu, '')

const compareNames = (a: string, b: string): 'exact' | 'separators' | 'homophone' | undefined => {
  const [bareA, bareB] = [bareName(a), bareName(b)]
  if (bareA === '' || bareB === '') return undefined
  if (bareA === bareB) return plainName(a) === plainName(b) ? 'exact' : 'separators'
  // Readings cost a look-up in a large dictionary; names of unequal length are never homophones.
  if ([...bareA].length !== [...bareB].length) return undefined
  return readingOf(bareA) === readingOf(bareB) ? 'homophone' : undefined
}

const readingOf = (name: string): string => pinyin(name, { toneType: 'none', surname: 'head' })

const compareDates = (a?: string, b?: string): 'exact' | 'month' | 'swapped-digits' | undefined => {
  if (a === undefined || b === undefined) return undefined
  if (a === b) return 'exact'
  if (a.slice(0, 7) === b.slice(0, 7)) return 'month'
  return isSwap(a.replaceAll('-', ''), b.replaceAll('-', '')) ? 'swapped-digits' : undefined
}

// Two neighbouring digits changed places: 19870412 and 19780412; or day and month did: 19870412 and 19871204.
const isSwap = (a: string, b: string): boolean => {
  const differing = [...a].map((_, at) => at).filter((at) => a[at] !== b[at])
  const [first = 0, second = 0] = differing
  if (differing.length === 2 && second === first + 1 && a[first] === b[second] && a[second] === b[first])
    return true
  return a.slice(0, 4) === b.slice(0, 4) && a.slice(4, 6) === b.slice(6, 8) && a.slice(6, 8) === b.slice(4, 6)
}

const compareRegions = (a: string | undefined, b: string): 'village' | 'township' | 'county' | undefined => {
  if (a === undefined) return undefined
  if (a === b && !a.endsWith('000')) return 'village'
  if (a.slice(0, 9) === b.slice(0, 9) && a.slice(6, 9) !== '000') return 'township'
  if (a.slice(0, 6) === b.slice(0, 6) && a.slice(4, 6) !== '00') return 'county'
  return undefined
}

const hasExactField = ({ reasons }: Scored): boolean =>
  reasons.some(({ field, agrees }) => field !== 'region' && (agrees === 'exact' || agrees === 'separators'))

const isSamePerson = ({ reasons }: Scored): boolean =>
  reasons.some(({ field, agrees }) => field === 'name' && agrees !== 'homophone') &&
  reasons.some(({ field, agrees }) => field === 'birth-date' && agrees === 'exact')

const isNear = ({ reasons }: Scored): boolean =>
  reasons.some(({ field, agrees }) => field === 'region' && agrees !== 'county')
