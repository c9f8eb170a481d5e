import { Refusal } from '#base'
import { insertScan, runScan, type ScanFigures, whileRunningNow } from '#monitoring/server'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import type { Services } from '../services.server.ts'
import type { Stage, Teller } from '../tell.ts'

/** Asks for a scan and runs it here and now. Refuses with `monitoring.scan-running` while another runs. */
export const scanNow = async (
  { scan: services, rulebook }: Services,
  requestedBy: string | null,
  tell: Teller,
  { signal, all = false }: { readonly signal?: AbortSignal | undefined; readonly all?: boolean } = {},
): Promise<ScanFigures> => {
  await rulebook.refresh(services.database, services.clock)
  // One scan runs one pack, whatever is released meanwhile.
  const scan = { ...services }
  const figures = await whileRunningNow(scan.database, scan.clock, async () => {
    const id = await inScope(scan.database, everywhere, (tx) =>
      insertScan(tx, scan.clock, scan.regionCode, requestedBy, true),
    )
    if (!id) throw new Refusal('monitoring.scan-running')
    return runScan(scan, id, {
      onProgress: ({ stage, done, total }) => tell.step(stage as Stage, done, total, ''),
      ...(signal ? { signal } : {}),
      all,
    })
  })
  tell.step('raise', 1, 1, '')
  return figures
}
