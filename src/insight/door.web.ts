/** The door of insight for pages: the sketch of a place with a figure for each place below it, and the simulations. */
export { type MapPlace, PlaceMap } from './map/place-map.web.tsx'
export { simulationPages } from './simulation/pages.web.ts'
