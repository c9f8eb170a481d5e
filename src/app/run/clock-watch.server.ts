import { findInstallation } from '#access/server'
import { businessDate } from '#base'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import type { Installation } from '../installation/open.server.ts'
import { describeError, type Log } from '../log.server.ts'

const everyMs = 2000

/** Follows the demo's business date, which "doudi clock" moves from another process. Gives the undo. */
export const startClockWatch = (installation: Installation, log: Log): (() => void) => {
  if (!installation.info?.demo) return () => undefined
  const look = async () => {
    const info = await inScope(installation.database, everywhere, findInstallation)
    if (info?.businessDate) installation.clock.moveTo(businessDate(info.businessDate))
  }
  const timer = setInterval(
    () => void look().catch((error) => log.warn(describeError(error), 'clock not read')),
    everyMs,
  )
  return () => clearInterval(timer)
}
