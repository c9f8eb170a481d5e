/** The door of insight on the server: simulations on frozen facts of the registry. */
export {
  answer as answerSimulation,
  openSimulations,
  type SimulationServices,
} from './simulation/answer.server.ts'
export { usualAssumptions } from './simulation/assumptions.ts'
export { simulationEndpoints } from './simulation/handler.server.ts'
export { previewOf as previewParameter } from './simulation/preview.server.ts'
export { replaySimulations, sweepSimulations } from './simulation/saved.server.ts'
export type { HouseholdReader, SnapshotHousehold } from './simulation/snapshot.queries.server.ts'
