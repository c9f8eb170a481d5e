/** The door of access for both halves: route contracts, permissions, the session's shape. */
export { changePassword, logIn, logOut, readSession, type Session } from './login/contract.ts'
export type { Actor, OrganisationKind } from './people/actor.ts'
export { refusals as accessRefusals } from './refusals.ts'
export { type Permission, permissions, permissionsOf, type Role, roleNames } from './roles.ts'
export {
  type BodyOf,
  defineRoute,
  type Method,
  type ParamsOf,
  type QueryOf,
  type ReplyOf,
  type Route,
} from './routes/route.ts'
export { deleteView, listViews, saveView } from './views/contract.ts'
