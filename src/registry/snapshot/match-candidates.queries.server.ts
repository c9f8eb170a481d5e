import type { Tx } from '#store/server'

/** A member as scored matching compares it. Names are in the clear: keep it no longer than the matching lasts. */
export interface MatchCandidate {
  readonly personId: string
  readonly name: string
  readonly birthDate?: string | undefined
  readonly regionCode: string
}

/** Every present member with a name. */
export const listMatchCandidates = async (tx: Tx): Promise<MatchCandidate[]> => {
  const rows = await tx
    .selectFrom('persons')
    .select(['id', 'name', 'birth_date', 'region_code'])
    .where('left_on', 'is', null)
    .where('name', 'is not', null)
    .execute()
  return rows.map((row) => ({
    personId: row.id,
    name: row.name ?? '',
    birthDate: row.birth_date ?? undefined,
    regionCode: row.region_code,
  }))
}
