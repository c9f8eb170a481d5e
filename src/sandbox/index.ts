export { type ChangePlan, type PlannedChange, planChanges } from './changes/plan-changes.ts'
export {
  type Grade,
  type IndicatorId,
  outcomesOf,
  type TrueAlert,
  type TrueOutcomes,
  type TrueUnknown,
} from './truth/alerts.ts'
export type { RowTruth } from './truth/rows.ts'
export type { World } from './world/make-world.ts'
export type { Division } from './world/places.ts'
export type { Defect, DefectKind, Identification, ValuesOf, WorldFeeds, WorldRow } from './world/rows.ts'
export type {
  CareAgreement,
  Category,
  DeclaredPerson,
  DeclaredWork,
  Disability,
  GroupTag,
  Household,
  Member,
  Need,
  Person,
  Place,
  Registry,
  Relation,
  Stage,
  Supporter,
  WorldInput,
} from './world/types.ts'
