/** The door of the lake on the server: the engine, feeds in Parquet, snapshots, matching, facts. */
export {
  clearTempDir,
  type Engine,
  type EngineOptions,
  openEngine,
  type Parameters,
} from './engine/engine.server.ts'
export { quoteName, quoteText } from './engine/sql.ts'
export { type RegistryFact, registryFacts } from './facts/registry-facts.ts'
export type { FactParameters } from './facts/source.ts'
export { factKinds } from './facts/sources.ts'
export {
  type FeedRef,
  type FeedToWrite,
  feedView,
  listFeeds,
  removeFeed,
  type StoredFeed,
  sweepFeeds,
  writeFeed,
} from './feeds/feed-files.server.ts'
export { hasFeedParts, listFeedsInParts, removeFeedParts } from './feeds/feed-parts.server.ts'
export { bringUp } from './kept/bring-up.server.ts'
export { type BringUp, type BroughtUp, keptFiles } from './kept/common.server.ts'
export type { Kept, KeptFeed } from './kept/kept.ts'
export { countMatched, showFacts, showRows, showRowsOf } from './kept/show.server.ts'
export type { Remembered, Verdict } from './matching/decide.ts'
export {
  type Estimate,
  type EstimateOptions,
  estimate,
  type Pattern,
  startFrom,
  withEstimate,
} from './matching/estimate.ts'
export {
  decideKept,
  isOddlyBorn,
  type KeptPair,
  keysOfNames,
  keysOfPeople,
  keysOfRows,
  meetingOf,
  packPair,
} from './matching/kept-pairs.ts'
export {
  type MatcherFigures,
  type MatchOptions,
  openMatcher,
  type RowMatcher,
} from './matching/match-rows.ts'
export { handSet, type MatchParameters } from './matching/parameters.ts'
export type { Candidate, Reason, Scored, ScoredRow, Veto } from './matching/score.ts'
export { matchPeople, type PeopleMatch } from './matching/score-people.server.ts'
export { matchingShape } from './matching/shape.server.ts'
export { emptyInputs, feedTable, inputTables, matchedTable } from './matching/tables.ts'
export { runIncrement } from './pass/increment.server.ts'
export { factsSql, type Judging, judgedSql, ruledSql } from './pass/judge.server.ts'
export type { MatchInputs } from './pass/match-feeds.server.ts'
export { besideOf, changedLimits, type Rejudging } from './pass/rejudge.server.ts'
export {
  type FullInputs,
  type Pass,
  type RegistryInputs,
  runAggregation,
  runFullPass,
  runJudging,
} from './pass/run-pass.server.ts'
export { keptRelation, matchedRelation } from './pass/state.ts'
export { type StateFiles, stateFiles } from './pass/state-files.server.ts'
export { keptSql } from './pass/wide.server.ts'
export { type CopyClient, copyIn, copyOut } from './snapshot/copy.server.ts'
export { type KeptList, type KeptLists, keptLists } from './snapshot/kept-list.server.ts'
export {
  type KeptTable,
  loadKept,
  type NewCopy,
  type TableSelect,
  writeChanges,
  writeWhole,
} from './snapshot/kept-registry.server.ts'
