/** Monitoring's door for both halves: route contracts, the states of an alert. */

export type { IndicatorNames, IndicatorTexts } from './alerts/alert-view.ts'
export {
  type AlertFilters,
  type AlertRow,
  listAlerts,
} from './alerts/contract.ts'

export { monitoringSentences } from './events/sentences.ts'

export { refusals as monitoringRefusals } from './refusals.ts'
export type { DueDays, DueWorkdays } from './routing.ts'
export type { ScanRow } from './scan/contract.ts'
