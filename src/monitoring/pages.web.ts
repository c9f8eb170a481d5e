/**
 * The room's pages in the form of the console's registry. The words of `nav.text` are the console's own, so that the
 * navigation reads as one: it needs `nav.alerts` and `nav.tasks`.
 */
export const monitoringPages = [
  {
    id: 'alerts',
    path: 'alerts',
    permission: 'alert.read',
    nav: { text: 'nav.alerts', icon: 'bell', waiting: '?holder=mine' },
    load: async () => (await import('./alerts/desk.web.tsx')).AlertDeskPage,
  },
  {
    id: 'alert',
    path: 'alerts/:id',
    permission: 'alert.read',
    load: async () => (await import('./alerts/alert-page.web.tsx')).AlertPage,
  },
  {
    id: 'tasks',
    path: 'tasks',
    permission: 'task.work',
    nav: { text: 'nav.tasks', icon: 'flag' },
    load: async () => (await import('./tasks/tasks.web.tsx')).TasksPage,
  },
] as const
