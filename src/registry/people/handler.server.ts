import { type Endpoint, recordAudit, type Secrecy, serve } from '#access/server'
import { ageOn, type BusinessDate, businessDate, maskName, Refusal } from '#base'
import { recordEvent, type Tx } from '#store/server'
import { listCategoriesInForce } from '../household/household.queries.server.ts'
import { labelOf } from '../labels/labels.ts'
import { namePlaces } from '../places.queries.server.ts'
import { type FoundPerson, revealNumber, searchPeople } from './contract.ts'
import { maskedByEnd } from './masked.ts'
import { numberContext } from './number.server.ts'
import { refuseNumberIn } from './number-in-text.ts'
import {
  findByNumber,
  findNumber,
  listByHouseholdNumber,
  listByInitials,
  listByLast4,
  listByName,
  listByNameKey,
  type PersonRow,
} from './people.queries.server.ts'
import { readSearchText, type SearchText } from './search-text.ts'

const pageSize = 20

const listFound = async (
  tx: Tx,
  secrecy: Secrecy,
  found: Exclude<SearchText, { by: 'nothing' }>,
  after: string | undefined,
): Promise<PersonRow[]> => {
  const limit = pageSize + 1
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

const searchEndpoint = (secrecy: Secrecy): Endpoint =>
  serve(searchPeople, async ({ tx, clock, language, body }) => {
    const found = readSearchText(body.text)
    if (found.by === 'nothing') {
      if (found.reason === 'too-short') throw new Refusal('registry.search-too-short')
      const reason = labelOf('numberFault', found.reason, language === 'en' ? 'en' : 'zh')
      throw new Refusal('registry.number-invalid', { reason })
    }
    const rows = await listFound(tx, secrecy, found, body.cursor)
    const page = rows.slice(0, pageSize)
    return {
      by: found.by,
      items: await describe(tx, page, clock.today()),
      next: rows.length > pageSize ? (page.at(-1)?.id ?? null) : null,
    }
  })

const revealEndpoint = (secrecy: Secrecy): Endpoint =>
  serve(revealNumber, async ({ tx, clock, actor, params, body }) => {
    refuseNumberIn(body.reason)
    const row = await findNumber(tx, params.id)
    if (!row) throw new Refusal('access.not-found')
    if (row.number_cipher === null) throw new Refusal('registry.no-number')
    await recordAudit(tx, clock, {
      action: 'registry.number-revealed',
      accountId: actor.accountId,
      subjectKind: 'person',
      subjectId: row.id,
      regionCode: row.region_code,
      details: { reason: body.reason },
    })
    await recordEvent(tx, clock, {
      kind: 'registry.number-revealed',
      regionCode: row.region_code,
      householdId: row.household_id,
      subjectId: row.id,
      actorId: actor.accountId,
      data: { reason: body.reason },
    })
    return { number: secrecy.decryptText(row.number_cipher, numberContext) }
  })

export const peopleEndpoints = (secrecy: Secrecy): readonly Endpoint[] => [
  searchEndpoint(secrecy),
  revealEndpoint(secrecy),
]
