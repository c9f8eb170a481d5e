import type { Shapes } from './projection.ts'

// Vite makes a file of its own of each city's outlines; only the one that is shown is loaded.
const files = import.meta.glob<Shapes>('/regions/shapes/*.generated.json', { import: 'default' })

const fileOf = (code: string) => files[`/regions/shapes/${code.slice(0, 6)}.generated.json`]

/** Whether the places below this one can be drawn: only the counties of the cities whose outlines are kept. */
export const hasShapes = (code: string): boolean => code.endsWith('00000000') && fileOf(code) !== undefined

/** The outlines of the places below a city; throws when the file cannot be loaded or none is kept. */
export const loadShapes = async (code: string): Promise<Shapes> => {
  const load = fileOf(code)
  if (!load) throw new Error(`no outlines are kept for ${code}`)
  return load()
}
