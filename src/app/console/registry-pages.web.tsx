import { HouseholdAlerts, LeadAlerts } from '#monitoring/web'
import type { ConsolePage } from './pages.web.tsx'

/** The registry's pages; a household's and a lead's file show their alerts, which monitoring tells. */
export const registryPages: readonly ConsolePage[] = [
  {
    id: 'people',
    path: 'people',
    permission: 'person.search',
    nav: { text: 'nav.people', icon: 'people' },
    takesSearch: true,
    load: async () => (await import('#registry/web')).PersonSearchPage,
  },
  {
    id: 'household',
    path: 'households/:id',
    permission: 'household.read',
    load: async () => {
      const { HouseholdFilePage } = await import('#registry/web')
      return () => <HouseholdFilePage widgets={(id) => <HouseholdAlerts householdId={id} />} />
    },
  },
  {
    id: 'leads',
    path: 'leads',
    permission: 'household.read',
    nav: { text: 'nav.leads', icon: 'person' },
    load: async () => (await import('#registry/web')).LeadListPage,
  },
  {
    id: 'lead',
    path: 'leads/:id',
    permission: 'household.read',
    load: async () => {
      const { LeadFilePage } = await import('#registry/web')
      return () => <LeadFilePage widgets={(id) => <LeadAlerts leadId={id} />} />
    },
  },
  {
    id: 'adjudications',
    path: 'adjudications',
    permission: 'adjudication.read',
    nav: { text: 'nav.adjudications', icon: 'route' },
    load: async () => (await import('#registry/web')).AdjudicationListPage,
  },
  {
    id: 'adjudication',
    path: 'adjudications/:id',
    permission: 'adjudication.read',
    load: async () => (await import('#registry/web')).AdjudicationPage,
  },
  {
    id: 'facts-to-check',
    path: 'facts-to-check',
    permission: 'fact.check',
    load: async () => (await import('#registry/web')).FactsToCheckPage,
  },
]
