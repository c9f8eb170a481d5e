/** The rulebook's door on the server: the working-day calendar in force. */
export { findCalendar, saveShippedYears } from './calendar/calendar.queries.server.ts'
export { type CalendarListener, calendarEndpoints } from './calendar/handler.server.ts'
export { type CheckedPack, openPack, packOn } from './packs/packs.server.ts'
