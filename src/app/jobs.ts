/** Queues of the job runner; made when the database is migrated. */
export const queues = [
  'exchange.read-feed',
  'monitoring.follow-files',
  'monitoring.night',
  'monitoring.scan',
  'monitoring.escalate',
  'rulebook.refresh',
] as const
export type Queue = (typeof queues)[number]
