/** The registry's door in the browser: its pages, and parts that pages of the app may put together. */
export { AdjudicationPage } from './adjudication/case.web.tsx'
export { AdjudicationListPage } from './adjudication/case-list.web.tsx'
export { ChainSection, type ChainSubject } from './chain/chain.web.tsx'
export { FactsToCheckPage } from './facts/to-check.web.tsx'
export { HouseholdFilePage } from './household/household-file.web.tsx'
export { LeadFilePage } from './leads/lead-file.web.tsx'
export { LeadListPage } from './leads/lead-list.web.tsx'
export { PersonSearchPage } from './people/person-search.web.tsx'
