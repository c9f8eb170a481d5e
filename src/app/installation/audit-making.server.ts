import { recordAudit } from '#access/server'
import type { Clock } from '#base'
import type { Tx } from '#store/server'

/** The audit chain begins with the making of the installation: which accounts there are from the start, whose files. */
export const auditMaking = (
  tx: Tx,
  clock: Clock,
  regionCode: string,
  made: { readonly demo: boolean; readonly accounts: readonly { login: string }[]; readonly files: number },
): Promise<void> =>
  recordAudit(tx, clock, {
    action: 'app.installation-made',
    regionCode,
    details: { demo: made.demo, logins: made.accounts.map(({ login }) => login), files: made.files },
  })
