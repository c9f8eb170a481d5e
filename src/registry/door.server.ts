/** The door of the registry on the server: endpoints, the load, and what a scan reads and records. */
import type { Endpoint } from '#access/server'
import { adjudicationEndpoints } from './adjudication/handler.server.ts'
import { chainEndpoints } from './chain/handler.server.ts'
import { exportEndpoints } from './export/handler.server.ts'
import { factEndpoints } from './facts/handler.server.ts'
import { householdEndpoints } from './household/handler.server.ts'
import { labelEndpoints } from './label-edit/handler.server.ts'
import { leadEndpoints } from './leads/handler.server.ts'
import { peopleEndpoints } from './people/handler.server.ts'
import type { RegistryServices } from './services.server.ts'

export { withdrawCompared } from './compared/bring-up.server.ts'
export {
  findKnownHousehold,
  type KnownFacts,
  type KnownHousehold,
  type KnownMember,
  readKnownHouseholds,
} from './household/known-household.server.ts'
export { loadRegistry } from './load/load.server.ts'
export { type Passed, type PassFigures, runMatchPass } from './pass/match-pass.server.ts'
export { countPersonsIn, findKnownNumbers, listRelations } from './pass/pass.queries.server.ts'
export { findPeople } from './people/found.server.ts'
export { countRegistryWork } from './work.queries.server.ts'

/** Everything the registry answers over HTTP. */
export const registryEndpoints = (services: RegistryServices): readonly Endpoint[] => [
  ...peopleEndpoints(services.secrecy),
  ...householdEndpoints,
  ...factEndpoints,
  ...labelEndpoints,
  ...chainEndpoints(services.sentences),
  ...leadEndpoints(services.secrecy),
  ...exportEndpoints(services.secrecy),
  ...adjudicationEndpoints(services),
]
