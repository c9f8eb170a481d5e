/** The store's door on the server: rows, history, events and jobs in PostgreSQL, atomically. */
export { type Claim, claimFolder, findHolder } from './cluster/claim.server.ts'
/** Our own PostgreSQL: `cluster/`. */
export {
  type Cluster,
  type ClusterOptions,
  findCluster,
  purgeCluster,
  removeAbandoned,
  startCluster,
} from './cluster/cluster.server.ts'
export {
  type Database,
  inScope,
  inScopeCopying,
  openDatabase,
  refreshStatistics,
  type Tx,
  withoutTimeLimit,
} from './connect.server.ts'
export { recordEvent, recordEvents } from './events.server.ts'
export { type Jobs, openJobs } from './jobs.server.ts'
export { listShippedMigrations, migrate, migrationsFolder } from './migrate.server.ts'
export { inPortions } from './portions.server.ts'
export { prepared } from './prepared.server.ts'
export { type Relay, type RelayedEvent, type Routing, startRelay } from './relay.server.ts'
export { type AppRole, appRoleFor, proveScope, provisionRole } from './roles.server.ts'
export { inSharedSnapshot, type SeenInstant } from './shared-snapshot.server.ts'
export type { Tables } from './tables.generated.ts'
