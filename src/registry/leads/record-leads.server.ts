import type { Secrecy } from '#access/server'
import { type Clock, newId, parseResidentNumber } from '#base'
import { tokensOf } from '#lake'
import { recordEvents, type Tx } from '#store/server'
import { canonicalName } from '../people/names.ts'
import { type LeadIdentity, leadKeyOf } from './lead-key.server.ts'
import { insertLeads, type LeadStatus, listByKeys, updateLead } from './leads.queries.server.ts'

/** What a lead's encrypted number is bound to. */
export const leadNumberContext = 'leads.number_cipher'

/** A row that is nobody in the registry, of a kind that opens leads. */
export interface LeadDraft extends LeadIdentity {
  /** Twelve digits, as deep as the row's place could be read; else the region of the file. */
  readonly regionCode: string
  readonly feedKind: string
  readonly feedId: string
}

/** The lead of a draft; a dismissed one stays dismissed and raises nothing. */
export interface RecordedLead {
  readonly id: string
  readonly status: LeadStatus
  readonly isNew: boolean
}

interface Grouped {
  readonly key: Buffer
  readonly draft: LeadDraft
  readonly feedKinds: Set<string>
}

/**
 * Keeps rows about people outside the registry as leads, one lead a person however many rows and files know them.
 * Answers in the order of the drafts; undefined for a row that says too little to be a lead (no number, and no name
 * with a birth date). A new lead is an event of its chain. Repeating it changes nothing.
 */
export const recordLeads = async (
  tx: Tx,
  { secrecy, clock }: { readonly secrecy: Secrecy; readonly clock: Clock },
  drafts: readonly LeadDraft[],
): Promise<(RecordedLead | undefined)[]> => {
  const keys = drafts.map((draft) => leadKeyOf(secrecy, draft)?.toString('hex'))
  const groups = new Map<string, Grouped>()
  for (const [at, draft] of drafts.entries()) {
    const key = keys[at]
    if (key === undefined) continue
    const group = groups.get(key) ?? { key: Buffer.from(key, 'hex'), draft, feedKinds: new Set() }
    group.feedKinds.add(draft.feedKind)
    groups.set(key, group)
  }
  const found = new Map<string, RecordedLead>()
  for (const lead of await listByKeys(
    tx,
    [...groups.values()].map(({ key }) => key),
  )) {
    const key = lead.lead_key.toString('hex')
    const kinds = new Set([...lead.feed_kinds, ...(groups.get(key)?.feedKinds ?? [])])
    const status = lead.status === 'withdrawn' ? 'open' : lead.status
    if (status !== lead.status || kinds.size > lead.feed_kinds.length)
      await updateLead(tx, lead.id, [...kinds].toSorted(), status)
    found.set(key, { id: lead.id, status, isNew: false })
  }
  const fresh = [...groups].filter(([key]) => !found.has(key))
  for (const [key, lead] of await insertNew(tx, secrecy, clock, fresh)) found.set(key, lead)
  return keys.map((key) => (key === undefined ? undefined : found.get(key)))
}

const insertNew = async (
  tx: Tx,
  secrecy: Secrecy,
  clock: Clock,
  fresh: readonly (readonly [string, Grouped])[],
): Promise<(readonly [string, RecordedLead])[]> => {
  const numbers = fresh.map(([, { draft }]) => {
    const read = parseResidentNumber(draft.number ?? '')
    return read.ok ? read : undefined
  })
  const tokens = tokensOf(
    numbers.map((read) => read?.number ?? null),
    secrecy.encryptBlocks,
  )
  const rows = fresh.map(([, group], at) => {
    const id = newId()
    const { draft } = group
    const [read, token] = [numbers[at], tokens[at]]
    const name = draft.name === undefined ? '' : canonicalName(draft.name)
    const cells = [
      id,
      group.key,
      draft.regionCode,
      name || null,
      secrecy.nameKey(name) ?? null,
      draft.birthDate ?? read?.birthDate ?? null,
      read ? Buffer.from(secrecy.encryptText(read.number, leadNumberContext)) : null,
      read ? Buffer.from(secrecy.blindIndex(read.number), 'hex') : null,
      read ? read.number.slice(-4) : null,
      token?.token ?? null,
      token?.check ?? null,
      draft.feedId,
      clock.now(),
    ]
    return { id, draft, cells, feedKinds: [...group.feedKinds].toSorted() }
  })
  await insertLeads(tx, rows)
  await recordEvents(
    tx,
    clock,
    rows.map(({ id, draft, feedKinds }) => ({
      kind: 'registry.lead-found',
      regionCode: draft.regionCode,
      leadId: id,
      subjectId: id,
      data: { feedKinds },
    })),
  )
  return rows.map(({ id }, at) => [fresh[at]?.[0] ?? '', { id, status: 'open', isNew: true }] as const)
}
