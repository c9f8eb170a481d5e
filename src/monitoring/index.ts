/** Monitoring's door for both halves: route contracts, the states of an alert. */

export type { IndicatorNames, IndicatorTexts } from './alerts/alert-view.ts'
export {
  type AlertFilters,
  type AlertRow,
  alertFilters,
  countAlerts,
  listAlerts,
  nextAlert,
  readAlert,
} from './alerts/contract.ts'
export { dispatchAlerts, listOffices, previewDispatch } from './dispatch/contract.ts'
export { addEvidence, disposeAlert, readEvidence, takeAlert } from './dispose/contract.ts'
export { monitoringSentences } from './events/sentences.ts'
export { raiseAlert } from './raise/contract.ts'
export { refusals as monitoringRefusals } from './refusals.ts'
export type { DueDays, DueWorkdays } from './routing.ts'
export { listScans, readScan, requestScan, type ScanRow } from './scan/contract.ts'
export { finishTask, listTasks } from './tasks/contract.ts'
