import { sql } from 'kysely'
import { prepared, type Tx } from '#store/server'

export interface ChainQuestion {
  readonly subject: { readonly column: 'household_id' | 'lead_id'; readonly id: string }
  readonly kinds: readonly string[]
  readonly before: number | undefined
  readonly limit: number
}

/** Events of a household or lead, newest first, with the name of whoever acted. */
export const listChain = async (tx: Tx, { subject, kinds, before, limit }: ChainQuestion) => {
  if (kinds.length === 0) return []
  const query = tx
    .selectFrom('events')
    .leftJoin('accounts', 'accounts.id', 'events.actor_id')
    .select([
      'events.seq',
      'events.id',
      'events.at',
      'events.business_date',
      'events.kind',
      'events.household_id',
      'events.lead_id',
      'events.subject_id',
      'events.data',
      'accounts.display_name',
    ])
    .where(`events.${subject.column}`, '=', subject.id)
    .where(sql<boolean>`events.kind = any (${[...kinds]}::text[])`)
    .orderBy('events.seq', 'desc')
    .limit(limit)
  return (before === undefined ? query : query.where('events.seq', '<', before)).modifyEnd(prepared).execute()
}
