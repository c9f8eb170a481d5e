import type { Tx } from '#store/server'
import { type AlertReplay, explainAgain, keptPacks } from '../scan/again.server.ts'
import { type KeptAlert, listKeptAlerts } from './replay.queries.server.ts'

export type { AlertReplay } from '../scan/again.server.ts'

const pageSize = 200

/**
 * Computes the explanation of every alert that a scan raised again, from its frozen facts and the pack kept by its hash
 * alone; the indicators of today are not read. Gives each as it is done; alerts outside the scope are not seen.
 */
export async function* replayAlerts(
  tx: Tx,
): AsyncGenerator<{ readonly id: string; readonly packHash: string; readonly result: AlertReplay }> {
  const again = explainAgain(keptPacks())
  let after: string | undefined
  for (;;) {
    const page = await listKeptAlerts(tx, after, pageSize)
    for (const alert of page) {
      const { id, household_id, lead_id, explanation } = alert
      const { result } = await again(tx, explanation, { ...alert, subject: household_id ?? lead_id })
      yield { id, packHash: packHashIn(alert), result }
    }
    if (page.length < pageSize) return
    after = page.at(-1)?.id
  }
}

const packHashIn = ({ explanation }: KeptAlert): string => {
  const hash =
    typeof explanation === 'object' &&
    explanation !== null &&
    'packHash' in explanation &&
    explanation.packHash
  return typeof hash === 'string' ? hash : ''
}
