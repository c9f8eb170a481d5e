import { type Endpoint, namePlaces, type PlaceName, recordAudit, type Secrecy, serve } from '#access/server'
import { ageOn, type BusinessDate, businessDate, maskName, Refusal, rangeOf, regionCode } from '#base'
import { recordEvent, type Tx } from '#store/server'
import { maskedByEnd } from '../people/masked.ts'
import { refuseNumberIn } from '../people/number-in-text.ts'
import { dismissLead, type LeadLine, listLeadsRoute, readLead, revealLeadNumber } from './contract.ts'
import { changeStatus, findLead, listLeads } from './leads.queries.server.ts'
import { leadNumberContext } from './record-leads.server.ts'

const pageSize = 20

type Row = Awaited<ReturnType<typeof listLeads>>[number]

const lineOf = (row: Row, place: PlaceName, today: BusinessDate): LeadLine => ({
  id: row.id,
  name: row.name === null ? null : maskName(row.name),
  birthDate: row.birth_date,
  age: row.birth_date === null ? null : ageOn(businessDate(row.birth_date), today),
  number: maskedByEnd(row.number_last4),
  place: place.name,
  feedKinds: row.feed_kinds,
  firstSeenAt: row.first_seen_at,
  status: row.status as LeadLine['status'],
})

interface Asked {
  readonly closed: boolean
  readonly kind?: string | undefined
  readonly region?: string | undefined
}

/** Leads as lists show them, newest first, masked. */
export const findLeads = async (
  tx: Tx,
  { closed, kind, region }: Asked,
  today: BusinessDate,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<{ readonly items: LeadLine[]; readonly next: string | null }> => {
  const range = region === undefined ? undefined : rangeOf(regionCode(region))
  const filter = { closed, feedKind: kind, region: range, after: page.after }
  const rows = await listLeads(tx, filter, page.limit + 1)
  const shown = rows.slice(0, page.limit)
  const placeOf = await namePlaces(
    tx,
    shown.map(({ region_code }) => region_code),
  )
  return {
    items: shown.map((row) => lineOf(row, placeOf(row.region_code), today)),
    next: rows.length > page.limit ? (shown.at(-1)?.id ?? null) : null,
  }
}

const listEndpoint = serve(listLeadsRoute, ({ tx, clock, query }) =>
  findLeads(tx, query, clock.today(), { after: query.cursor, limit: pageSize }),
)

const readEndpoint = serve(readLead, async ({ tx, clock, params }) => {
  const row = await findLead(tx, params.id)
  if (!row) throw new Refusal('access.not-found')
  const placeOf = await namePlaces(tx, [row.region_code])
  return {
    ...lineOf(row, placeOf(row.region_code), clock.today()),
    name: row.name,
    firstFeed: { id: row.first_feed_id, kind: row.feed_kind, period: row.feed_period },
    version: row.version,
  }
})

const revealEndpoint = (secrecy: Secrecy): Endpoint =>
  serve(revealLeadNumber, async ({ tx, clock, actor, params, body }) => {
    refuseNumberIn(body.reason)
    const row = await findLead(tx, params.id)
    if (!row) throw new Refusal('access.not-found')
    if (row.number_cipher === null) throw new Refusal('registry.no-number')
    const common = { regionCode: row.region_code, subjectId: row.id }
    await recordAudit(tx, clock, {
      ...common,
      action: 'registry.number-revealed',
      accountId: actor.accountId,
      subjectKind: 'lead',
      details: { reason: body.reason },
    })
    await recordEvent(tx, clock, {
      ...common,
      kind: 'registry.number-revealed',
      leadId: row.id,
      actorId: actor.accountId,
      data: { reason: body.reason },
    })
    return { number: secrecy.decryptText(row.number_cipher, leadNumberContext) }
  })

const dismissEndpoint = serve(dismissLead, async ({ tx, clock, actor, params, body, version }) => {
  refuseNumberIn(body.note)
  const row = await findLead(tx, params.id)
  if (!row) throw new Refusal('access.not-found')
  if (row.version !== version) throw new Refusal('access.changed-meanwhile')
  if (row.status !== 'open') throw new Refusal('registry.lead-closed')
  if (!(await changeStatus(tx, row.id, version, 'dismissed'))) throw new Refusal('access.changed-meanwhile')
  await recordEvent(tx, clock, {
    kind: 'registry.lead-dismissed',
    regionCode: row.region_code,
    leadId: row.id,
    subjectId: row.id,
    actorId: actor.accountId,
    data: { reason: body.reason, ...(body.note === '' ? {} : { note: body.note }) },
  })
  return { status: 'dismissed' as const, version: version + 1 }
})

export const leadEndpoints = (secrecy: Secrecy): readonly Endpoint[] => [
  listEndpoint,
  readEndpoint,
  revealEndpoint(secrecy),
  dismissEndpoint,
]
