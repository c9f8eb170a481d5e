export { type CompiledRule, compileRules, outcomeOf, type RuleOutcome } from './interpret/evaluate.ts'
export { conditionsOf, type Explanation, explain, isCondition } from './interpret/explain.ts'
export type { TraceStep, UsedFact } from './interpret/trace.ts'
export type { Node } from './language/ast.ts'
export type { Facts, Member, Scalar, Subject, Value } from './language/values.ts'
export { type Mutation, mutationsOf } from './mutate/mutations.ts'
export { type CaseResult, type ReadyCase, readyCases, runCases } from './pack/cases.ts'
export { checkPack, feedsOf } from './pack/check.ts'
export { type Finding, type FindingCode, findingText, type Language } from './pack/finding.ts'
export { type PackInForce, type ParameterInForce, packInForce, type When } from './pack/in-force.ts'
export { missingNameOf, type Pack, type PackFiles, type PackRead, type Rule, readPack } from './pack/pack.ts'
export { type FactColumn, factColumns, factsFromRow } from './pack/rows.ts'
export type { Citation, FactEntry, PolicyCase, RuleEntry, SourceEntry } from './pack/schemas.ts'
export {
  type ConditionText,
  conditionTexts,
  factsIn,
  factValueText,
  type MemberLabel,
  sentenceOf,
} from './pack/sentences.ts'
export { type CompileOptions, compileSql, ruledEntities, type Statement } from './sql/compile.ts'
export { missingOfBits } from './sql/statement.ts'
