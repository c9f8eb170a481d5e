import { type Endpoint, serve } from '../routes/endpoint.server.ts'
import { deleteView, listViews, saveView } from './contract.ts'
import { deleteSavedView, listSavedViews, saveNamedView } from './views.queries.server.ts'

/** Filters that a person keeps under a name. */
export const viewEndpoints = (): Endpoint[] => [
  serve(listViews, async ({ tx, actor, query }) => ({
    views: await listSavedViews(tx, actor.accountId, query.page),
  })),
  serve(saveView, async ({ tx, actor, body }) => ({ id: await saveNamedView(tx, actor.accountId, body) })),
  serve(deleteView, async ({ tx, actor, params }) => ({
    deleted: await deleteSavedView(tx, actor.accountId, params.id),
  })),
]
