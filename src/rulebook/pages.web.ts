/**
 * The room's pages in the form of the console's registry. The words of `nav.text` are the console's own, so that the
 * navigation reads as one: it needs `nav.calendar`.
 */
export const rulebookPages = [
  {
    id: 'calendar',
    path: 'calendar',
    permission: 'calendar.read',
    nav: { text: 'nav.calendar', icon: 'calendar' },
    load: async () => (await import('./calendar/calendar.web.tsx')).CalendarPage,
  },
] as const
