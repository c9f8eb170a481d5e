import { loadDivisions } from './files/divisions.server.ts'
import { makeWorldFrom, type World } from './world/make-world.ts'
import type { WorldInput } from './world/types.ts'

export { type BrokenFile, makeBrokenFiles } from './broken/make-broken-files.server.ts'
export type { Expectation } from './broken/sample.server.ts'
export { writeChangeFiles } from './changes/write-change-files.server.ts'
export type { WrittenLine } from './files/build-file.server.ts'
export { type WrittenFile, writeFeedFiles } from './files/write-feed-files.server.ts'
export { makeUploadSample, type UploadSample } from './upload/make-upload-sample.server.ts'

/**
 * The demo world of a prefecture, with the places of the committed region list: people, what seventeen departments
 * know of them, and the bad rows among it. The same input gives the same world on any day and machine.
 * Throws where there is no region list for the prefecture.
 */
export const makeWorld = (input: WorldInput): World => makeWorldFrom(input, loadDivisions(input.region))
