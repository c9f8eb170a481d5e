export { cookieFrom } from './api/cookie.ts'
export {
  ApiProblem,
  faultsByField,
  isSettled,
  isWorthRetrying,
  type Problem,
  type ProblemFault,
  problemFrom,
  safetyOf,
  sortOf,
} from './api/problem.ts'
export { type FilterField, type FilterValues, readFilters, writeFilters } from './filter/filters.ts'
export { type FileFault, siftFiles, sizeText } from './form/files.ts'
export { type DueState, dueStateOf, toneOfDue } from './marks/due.ts'
export { isPermitted, type Place, type Session } from './session/session.ts'
export {
  type Catalog,
  countText,
  defineTexts,
  isLanguage,
  type Language,
  languages,
  type TextKey,
  type Texts,
  type TextTree,
  type Translate,
} from './texts/texts.ts'
export { contrast } from './tokens/contrast.ts'
export {
  type ColourName,
  colours,
  controlHeight,
  cssVariables,
  fontFamily,
  narrowBelow,
  radius,
  type Tone,
  toneColours,
} from './tokens/tokens.ts'
