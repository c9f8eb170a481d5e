import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type Clock, canonicalJson } from '#base'
import type { Tx } from '#store/server'

/** One line of the audit chain before it is written. `details` holds no personal data. */
export interface AuditDraft {
  readonly action: string
  readonly accountId?: string | undefined
  readonly subjectKind?: string | undefined
  readonly subjectId?: string | undefined
  readonly regionCode?: string | undefined
  readonly details?: Readonly<Record<string, unknown>>
}

// One number for the whole chain: entries are written one after the other.
const chainLock = 4_811_001
const firstHash = Buffer.alloc(32)

const hashOf = (previous: Buffer, at: string, draft: AuditDraft): Buffer => {
  const {
    action,
    accountId = null,
    subjectKind = null,
    subjectId = null,
    regionCode = null,
    details = {},
  } = draft
  const body = canonicalJson({ at, action, accountId, subjectKind, subjectId, regionCode, details })
  return createHash('sm3').update(previous).update(body).digest()
}

/** Appends to the audit chain in the transaction of what it tells of. */
export const recordAudit = async (tx: Tx, clock: Clock, draft: AuditDraft): Promise<void> => {
  await sql`select pg_advisory_xact_lock(${chainLock})`.execute(tx)
  const last = await tx
    .selectFrom('audit_entries')
    .select('hash')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const previous = last?.hash ?? firstHash
  const at = clock.now()
  await tx
    .insertInto('audit_entries')
    .values({
      at,
      account_id: draft.accountId ?? null,
      action: draft.action,
      subject_kind: draft.subjectKind ?? null,
      subject_id: draft.subjectId ?? null,
      region_code: draft.regionCode ?? null,
      details: JSON.stringify(draft.details ?? {}),
      previous_hash: previous,
      hash: hashOf(previous, at, draft),
    })
    .execute()
}

/** Walks the chain from the start; gives the number of entries, or the seq of the first one that does not fit. */
export const verifyAudit = async (
  tx: Tx,
): Promise<{ readonly entries: number; readonly brokenAt?: number }> => {
  let previous: Buffer = firstHash
  let entries = 0
  let after = 0
  for (;;) {
    const rows = await tx
      .selectFrom('audit_entries')
      .selectAll()
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(5000)
      .execute()
    for (const row of rows) {
      const expected = hashOf(previous, row.at, {
        action: row.action,
        accountId: row.account_id ?? undefined,
        subjectKind: row.subject_kind ?? undefined,
        subjectId: row.subject_id ?? undefined,
        regionCode: row.region_code ?? undefined,
        details: row.details as Record<string, unknown>,
      })
      if (!row.previous_hash.equals(previous) || !row.hash.equals(expected))
        return { entries, brokenAt: Number(row.seq) }
      previous = row.hash
      entries += 1
      after = Number(row.seq)
    }
    if (rows.length < 5000) return { entries }
  }
}
