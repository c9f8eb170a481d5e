/** The door of insight for pages: the sketch of a place with a figure for each place below it. */
export { type MapPlace, PlaceMap } from './map/place-map.web.tsx'
