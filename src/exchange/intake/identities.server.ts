import type { Token, Tokenising } from '#lake'
import type { CanonicalRow } from '../feeds.ts'

export type PersonRole = 'self' | 'spouse' | 'head'

/** One person a row speaks of, as the file wrote them. */
export interface RowPerson {
  readonly role: PersonRole
  readonly rowNo: number
  readonly regionCode: string
  readonly number: string | undefined
  readonly name: string | undefined
  readonly birthDate: string | undefined
  /** Of the row's own person, where the row was set aside for its number. */
  readonly writtenNumber: string | undefined
  readonly token: Token | undefined
  readonly nameKey: bigint | undefined
}

/** What the registry knows of a number: the check character and the name's key. */
export interface KnownNumber {
  readonly check: string
  readonly nameKey: bigint | undefined
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

interface PlacedRow {
  readonly rowNo: number
  readonly regionCode: string
  readonly values: CanonicalRow
  readonly writtenNumber?: string | undefined
}

/** What tokens and keys of a row are made by. */
export type RowTokens = Required<Tokenising>

/** Everybody that a batch of rows speaks of, tokens and name keys made in one go. */
export const personsIn = (
  rows: readonly PlacedRow[],
  secrecy: Pick<RowTokens, 'tokensOf' | 'nameKey'>,
): RowPerson[] => {
  const found = rows.flatMap(({ rowNo, regionCode, values, writtenNumber }) => {
    const person = (role: PersonRole, number: unknown, name: unknown, birthDate?: unknown) => ({
      role,
      rowNo,
      regionCode,
      number: text(number),
      name: text(name),
      birthDate: text(birthDate),
      writtenNumber: role === 'self' ? writtenNumber : undefined,
    })
    const self = person('self', values.number, values.name, values.birthDate)
    const spouse = person('spouse', values.spouseNumber, values.spouseName)
    const head = person('head', values.headNumber, values.headName)
    return [self, ...[spouse, head].filter(({ number, name }) => number !== undefined || name !== undefined)]
  })
  const tokens = secrecy.tokensOf(found.map(({ number }) => number ?? null))
  return found.map((person, index) => ({
    ...person,
    token: tokens[index] ?? undefined,
    nameKey: person.name === undefined ? undefined : secrecy.nameKey(person.name),
  }))
}

/**
 * Whether a person's identity must be kept, encrypted, for a later match or for a person to decide: unknown and from a
 * file that finds people in need; known by number under another name; or without number but with name and birth date.
 * Whoever else is unknown is none of our business and is not kept.
 */
export const mustKeep = (person: RowPerson, known: KnownNumber | undefined, opensLeads: boolean): boolean => {
  if (person.token) {
    if (known && known.check === person.token.check) {
      return person.nameKey !== undefined && known.nameKey !== undefined && known.nameKey !== person.nameKey
    }
    return opensLeads && person.role === 'self'
  }
  return person.role === 'self' && person.name !== undefined && person.birthDate !== undefined
}
