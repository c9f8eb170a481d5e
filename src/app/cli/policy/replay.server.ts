import { replayDecisions } from '#rulebook/server'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import type { Command } from '../context.server.ts'
import { exitCodes } from '../exit-codes.ts'
import { withInstallation } from '../session.server.ts'

/** `doudi policy replay`: computes every kept decision again. Gives 1 when one does not come out as it was kept. */
export const replayCommand: Command = (context) =>
  withInstallation(context, async ({ installation }) => {
    const { out, words, signal } = context
    const counts = { same: 0, differs: 0, 'facts-broken': 0, 'pack-lost': 0, 'pack-broken': 0 }
    const failed: { readonly id: string; readonly result: string; readonly packHash: string }[] = []
    await inScope(installation.database, everywhere, async (tx) => {
      for await (const { id, result, packHash } of replayDecisions(tx, installation.secrecy)) {
        if (signal.aborted) return
        counts[result] += 1
        if (result === 'same') continue
        failed.push({ id, result, packHash })
        out.line(`${id}  ${words.say(`replay.${result}`)}`)
      }
    })
    if (signal.aborted) return undefined
    const decisions = counts.same + failed.length
    out.line(words.say('policy.replayed', { decisions, failed: failed.length }))
    out.result({ ok: failed.length === 0, decisions, counts, failed })
    return failed.length === 0 ? undefined : exitCodes.failed
  })
