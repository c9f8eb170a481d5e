export { AssertionFailure, assert } from './assert.ts'
export { canonicalJson } from './canonical-json.ts'
export {
  addSeconds,
  type Clock,
  clockOn,
  dateOfInstant,
  fixedClock,
  type Instant,
  instant,
  instantAt,
  parseInstant,
  secondsBetween,
  shanghaiTextOf,
  systemClock,
} from './clock.ts'
export {
  addDays,
  addMonths,
  addToMonth,
  ageOn,
  type BusinessDate,
  businessDate,
  daysBetween,
  firstDayOf,
  lastDayOf,
  type Month,
  month,
  monthOf,
  monthsBetween,
  parseDate,
  parseMonth,
  weekdayOf,
} from './dates.ts'
export { csvLine, csvStart, type DelimitedLineStyle, delimitedLine } from './delimited.ts'
export {
  type CertificateRejected,
  type DisabilityCertificateFacts,
  type DisabilityClass,
  type DisabilityGrade,
  parseDisabilityCertificate,
} from './disability-certificate.ts'
export { type Id, idFrom, newId, parseId } from './ids.ts'
export {
  addFen,
  type Fen,
  fen,
  fenFromYuanText,
  multiply,
  type Ratio,
  type Rounding,
  type Share,
  type SharedFen,
  splitFen,
  subtractFen,
  sumFen,
  yuanTextOf,
} from './money.ts'
export {
  type Absent,
  absent,
  isKnown,
  isUnknown,
  type Known,
  known,
  type Outcome,
  type Unknown,
  unknown,
} from './outcome.ts'
export {
  defineRefusals,
  Refusal,
  type RefusalCode,
  type RefusalDetails,
  type RefusalSpec,
  type RefusalSpecs,
  refusalTextOf,
} from './refusal.ts'
export {
  contains,
  levelOf,
  parentOf,
  parseRegionCode,
  prefixOf,
  type RegionCode,
  type RegionLevel,
  type RegionRange,
  rangeOf,
  regionCode,
  regionCodeOfShort,
  regionLevels,
} from './region-code.ts'
export type { Region, RegionChange, Zone } from './region-files.ts'
export { type RegionTexts, type RegionTree, regionTree } from './region-tree.ts'
export {
  checkCharacterOf,
  maskName,
  maskNumber,
  type NumberFault,
  type NumberRejected,
  type NumberRepair,
  parseResidentNumber,
  type ResidentNumber,
  type ResidentNumberFacts,
  type Sex,
} from './resident-number.ts'
export {
  type AwaitingCalendar,
  addWorkdays,
  type Due,
  isWorkday,
  monthDeadline,
  type Roll,
  rollToWorkday,
  type WorkCalendar,
  type WorkCalendarYear,
  workCalendar,
  workdaysBetween,
} from './work-calendar.ts'
