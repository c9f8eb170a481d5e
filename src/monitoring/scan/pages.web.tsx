/** The pages of the scans in the form of the console's registry; the navigation needs `nav.scans`. */
export const scanPages = [
  {
    id: 'scans',
    path: 'scans',
    permission: 'scan.read',
    nav: { text: 'nav.scans', icon: 'refresh' },
    load: async () => (await import('./scan-list.web.tsx')).ScanListPage,
  },
  {
    id: 'scan',
    path: 'scans/:id',
    permission: 'scan.read',
    load: async () => (await import('./scan-page.web.tsx')).ScanPage,
  },
] as const
