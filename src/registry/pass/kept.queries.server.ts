import { sql } from 'kysely'
import { Refusal } from '#base'
import type { Tx } from '#store/server'

/** Which list of what the lake keeps of everybody is in force, if one is. */
export const findKept = async (tx: Tx): Promise<string | undefined> =>
  (await tx.selectFrom('kept_facts').select('id').executeTakeFirst())?.id

/**
 * Puts a list in force in place of the one that it was made from, and of no other: what a killed pass had sent off may still
 * have been carried out meanwhile. Refuses then with `registry.pass-overtaken`.
 */
export const nameKept = async (
  tx: Tx,
  { before, now }: { readonly before: string | undefined; readonly now: string },
  at: string,
): Promise<void> => {
  const { numAffectedRows } = before
    ? await sql`update kept_facts set id = ${now}, taken_at = ${at} where id = ${before}`.execute(tx)
    : await sql`insert into kept_facts (id, taken_at) values (${now}, ${at}) on conflict do nothing`.execute(
        tx,
      )
  if (numAffectedRows !== 1n) throw new Refusal('registry.pass-overtaken')
}
