/** The rulebook's door for both halves. */
export { type CalendarYear, readCalendar, saveCalendarYear } from './calendar/contract.ts'
export { refusals as rulebookRefusals } from './refusals.ts'
