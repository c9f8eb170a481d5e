/** The door of the rulebook for pages. */
export { AwaitedCalendar } from './calendar/awaited.web.tsx'
export { PolicyTabs } from './library/parts.web.tsx'
export { rulebookPages } from './pages.web.ts'
