import type { Instant } from '#base'
import { startedScanSince } from '#monitoring/server'
import { everywhere } from '#store'
import { type Database, inScope } from '#store/server'

/** Whether a scan has begun since that moment; asked over the whole installation. */
export const hasScannedSince = (database: Database, at: Instant): Promise<boolean> =>
  inScope(database, everywhere, (tx) => startedScanSince(tx, at))
