/** The door of access on the server: accounts, sessions, audit, secrecy. */
export { type AuditDraft, recordAudit, verifyAudit } from './audit/audit.server.ts'
export { findInstallation } from './login/login.queries.server.ts'
export { changePasswordOf, describeSession, logInWith } from './login/login.server.ts'
export { hashPassword, makePassword } from './login/passwords.server.ts'
export { endSession, findSession } from './login/sessions.queries.server.ts'
export { findActor } from './people/people.queries.server.ts'
export {
  findPlaceNames,
  listPlaces,
  listPlacesBelow,
  namePlaces,
  type PlaceName,
} from './regions/places.queries.server.ts'
export { readRegionFolder } from './regions/region-files.server.ts'
export { saveRegions } from './regions/regions.queries.server.ts'
export { type Call, type Download, type Endpoint, serve, type Upload } from './routes/endpoint.server.ts'

export { openSecrecy, type Secrecy } from './secrecy/open.server.ts'
export { viewEndpoints } from './views/handler.server.ts'
