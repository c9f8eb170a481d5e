/** A point as longitude and latitude, or as x and y on the drawing. */
type Point = readonly [number, number]
type Ring = readonly Point[]

interface Polygon {
  readonly type: 'Polygon'
  readonly coordinates: readonly Ring[]
}

interface MultiPolygon {
  readonly type: 'MultiPolygon'
  readonly coordinates: readonly (readonly Ring[])[]
}

/** Outlines of places as the files in `regions/shapes` hold them (GeoJSON). */
export interface Shapes {
  readonly features: readonly {
    readonly properties: { readonly name: string; readonly code: string }
    readonly geometry: Polygon | MultiPolygon
  }[]
}

/** A place drawn: its outline as an SVG path, and a point well inside it for its label. */
export interface Drawn {
  readonly code: string
  readonly name: string
  readonly path: string
  readonly label: Point
}

export interface Drawing {
  readonly width: number
  readonly height: number
  readonly places: readonly Drawn[]
}

const polygonsOf = ({ geometry }: Shapes['features'][number]): readonly (readonly Ring[])[] =>
  geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates

const rounded = (value: number): number => Math.round(value * 10) / 10

/** Draws outlines to a width: degrees of longitude shortened by the latitude, north up; enough for a sketch of a city. */
export const draw = (shapes: Shapes, width: number): Drawing => {
  const points = shapes.features.flatMap((feature) => polygonsOf(feature).flat(2))
  if (points.length === 0) return { width, height: 0, places: [] }
  const west = Math.min(...points.map(([x]) => x))
  const east = Math.max(...points.map(([x]) => x))
  const south = Math.min(...points.map(([, y]) => y))
  const north = Math.max(...points.map(([, y]) => y))
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = width / ((east - west) * squeeze)
  const place = ([x, y]: Point): Point => [
    rounded((x - west) * squeeze * scale),
    rounded((north - y) * scale),
  ]
  const places = shapes.features.map((feature): Drawn => {
    const polygons = polygonsOf(feature).map((rings) => rings.map((ring) => ring.map(place)))
    const path = polygons.flatMap((rings) => rings.map((ring) => `M${ring.join('L')}Z`)).join('')
    return { ...feature.properties, path, label: labelPoint(polygons) }
  })
  return { width, height: Math.ceil((north - south) * scale), places }
}

const areaOf = (ring: Ring): number =>
  Math.abs(
    ring.reduce((sum, [x, y], index) => {
      const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y]
      return sum + x * nextY - nextX * y
    }, 0),
  )

/** Whether a point lies inside a ring (even-odd rule). */
export const isInside = ([x, y]: Point, ring: Ring): boolean => {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i] ?? [0, 0]
    const [xj, yj] = ring[j] ?? [0, 0]
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}

const distanceToEdge = ([x, y]: Point, ring: Ring): number =>
  Math.min(
    ...ring.map(([ax, ay], index) => {
      const [bx, by] = ring[(index + 1) % ring.length] ?? [ax, ay]
      const length = (bx - ax) ** 2 + (by - ay) ** 2
      const along = length === 0 ? 0 : ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length
      const at = Math.max(0, Math.min(1, along))
      return Math.hypot(x - (ax + at * (bx - ax)), y - (ay + at * (by - ay)))
    }),
  )

const gridSteps = 16

// The point of a grid that lies deepest inside the largest part: a centre of gravity may lie outside a crescent.
const labelPoint = (polygons: readonly (readonly Ring[])[]): Point => {
  const ring = polygons.map(([outer = []]) => outer).reduce((a, b) => (areaOf(b) > areaOf(a) ? b : a), [])
  const xs = ring.map(([x]) => x)
  const ys = ring.map(([, y]) => y)
  const [left, right] = [Math.min(...xs), Math.max(...xs)]
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)]
  let best: { point: Point; depth: number } = { point: [(left + right) / 2, (top + bottom) / 2], depth: 0 }
  for (let i = 1; i < gridSteps; i++) {
    for (let j = 1; j < gridSteps; j++) {
      const point: Point = [
        rounded(left + ((right - left) * i) / gridSteps),
        rounded(top + ((bottom - top) * j) / gridSteps),
      ]
      const depth = isInside(point, ring) ? distanceToEdge(point, ring) : 0
      if (depth > best.depth) best = { point, depth }
    }
  }
  return best.point
}

/** The step of a tint, 0 to 4: nothing, then quarters of the largest figure. */
export const tintOf = (value: number, largest: number): 0 | 1 | 2 | 3 | 4 => {
  if (value <= 0 || largest <= 0) return 0
  const share = value / largest
  if (share > 0.75) return 4
  if (share > 0.5) return 3
  return share > 0.25 ? 2 : 1
}
