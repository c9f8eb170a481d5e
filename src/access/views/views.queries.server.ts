import { newId } from '#base'
import type { Tx } from '#store/server'

/** Views of an account on a page, by name. */
export const listSavedViews = (tx: Tx, accountId: string, page: string) =>
  tx
    .selectFrom('saved_views')
    .select(['id', 'name', 'query'])
    .where('account_id', '=', accountId)
    .where('page', '=', page)
    .orderBy('name')
    .limit(50)
    .execute()

/** Saves a view; one of the same name is replaced. Gives its id. */
export const saveNamedView = async (
  tx: Tx,
  accountId: string,
  view: { readonly page: string; readonly name: string; readonly query: string },
): Promise<string> => {
  const { id } = await tx
    .insertInto('saved_views')
    .values({ id: newId(), account_id: accountId, ...view })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'page', 'name']).doUpdateSet({ query: view.query }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Deletes a view of the account; false when there was none. */
export const deleteSavedView = async (tx: Tx, accountId: string, id: string): Promise<boolean> => {
  const result = await tx
    .deleteFrom('saved_views')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}
