/**
 * The room's pages in the form of the console's registry: one entry of the navigation, all others by its tabs. The word
 * of `nav.text` is the console's own, so that the navigation reads as one.
 */
export const rulebookPages = [
  {
    id: 'trials',
    path: 'trials',
    permission: 'trial.read',
    load: async () => (await import('./try/trial-list.web.tsx')).TrialListPage,
  },
  {
    id: 'try',
    path: 'trials/new',
    permission: 'rule.try',
    load: async () => (await import('./try/try.web.tsx')).TryPage,
  },
  {
    id: 'trial',
    path: 'trials/:id',
    permission: 'trial.read',
    load: async () => (await import('./try/saved-trial.web.tsx')).SavedTrialPage,
  },
  {
    id: 'policies',
    path: 'policies',
    permission: 'policy.read',
    nav: { text: 'nav.policies', icon: 'shield', covers: ['trials', 'simulations', 'calendar'] },
    load: async () => (await import('./library/library.web.tsx')).PolicyLibraryPage,
  },
  {
    id: 'policy',
    path: 'policies/entries/:kind/:id',
    permission: 'policy.read',
    load: async () => (await import('./library/entry.web.tsx')).PolicyEntryPage,
  },
  {
    id: 'parameters',
    path: 'policies/parameters',
    permission: 'policy.read',
    load: async () => (await import('./library/parameters.web.tsx')).ParametersPage,
  },
  {
    id: 'parameter',
    path: 'policies/parameters/:name',
    permission: 'policy.read',
    load: async () => (await import('./library/parameter.web.tsx')).ParameterPage,
  },
  {
    id: 'propose',
    path: 'policies/parameters/:name/propose',
    permission: 'policy.propose',
    load: async () => (await import('./parameters/propose.web.tsx')).ProposePage,
  },
  {
    id: 'policy-differences',
    path: 'policies/differences',
    permission: 'policy.read',
    load: async () => (await import('./library/differences.web.tsx')).DifferencesPage,
  },
  {
    id: 'proposals',
    path: 'policies/proposals',
    permission: 'policy.read',
    load: async () => (await import('./parameters/proposals.web.tsx')).ProposalsPage,
  },
  {
    id: 'proposal',
    path: 'policies/proposals/:id',
    permission: 'policy.read',
    load: async () => (await import('./parameters/proposal.web.tsx')).ProposalPage,
  },
  {
    id: 'indicators',
    path: 'policies/indicators',
    permission: 'policy.read',
    load: async () => (await import('./indicators/indicators.web.tsx')).IndicatorsPage,
  },
  {
    id: 'indicator',
    path: 'policies/indicators/:id',
    permission: 'policy.read',
    load: async () => (await import('./indicators/indicator.web.tsx')).IndicatorPage,
  },
  {
    id: 'edit-indicator',
    path: 'policies/indicators/:id/edit',
    permission: 'policy.propose',
    load: async () => (await import('./indicators/edit.web.tsx')).EditIndicatorPage,
  },
  {
    id: 'indicator-proposals',
    path: 'policies/indicator-proposals',
    permission: 'policy.read',
    load: async () => (await import('./indicators/proposals.web.tsx')).IndicatorProposalsPage,
  },
  {
    id: 'indicator-proposal',
    path: 'policies/indicator-proposals/:id',
    permission: 'policy.read',
    load: async () => (await import('./indicators/proposal.web.tsx')).IndicatorProposalPage,
  },
  {
    id: 'policy-cases',
    path: 'policies/cases',
    permission: 'policy.read',
    load: async () => (await import('./cases/cases.web.tsx')).CasesPage,
  },
  {
    id: 'calendar',
    path: 'calendar',
    permission: 'calendar.read',
    load: async () => (await import('./calendar/calendar.web.tsx')).CalendarPage,
  },
] as const
