/** The door of monitoring for pages: its own pages, and the parts that other pages show. */
export { type AlertQuery, useAlertCounts } from './alerts/alert-queries.web.ts'
export { type PlaceCounts, placeIn, usePlaces } from './alerts/places.web.ts'
export { HomeNumbers } from './home/home-numbers.web.tsx'
export { TodoList } from './home/todo-list.web.tsx'
export { HouseholdAlerts, LeadAlerts } from './household/household-alerts.web.tsx'
export { monitoringPages } from './pages.web.ts'

export { scanPages } from './scan/pages.web.tsx'
