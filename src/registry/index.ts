/** The registry's door for both halves: categories, the catalogue of facts, the load's shape, route contracts. */

export type { Candidate as AdjudicationCandidate, RowIdentity } from './adjudication/candidate.ts'
export {
  decideAdjudication,
  listAdjudications,
  readAdjudication,
  reopenAdjudication,
} from './adjudication/contract.ts'
export {
  type Category,
  categories,
  groupTags,
  isCategory,
  needs,
  type RecordedCategory,
  type Relation,
  recordedCategories,
  relations,
} from './categories.ts'
export { readHouseholdChain, readLeadChain } from './chain/contract.ts'
export type { ChainEvent, EventSentence } from './chain/sentence.ts'
export { registrySentences } from './events/sentences.ts'
export {
  type FactDefinition,
  type FactKind,
  factCatalogue,
  factKinds,
  isFactKind,
  type Provenance,
  provenances,
} from './facts/catalogue.ts'
export { checkFact, listFactsToCheck, recordFact } from './facts/contract.ts'
export {
  type AgreementValue,
  type DisabilityValue,
  type FactValue,
  faultOfValue,
} from './facts/fact-value.ts'
export { readHousehold } from './household/contract.ts'
export { labelOf as registryLabelOf, registryLabels } from './labels/labels.ts'
export { dismissLead, listLeadsRoute, readLead, revealLeadNumber } from './leads/contract.ts'
export type {
  ImportCategory,
  ImportFact,
  ImportHousehold,
  ImportMember,
  LoadFigures,
  RegistryImport,
} from './load/import.ts'
export { revealNumber, searchPeople } from './people/contract.ts'
export { refusals as registryRefusals } from './refusals.ts'
export type { SnapshotTable } from './snapshot/snapshot.ts'
