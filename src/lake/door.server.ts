/** The door of the lake on the server: the engine, feeds in Parquet, snapshots, matching, facts. */
export {
  clearTempDir,
  type Engine,
  type EngineOptions,
  openEngine,
  type Parameters,
} from './engine/engine.server.ts'
export { quoteName, quoteText } from './engine/sql.ts'
export { buildFacts, factKinds } from './facts/build-facts.server.ts'
export { type RegistryFact, registryFacts } from './facts/registry-facts.ts'
export type { FactContext, FactParameters } from './facts/source.ts'
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
export { prepareCandidates, type RowDecider } from './matching/candidates.ts'

export { beginMatching, type MatchCounts, matchKind } from './matching/match.server.ts'
export type { Candidate, Reason, Remembered, Scored, ScoredRow, Verdict } from './matching/score.ts'
export { emptyInputs, feedTable, inputTables, matchedTable } from './matching/tables.ts'
export { type CopyClient, copyIn } from './snapshot/copy.server.ts'
