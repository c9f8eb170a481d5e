export { countQuarantined } from './intake/feed-list.queries.server.ts'
export { type AcceptedFeed, getFeed, listAcceptedFeeds } from './intake/feeds.queries.server.ts'
export {
  type FeedServices,
  feedEndpoints,
  listFeedAges,
  takeBack,
} from './intake/handler.server.ts'
export type { KnownNumber } from './intake/identities.server.ts'
export { clearLakeTemp, lakeDirOf, sweepInbox } from './intake/leftovers.server.ts'
export { type IntakeServices, type ReadOptions, readFeed } from './intake/read-feed.server.ts'
export { type Received, receivePath } from './intake/receive.server.ts'
export { type DepartmentRow, writeDepartmentFile } from './layouts/department-file.server.ts'
export { layoutEndpoints } from './layouts/handler.server.ts'
export { layoutsInForce } from './layouts/in-force.server.ts'
export { loadLayouts } from './layouts/load.server.ts'
export { type ParseFileInput, parseFile } from './parse/parse-file.server.ts'
export { type ChildLimits, parseInChild } from './parse/parse-in-child.server.ts'
export { coveredPlace } from './places/covered-place.server.ts'
export { placeEndpoints } from './places/handler.server.ts'
export type { InspectedSheet } from './read/inspect.server.ts'

export { type DelimitedStyle, encodeText } from './write/delimited.server.ts'
export { type HeldSheet, workbook, workbookParts } from './write/workbook.server.ts'
export type { WrittenCell, WrittenSheet } from './write/xlsx.server.ts'
export { storedZip } from './write/zip-stored.server.ts'
export { zipWriter } from './write/zip-writer.server.ts'
