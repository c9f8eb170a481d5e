/**
 * The whole of FEEL 1.5 (OMG DMN, chapter 10): dynamic, exact, with FEEL's null. Evaluation never throws: what cannot be
 * computed is null, and a problem says why. The typed kernel for packs, with `unknown`, stands beside it in `language/`.
 */
export {
  evaluateFeel,
  evaluateInside,
  matchesInside,
  matchesTests,
  newRun,
} from './evaluate/evaluate.ts'
export { asksInput, childrenOf } from './evaluate/free-names.ts'
export type { Ast, Sign } from './read/ast.ts'
export { normalName } from './read/names.ts'
export type { FeelNames, ParsedFeel } from './read/parse.ts'
export { parseFeel } from './read/parse.ts'
export { coerce, conformsTo, feelTypeOf, instanceOf } from './type/conform.ts'
export { parseType } from './type/parse.ts'
export type { FeelType, FindType } from './type/type.ts'
export { anyType } from './type/type.ts'
export { callFunction, callNamed } from './value/call.ts'
export { compareValues, equalValues } from './value/compare.ts'
export { fromJson, toJson } from './value/json.ts'
export { isStackEnd } from './value/stack-end.ts'
export { toIso } from './value/text.ts'
export type {
  FeelContext,
  FeelDate,
  FeelDateTime,
  FeelDaysDuration,
  FeelFunction,
  FeelKind,
  FeelList,
  FeelMonthsDuration,
  FeelParameter,
  FeelProblem,
  FeelProblemCode,
  FeelRange,
  FeelRun,
  FeelScope,
  FeelSpan,
  FeelTime,
  FeelValue,
} from './value/value.ts'
export {
  FeelNumber,
  isContext,
  isList,
  isNumber,
  kindOf,
  number,
  scopeOf,
} from './value/value.ts'
