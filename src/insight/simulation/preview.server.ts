import type { BusinessDate, Clock } from '#base'
import type { ChangePreview } from '#rulebook'
import type { PreviewedChange } from '#rulebook/server'
import type { Tx } from '#store/server'
import { type SimulationServices, snapshotFor } from './answer.server.ts'
import { usualAssumptions } from './assumptions.ts'
import { compute } from './compute.server.ts'
import { sidesOn } from './plan.ts'
import { behind, countedProgrammes, rulesOf } from './slice.ts'

/** What a change of a parameter would do to the registered households of its region, under the usual assumptions. */
export const previewOf =
  (services: Pick<SimulationServices, 'lakeDir' | 'households' | 'snapshots' | 'turns'>) =>
  async (tx: Tx, clock: Clock, change: PreviewedChange): Promise<ChangePreview | undefined> => {
    const { on, region, parameter } = change
    const packs = { before: change.before, after: change.after }
    const { before } = sidesOn(packs, [], on, region)
    const isRead = countedProgrammes(before, 'monthly').some((programme) =>
      behind(change.before, rulesOf(programme)).parameters.has(parameter),
    )
    // What no programme of standing money reads has no effect that the registry could show.
    if (!isRead) return undefined
    const question = {
      ...{ on, region, changes: [], rules: [], months: 1 },
      assumptions: [...usualAssumptions],
    }
    const { snapshot, tally } = await services.turns.take(async () => {
      const today = clock.today() as BusinessDate
      const snapshot = await snapshotFor(services, { tx, clock }, { on: today, region })
      const { tally } = await compute(services.lakeDir, snapshot.hash, packs, question, {
        differing: [parameter],
        counted: 'monthly',
      })
      return { snapshot, tally }
    })
    const sum = (of: (row: (typeof tally.counties)[number]) => number): number =>
      tally.counties.reduce((total, row) => total + of(row), 0)
    return {
      households: snapshot.households,
      gains: sum(({ gains }) => gains),
      loses: sum(({ loses }) => loses),
      changed: tally.changed,
      open: sum(({ unknown }) => unknown),
      monthlyBeforeFen: sum(({ beforeFen }) => beforeFen),
      monthlyAfterFen: sum(({ afterFen }) => afterFen),
      on: snapshot.on,
    }
  }
