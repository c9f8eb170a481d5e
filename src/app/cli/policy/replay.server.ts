import { replaySimulations } from '#insight/server'
import { replayAlerts } from '#monitoring/server'
import { replayDecisions } from '#rulebook/server'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import type { Command } from '../context.server.ts'
import { exitCodes } from '../exit-codes.ts'
import { withInstallation } from '../session.server.ts'

const nothing = { same: 0, differs: 0, 'facts-lost': 0, 'facts-broken': 0, 'pack-lost': 0, 'pack-broken': 0 }
type Result = keyof typeof nothing

interface Failed {
  readonly kind: string
  readonly id: string
  readonly result: Result
  readonly packHash: string
}

/** `doudi policy replay`: computes every kept decision again. Gives 1 when one does not come out as it was kept. */
export const replayCommand: Command = (context) =>
  withInstallation(context, async ({ installation, services }) => {
    const { out, words, signal } = context
    const kinds = { trials: { ...nothing }, simulations: { ...nothing }, alerts: { ...nothing } }
    const failed: Failed[] = []
    await inScope(installation.database, everywhere, async (tx) => {
      const kept = {
        trials: replayDecisions(tx, installation.secrecy),
        simulations: replaySimulations(tx, services.simulations.lakeDir),
        alerts: replayAlerts(tx),
      }
      for (const kind of ['trials', 'simulations', 'alerts'] as const)
        for await (const { id, result, packHash } of kept[kind]) {
          if (signal.aborted) return
          kinds[kind][result] += 1
          if (result === 'same') continue
          failed.push({ kind, id, result, packHash })
          out.line(`${id}  ${words.say(`replay.${result}`)}`)
        }
    })
    if (signal.aborted) return undefined
    const counts = { ...nothing }
    for (const of of Object.values(kinds))
      for (const result of Object.keys(nothing) as Result[]) counts[result] += of[result]
    const [trials, simulations] = [totalOf(kinds.trials), totalOf(kinds.simulations)]
    const alerts = totalOf(kinds.alerts)
    const decisions = totalOf(counts)
    out.line(words.say('policy.replayedKinds', { trials, simulations, alerts }))
    out.line(words.say('policy.replayed', { decisions, failed: failed.length }))
    out.result({ ok: failed.length === 0, decisions, counts, kinds, failed })
    return failed.length === 0 ? undefined : exitCodes.failed
  })

const totalOf = (counts: typeof nothing): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)
