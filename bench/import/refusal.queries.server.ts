import { everywhere } from '#store'
import { type Database, inScope } from '#store/server'

/** Why a feed was refused, for people to read; empty where it was not. */
export const refusalOf = (database: Database, feedId: string): Promise<string> =>
  inScope(database, everywhere, async (tx) => {
    const { refusal } = await tx
      .selectFrom('feeds')
      .select('refusal')
      .where('id', '=', feedId)
      .executeTakeFirstOrThrow()
    return refusal ? ` (${JSON.stringify(refusal)})` : ''
  })
