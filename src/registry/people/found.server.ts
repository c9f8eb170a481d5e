import type { Secrecy } from '#access/server'
import { namePlaces } from '#access/server'
import { ageOn, type BusinessDate, businessDate, maskName, Refusal } from '#base'
import type { Scope } from '#store'
import type { Tx } from '#store/server'
import { listCategoriesInForce } from '../household/household.queries.server.ts'
import { labelOf } from '../labels/labels.ts'
import type { FoundPerson } from './contract.ts'
import { maskedByEnd } from './masked.ts'
import { bareName, outerPieces } from './names.ts'
import {
  findByNumber,
  listByHouseholdNumber,
  listByInitials,
  listByInside,
  listByLast4,
  listByName,
  listByNameKey,
  type PersonPage,
  type PersonRow,
} from './people.queries.server.ts'
import { readSearchText, type SearchText } from './search-text.ts'

type Understood =
  | Exclude<SearchText, { by: 'nothing' }>
  | { readonly by: 'inside'; readonly bare: string; readonly first: string; readonly last: string }

const listFound = async (
  tx: Tx,
  secrecy: Secrecy,
  found: Understood,
  page: PersonPage,
): Promise<PersonRow[]> => {
  switch (found.by) {
    case 'number':
      return findByNumber(tx, Buffer.from(secrecy.blindIndex(found.number), 'hex'))
    case 'last4':
      return listByLast4(tx, found.last4, page)
    case 'household':
      return listByHouseholdNumber(tx, found.number, page)
    case 'initials':
      return listByInitials(tx, found.initials, page)
    case 'name': {
      const rows = await listByName(tx, found.prefix, page)
      const nameKey = secrecy.nameKey(found.prefix)
      if (rows.length > 0 || nameKey === undefined) return rows
      return listByNameKey(tx, nameKey, page)
    }
    case 'inside':
      return listByInside(tx, found, page)
  }
}

const describe = async (tx: Tx, rows: readonly PersonRow[], today: BusinessDate): Promise<FoundPerson[]> => {
  const regions = rows.map(({ region_code }) => region_code)
  const households = [...new Set(rows.map(({ household_id }) => household_id))]
  const [placeOf, categories] = await Promise.all([
    namePlaces(tx, regions),
    listCategoriesInForce(tx, households, today),
  ])
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
  readonly by: Understood['by']
  readonly items: FoundPerson[]
  /** Pass as `after` for the next page; null at the end. */
  readonly next: string | null
}

interface Asked {
  readonly text: string
  /** Whether a name may hold the text anywhere. */
  readonly anywhere?: boolean | undefined
  readonly language: 'zh-CN' | 'en'
  readonly today: BusinessDate
  readonly scope?: Scope | undefined
}

const understand = ({ text, anywhere, language }: Asked): Understood => {
  const found = readSearchText(text)
  if (found.by === 'nothing') {
    if (found.reason === 'too-short') throw new Refusal('registry.search-too-short')
    const reason = labelOf('numberFault', found.reason, language === 'en' ? 'en' : 'zh')
    throw new Refusal('registry.number-invalid', { reason })
  }
  if (!anywhere || found.by !== 'name') return found
  const bare = bareName(found.prefix)
  const pieces = outerPieces(bare)
  if (!pieces) throw new Refusal('registry.inside-too-short')
  return { by: 'inside', bare, ...pieces }
}

/**
 * The members that a typed text finds, masked, in the scope of the transaction. `scope` is that same scope, told so that
 * the right index is chosen; it never widens anything. Refuses with `registry.search-too-short`,
 * `registry.inside-too-short` and `registry.number-invalid` what cannot be searched for.
 */
export const findPeople = async (
  tx: Tx,
  secrecy: Secrecy,
  asked: Asked,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<FoundPage> => {
  const found = understand(asked)
  const rows = await listFound(tx, secrecy, found, { ...page, limit: page.limit + 1, scope: asked.scope })
  const shown = rows.slice(0, page.limit)
  return {
    by: found.by,
    items: await describe(tx, shown, asked.today),
    next: rows.length > page.limit ? (shown.at(-1)?.id ?? null) : null,
  }
}
