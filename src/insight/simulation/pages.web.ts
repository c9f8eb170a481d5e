/** The pages of simulations in the form of the console's registry; they stand under the tabs of the policy library. */
export const simulationPages = [
  {
    id: 'simulations',
    path: 'simulations',
    permission: 'simulation.read',
    load: async () => (await import('./simulation-list.web.tsx')).SimulationListPage,
  },
  {
    id: 'simulate',
    path: 'simulations/new',
    permission: 'simulation.run',
    load: async () => (await import('./new-simulation.web.tsx')).NewSimulationPage,
  },
  {
    id: 'simulation',
    path: 'simulations/:id',
    permission: 'simulation.read',
    load: async () => (await import('./saved-simulation.web.tsx')).SavedSimulationPage,
  },
] as const
