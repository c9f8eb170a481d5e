/** The door of the lake for both halves: tokens, what the lake keeps of a feed, and the shapes of its tables. */
export type { ColumnType, Result, ResultRow, TableColumn, Value } from './engine/types.ts'
export {
  type FeedFields,
  type FieldType,
  type LakeColumn,
  lakeColumnsOf,
} from './feeds/columns.ts'
export type { FeedRow, Tokenising } from './feeds/tokenise.ts'
export { type RowIdentity, rowKeyOf } from './matching/row-key.ts'
export {
  bitsInLast,
  type Columns,
  type DaySpan,
  type FeedPlan,
  firstMonth,
  isInLast,
  type MonthSpan,
  monthBit,
  type PassPlan,
  spanOf,
} from './pass/plan.ts'
export type { Part, State } from './pass/state.ts'
export type { EncryptBlocks } from './tokens/permutation.ts'
export { numbersOf, type Token, tokensOf } from './tokens/tokens.ts'
