/** The rulebook's door for both halves. */
export { type CalendarYear, readCalendar } from './calendar/contract.ts'
export type { ChangePreview } from './parameters/contract.ts'
export { refusals as rulebookRefusals } from './refusals.ts'
export type { TrialFact, TrialSubject } from './try/subject.ts'
