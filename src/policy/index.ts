export { dmnRefusals as policyRefusals } from './dmn/refusals.ts'
export {
  type DecidedProgramme,
  decideProgrammes,
  programmeDecider,
} from './interpret/decide-programmes.ts'
export {
  type CompiledRule,
  compileProgrammes,
  compileRules,
  outcomeOf,
  type ProgrammeOutcome,
  type RuleOutcome,
} from './interpret/evaluate.ts'
export { conditionsOf, type Explanation, explain, isCondition } from './interpret/explain.ts'
export {
  explainProgrammes,
  type ProgrammeExplanation,
  type RuleExplanation,
} from './interpret/explain-programme.ts'
export type { Place } from './interpret/places.ts'
export type { TraceStep, UsedFact } from './interpret/trace.ts'
export { type Change, whatWouldChange } from './interpret/what-if.ts'
export { type Node, nodesOf } from './language/ast.ts'
export type { Facts, Member, Scalar, Subject, Value } from './language/values.ts'
export { type Mutation, mutationsOf } from './mutate/mutations.ts'
export { type CaseResult, type ReadyCase, readyCases, runCases } from './pack/cases.ts'
export { checkPack, checkRead, feedsOf } from './pack/check.ts'
export { fitsParameter } from './pack/check-values.ts'
export { type Finding, type FindingCode, findingText, type Language } from './pack/finding.ts'
export { householdSchema, strangeFactsIn } from './pack/household-file.ts'
export {
  type PackInForce,
  type ParameterInForce,
  type Programme,
  packInForce,
  versionOn,
  type When,
} from './pack/in-force.ts'
export type { NamedRule } from './pack/named-rules.ts'
export { missingNameOf, type Pack, type PackFiles, type PackRead, type Rule, readPack } from './pack/pack.ts'
export { plainValueText, type RuleText, ruleText } from './pack/plain-rule.ts'
export {
  type CaseAnswer,
  type ProgrammeCaseResult,
  readyProgrammeCases,
  rootEntity,
  runProgrammeCases,
} from './pack/programme-cases.ts'
export { type FactColumn, factColumns, factsFromRow } from './pack/rows.ts'
export type {
  Citation,
  FactEntry,
  GivenFacts,
  PolicyCase,
  ProgrammeCase,
  ProgrammeEntry,
  RuleEntry,
  SourceEntry,
} from './pack/schemas.ts'
export {
  type ConditionText,
  conditionTexts,
  factsIn,
  factValueText,
  type MemberLabel,
  missingText,
  programmeSentence,
  ruleValueText,
  sentenceOf,
} from './pack/sentences.ts'
export { settle } from './pack/settle.ts'
export { subjectGiven, subjectReported, usualOf } from './pack/subjects.ts'
export { readTrialValues, type TrialValues } from './pack/values-file.ts'
export {
  type ChangedFacts,
  type ChangedStatement,
  changedRules,
  compileChangedSql,
} from './sql/changed.ts'
export {
  type CompileOptions,
  compileNamedSql,
  compileSql,
  compileTreesSql,
  compileWideSql,
  ruledEntities,
  type Statement,
  type TreesAsked,
  type WideStatement,
} from './sql/compile.ts'
export { missingOfBits } from './sql/statement.ts'
