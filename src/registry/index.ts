/** The registry's door for both halves: the shape of a load, how events are told, its words and refusals. */
export type { EventSentence } from './chain/sentence.ts'
export { registrySentences } from './events/sentences.ts'
export { labelOf as registryLabelOf } from './labels/labels.ts'
export type { ImportFact, ImportHousehold, ImportMember, RegistryImport } from './load/import.ts'
export { refusals as registryRefusals } from './refusals.ts'
