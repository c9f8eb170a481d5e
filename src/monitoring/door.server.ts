/** Monitoring's door on the server: routes, the scan, escalation, what a taken-back file drags along. */
import type { Endpoint, Secrecy } from '#access/server'
import type { CheckedPack } from '#rulebook/server'
import type { IndicatorNames } from './alerts/alert-view.ts'
import type { FeedName } from './alerts/conditions/facts.ts'
import { alertExplainer } from './alerts/explain.server.ts'
import type { FeedAges } from './alerts/explainer.server.ts'
import { alertEndpoints } from './alerts/handler.server.ts'
import { dispatchEndpoints } from './dispatch/handler.server.ts'
import { disposeEndpoints } from './dispose/handler.server.ts'
import { exportEndpoints } from './export/handler.server.ts'
import { homeEndpoints } from './home/handler.server.ts'
import { raiseEndpoints } from './raise/handler.server.ts'
import type { DueDays } from './routing.ts'
import { type ScanRouteServices, scanEndpoints } from './scan/handler.server.ts'
import { taskEndpoints } from './tasks/handler.server.ts'

export { computeAwaitedDues, listAwaitedYears } from './alerts/due.queries.server.ts'
export { escalateOverdue } from './dispatch/escalate.server.ts'
export { replayAlerts } from './replay/replay.server.ts'
export { followFiles } from './scan/follow.server.ts'
export { runScan, type ScanFigures, type ScanServices } from './scan/run-scan.server.ts'
export {
  failAbandoned,
  failInterrupted,
  insertScan,
  startedScanSince,
  whileRunningNow,
} from './scan/scans.queries.server.ts'
export { withdrawRestingOn } from './scan/take-back.server.ts'
export { tryIndicator } from './trial/try-indicator.server.ts'

export interface MonitoringServices extends ScanRouteServices {
  readonly secrecy: Secrecy
  /** The indicators in force now. */
  readonly indicators: () => CheckedPack
  readonly names: IndicatorNames
  readonly days: DueDays
  readonly feedName: FeedName
  readonly feedAges: FeedAges
}

/** Everything monitoring answers over HTTP. */
export const monitoringEndpoints = (services: MonitoringServices): readonly Endpoint[] => [
  ...alertEndpoints({
    names: services.names,
    explain: alertExplainer(services.indicators, services.feedName),
    feedAges: services.feedAges,
  }),
  ...exportEndpoints(services),
  ...homeEndpoints(),
  ...dispatchEndpoints(services.names, services.days),
  ...disposeEndpoints(services),
  ...raiseEndpoints(services.days),
  ...taskEndpoints(),
  ...scanEndpoints(services),
]
export { countHeld } from './tasks/tasks.queries.server.ts'
