export type {
  CodeLabel,
  DepartmentCode,
  FeedDefinition,
  FeedPeriod,
  FieldDefinition,
  FieldType,
} from './feeds/types.ts'
export {
  type CanonicalRow,
  type FeedKind,
  feedDefinition,
  feedKinds,
  feeds,
  fieldsOf,
  isFeedKind,
  type RowOf,
} from './feeds.ts'
export type { Identity } from './intake/kept.ts'
export { identityContext as rowIdentityContext } from './intake/kept.ts'
export { type DraftColumn, type DraftLayout, draftLayout } from './layouts/draft.ts'
export { guessLayout } from './layouts/guess.ts'
export { type HeaderCell, type HeaderMatch, matchHeader } from './layouts/header-match.ts'
export {
  columnsOf,
  headerNamesOf,
  type Layout,
  type LayoutColumn,
  type LayoutFile,
  parseLayout,
} from './layouts/layout.ts'
export type { Mark } from './parse/map-row.ts'
export type { AcceptedRow, ParsedFile, Progress, SheetReport } from './parse/parsed-file.ts'
export type { FeedStats } from './parse/stats.ts'
export {
  checkFeedAgainstExpectation,
  type FeedExpectation,
  type QuarantineCode,
  type QuarantineReason,
  usualExpectation,
} from './quarantine/check-feed.ts'
export { type ExchangeRefusalCode, exchangeRefusals } from './refusals.ts'
export { maskCell } from './rejects/mask.ts'
export {
  type OriginalCell,
  type Reject,
  type RejectReason,
  type RowProblem,
  rejectReasons,
} from './rejects/reject.ts'
export { columnLetters } from './write/xlsx-xml.ts'
