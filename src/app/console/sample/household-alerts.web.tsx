import { createRoot } from 'react-dom/client'
import { createBrowserRouter, RouterProvider } from 'react-router'
import { businessDate, regionCode } from '#base'
import { HouseholdAlerts } from '#monitoring/web'
import type { Session } from '#ui'
import { createQueryClient, createTexts, Page, SessionProvider, UiProvider } from '#ui/web'

// The part of a household's file that monitoring gives, on a page of its own, for the browser tests. It is in no build.

const place = { code: regionCode('532901001000'), name: 'Xiaguan' }

const session: Session = {
  account: {
    id: 'a1',
    login: 'yang.xiu',
    displayName: 'Yang Xiu',
    role: 'township-officer',
    organisation: { id: 'o1', name: 'Xiaguan', kind: 'township', level: 'township', department: null },
    region: { ...place, path: [place] },
    permissions: ['alert.read', 'alert.raise'],
    mustChangePassword: false,
  },
  limits: { idleSeconds: 7200, endsInSeconds: 43_200 },
  demo: true,
  businessDate: businessDate('2026-06-15'),
}

const Sample = () => (
  <SessionProvider session={session}>
    <main>
      <Page title="household">
        <HouseholdAlerts householdId="0197a000-0000-7000-8000-000000000500" />
      </Page>
    </main>
  </SessionProvider>
)

const root = document.getElementById('root')
if (!root) throw new Error('the page has no #root')
createRoot(root).render(
  <UiProvider texts={createTexts()} queries={createQueryClient()}>
    <RouterProvider router={createBrowserRouter([{ path: '*', Component: Sample }])} />
  </UiProvider>,
)
