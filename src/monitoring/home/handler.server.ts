import { type Endpoint, serve } from '#access/server'
import { countMatching } from '../alerts/alert-list.queries.server.ts'
import { alertFilters } from '../alerts/contract.ts'
import { countTaskRecords } from '../tasks/tasks.queries.server.ts'
import { readTodo } from './contract.ts'
import { countersFor } from './counters.ts'

/** The numbers of the first page, counted by the filters their links carry. */
export const homeEndpoints = (): Endpoint[] => [
  serve(readTodo, async ({ tx, actor, clock }) => {
    const counters = []
    for (const { name, filters, isRare } of countersFor(actor)) {
      const count = await countMatching(tx, alertFilters.parse(filters), actor, clock.today())
      if (isRare && count === 0) continue
      counters.push({
        name,
        filters: new URLSearchParams(filters as Record<string, string>).toString(),
        count,
      })
    }
    const works = actor.permissions.has('task.work')
    return {
      counters,
      tasks: works ? await countTaskRecords(tx, actor, { status: 'open', holder: 'mine' }) : null,
    }
  }),
]
