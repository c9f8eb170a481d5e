import { type Endpoint, serve } from '#access/server'
import { countQuarantined } from '#exchange/server'
import { countHeld } from '#monitoring/server'
import { countRegistryWork } from '#registry/server'
import { readWaiting } from './contract.ts'

/** Counts from every room, for the navigation. */
export const waitingEndpoints = (): Endpoint[] => [
  serve(readWaiting, async ({ tx, actor }) => {
    const may = (permission: Parameters<typeof actor.permissions.has>[0]) => actor.permissions.has(permission)
    const held = await countHeld(tx, actor.organisation.id)
    const counts: Record<string, number> = {}
    if (may('alert.read')) counts.alerts = held.alerts
    if (may('task.work')) counts.tasks = held.tasks
    if (may('feed.read')) counts.feeds = await countQuarantined(tx)
    const registry = await countRegistryWork(tx, actor.accountId)
    if (may('adjudication.read')) counts.adjudications = registry.openAdjudications
    if (may('household.read')) counts.leads = registry.openLeads
    if (may('fact.check')) counts['facts-to-check'] = registry.factsToCheck
    return { counts }
  }),
]
