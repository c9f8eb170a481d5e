import type { Actor } from '#access'
import { type Endpoint, serve } from '#access/server'
import type { Tx } from '#store/server'
import { type ChainQuestion, listChain } from './chain.queries.server.ts'
import { type ChainEntry, type ChainReply, readHouseholdChain, readLeadChain } from './contract.ts'
import type { ChainEvent, EventSentence } from './sentence.ts'

const pageSize = 30

type Asked = { readonly before?: number | undefined; readonly room?: string | undefined }
type Row = Awaited<ReturnType<typeof listChain>>[number]

const visibleTo = (sentences: readonly EventSentence[], actor: Actor): readonly EventSentence[] =>
  sentences.filter(({ permission }) => permission === undefined || actor.permissions.has(permission))

const tell = (row: Row, sentence: EventSentence): ChainEntry => {
  const event: ChainEvent = {
    id: row.id,
    kind: row.kind,
    at: row.at,
    businessDate: row.business_date,
    householdId: row.household_id,
    leadId: row.lead_id,
    subjectId: row.subject_id,
    data: row.data as ChainEvent['data'],
  }
  return {
    seq: Number(row.seq),
    id: row.id,
    at: row.at,
    businessDate: row.business_date,
    kind: row.kind,
    room: sentence.room,
    text: { zh: sentence.zh(event.data), en: sentence.en(event.data) },
    link: sentence.link?.(event) ?? null,
    by: row.display_name,
  }
}

const readChain = async (
  tx: Tx,
  actor: Actor,
  sentences: readonly EventSentence[],
  subject: ChainQuestion['subject'],
  { before, room }: Asked,
): Promise<ChainReply> => {
  const visible = visibleTo(sentences, actor)
  const wanted = room === undefined ? visible : visible.filter((sentence) => sentence.room === room)
  const byKind = new Map(wanted.map((sentence) => [sentence.kind, sentence]))
  const rows = await listChain(tx, { subject, kinds: [...byKind.keys()], before, limit: pageSize + 1 })
  const entries = rows.slice(0, pageSize).flatMap((row) => {
    const sentence = byKind.get(row.kind)
    return sentence ? [tell(row, sentence)] : []
  })
  return {
    entries,
    next: rows.length > pageSize ? (entries.at(-1)?.seq ?? null) : null,
    rooms: [...new Set(visible.map((sentence) => sentence.room))].toSorted(),
  }
}

/** The chain of a household or lead: only events that a room declared a sentence for, and that the reader may see. */
export const chainEndpoints = (sentences: readonly EventSentence[]): readonly Endpoint[] => [
  serve(readHouseholdChain, ({ tx, actor, params, query }) =>
    readChain(tx, actor, sentences, { column: 'household_id', id: params.id }, query),
  ),
  serve(readLeadChain, ({ tx, actor, params, query }) =>
    readChain(tx, actor, sentences, { column: 'lead_id', id: params.id }, query),
  ),
]
