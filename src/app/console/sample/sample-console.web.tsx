import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router'
import { createQueryClient, createTexts, Page, UiProvider, useFilters } from '#ui/web'
import { type ConsolePage, consolePages } from '../pages.web.tsx'
import { createConsoleRouter } from '../router.web.tsx'
import { consoleTexts } from '../texts.ts'

// The shell with more pages than it has yet, for the browser tests: the search box, a page one may not open, a page
// that fails, and a full navigation. It is in no build.

const searchFields = [{ id: 'q', label: 'q', kind: 'text', isPersonal: true }] as const

const FoundPage = () => <Page title="found">{useFilters(searchFields).values.q}</Page>

const FailingPage = (): never => {
  throw new Error('this page always fails')
}

const icons = ['bell', 'inbox', 'household', 'database', 'chart', 'shield', 'settings'] as const

const samplePages: readonly ConsolePage[] = [
  ...consolePages.slice(0, 1),
  ...icons.map(
    (icon): ConsolePage => ({
      id: icon,
      path: icon,
      nav: { text: 'nav.home', icon },
      load: async () => FoundPage,
    }),
  ),
  { id: 'found', path: 'found', takesSearch: true, load: async () => FoundPage },
  {
    id: 'secret',
    path: 'secret',
    permission: 'audit.read',
    nav: { text: 'nav.home', icon: 'lock' },
    load: async () => FoundPage,
  },
  { id: 'failing', path: 'failing', load: async () => FailingPage },
]

const root = document.getElementById('root')
if (!root) throw new Error('the page has no #root')
createRoot(root).render(
  <UiProvider texts={createTexts([consoleTexts])} queries={createQueryClient()}>
    <RouterProvider router={createConsoleRouter(samplePages)} />
  </UiProvider>,
)
