import type { Secrecy } from '#access/server'
import { namePlaces } from '#access/server'
import { ageOn, type BusinessDate, businessDate, maskName, Refusal } from '#base'
import type { Tx } from '#store/server'
import { listCategoriesInForce } from '../household/household.queries.server.ts'
import { labelOf } from '../labels/labels.ts'
import type { FoundPerson } from './contract.ts'
import { maskedByEnd } from './masked.ts'
import {
  findByNumber,
  listByHouseholdNumber,
  listByInitials,
  listByLast4,
  listByName,
  listByNameKey,
  type PersonRow,
} from './people.queries.server.ts'
import { readSearchText, type SearchText } from './search-text.ts'

const listFound = async (
  tx: Tx,
  secrecy: Secrecy,
  found: Exclude<SearchText, { by: 'nothing' }>,
  after: string | undefined,
  limit: number,
): Promise<PersonRow[]> => {
  switch (found.by) {
    case 'number':
      return findByNumber(tx, Buffer.from(secrecy.blindIndex(found.number), 'hex'))
    case 'last4':
      return listByLast4(tx, found.last4, after, limit)
    case 'household':
      return listByHouseholdNumber(tx, found.number, after, limit)
    case 'initials':
      return listByInitials(tx, found.initials, after, limit)
    case 'name': {
      const rows = await listByName(tx, found.prefix, after, limit)
      const nameKey = secrecy.nameKey(found.prefix)
      if (rows.length > 0 || nameKey === undefined) return rows
      return listByNameKey(tx, nameKey, after, limit)
    }
  }
}

const describe = async (tx: Tx, rows: readonly PersonRow[], today: BusinessDate): Promise<FoundPerson[]> => {
  const placeOf = await namePlaces(
    tx,
    rows.map(({ region_code }) => region_code),
  )
  const categories = await listCategoriesInForce(tx, [...new Set(rows.map((row) => row.household_id))], today)
  return rows.map((row) => ({
    id: row.id,
    household: {
      id: row.household_id,
      number: row.household_number,
      category: categories.get(row.household_id) ?? null,
    },
    name: row.name === null ? null : maskName(row.name),
    number: maskedByEnd(row.number_last4),
    sex: row.sex,
    age: row.birth_date === null ? null : ageOn(businessDate(row.birth_date), today),
    relation: row.relation,
    place: placeOf(row.region_code).name,
  }))
}

export interface FoundPage {
  readonly by: Exclude<SearchText, { by: 'nothing' }>['by']
  readonly items: FoundPerson[]
  /** Pass as `after` for the next page; null at the end. */
  readonly next: string | null
}

interface Asked {
  readonly text: string
  readonly language: 'zh-CN' | 'en'
  readonly today: BusinessDate
}

/**
 * The members that a typed text finds, masked, in the scope of the transaction. Refuses with `registry.search-too-short`
 * and `registry.number-invalid` what cannot be searched for.
 */
export const findPeople = async (
  tx: Tx,
  secrecy: Secrecy,
  { text, language, today }: Asked,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<FoundPage> => {
  const found = readSearchText(text)
  if (found.by === 'nothing') {
    if (found.reason === 'too-short') throw new Refusal('registry.search-too-short')
    const reason = labelOf('numberFault', found.reason, language === 'en' ? 'en' : 'zh')
    throw new Refusal('registry.number-invalid', { reason })
  }
  const rows = await listFound(tx, secrecy, found, page.after, page.limit + 1)
  const shown = rows.slice(0, page.limit)
  return {
    by: found.by,
    items: await describe(tx, shown, today),
    next: rows.length > page.limit ? (shown.at(-1)?.id ?? null) : null,
  }
}
