import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter, RouterProvider } from 'react-router'
import { type Permission, permissionsOf, type Role, roleNames } from '#access'
import { businessDate, regionCode } from '#base'
import type { Session } from '#ui'
import { createQueryClient, createTexts, Section, SessionProvider, UiProvider } from '#ui/web'
import { AdjudicationPage } from '../adjudication/case.web.tsx'
import { AdjudicationListPage } from '../adjudication/case-list.web.tsx'
import { FactsToCheckPage } from '../facts/to-check.web.tsx'
import { HouseholdFilePage } from '../household/household-file.web.tsx'
import { LeadFilePage } from '../leads/lead-file.web.tsx'
import { LeadListPage } from '../leads/lead-list.web.tsx'
import { PersonSearchPage } from '../people/person-search.web.tsx'

// The registry's pages without the shell: what the browser test walks through. It is in no build.

const asked = new URLSearchParams(window.location.search).get('as')
const role: Role = roleNames.find((name) => name === asked) ?? 'county-officer'
const permissions: readonly Permission[] = permissionsOf(role)
const place = { code: regionCode('532901000000'), name: '大理市' }

const session: Session = {
  account: {
    id: '0197a000-0000-7000-8000-000000000001',
    login: 'duan.lihua',
    displayName: '段丽华',
    role,
    organisation: { name: '大理市民政局', kind: 'civil-affairs', department: null },
    region: { ...place, path: [place] },
    permissions,
    mustChangePassword: false,
  },
  demo: true,
  businessDate: businessDate('2026-06-15'),
}

const widgets = () => <Section title="待处理预警">0</Section>

const router = createBrowserRouter([
  { path: '/people', Component: PersonSearchPage },
  { path: '/households/:id', element: <HouseholdFilePage widgets={widgets} /> },
  { path: '/leads', Component: LeadListPage },
  { path: '/leads/:id', Component: LeadFilePage },
  { path: '/adjudications', Component: AdjudicationListPage },
  { path: '/adjudications/:id', Component: AdjudicationPage },
  { path: '/facts/to-check', Component: FactsToCheckPage },
])

const root = document.getElementById('root')
if (!root) throw new Error('the page has no #root')
createRoot(root).render(
  <StrictMode>
    <UiProvider texts={createTexts()} queries={createQueryClient()}>
      <SessionProvider session={session}>
        <main id="main" style={{ padding: 16 }}>
          <RouterProvider router={router} />
        </main>
      </SessionProvider>
    </UiProvider>
  </StrictMode>,
)
