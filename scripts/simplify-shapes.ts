/** Points on a whole-number grid, so that two neighbours write their common border with the very same points. */
export type Point = readonly [number, number]
export type Ring = readonly Point[]

const keyOf = ([x, y]: Point): string => `${x},${y}`

/** Leaves out points that repeat the one before; the ring comes back open (its first point is not repeated at the end). */
export const openRing = (points: readonly Point[]): Ring => {
  const kept = points.filter((p, i) => i === 0 || keyOf(p) !== keyOf(points[i - 1] ?? p))
  return kept.length > 1 && keyOf(kept[0] as Point) === keyOf(kept.at(-1) as Point) ? kept.slice(0, -1) : kept
}

/** Joins areas that were merged by law: edges run by two rings in opposite directions vanish, the rest is strung up. */
export const dissolve = (rings: readonly Ring[]): Ring[] => {
  const edges = new Map<string, [Point, Point]>()
  for (const ring of rings) {
    ring.forEach((from, i) => {
      const to = ring[(i + 1) % ring.length] as Point
      const back = `${keyOf(to)}>${keyOf(from)}`
      if (!edges.delete(back)) edges.set(`${keyOf(from)}>${keyOf(to)}`, [from, to])
    })
  }
  const joined: Ring[] = []
  while (edges.size > 0) {
    const [start] = edges.values().next().value as [Point, Point]
    const ring: Point[] = []
    for (let at = start; ring.length === 0 || keyOf(at) !== keyOf(start); ) {
      const edge = [...edges].find(([, [from]]) => keyOf(from) === keyOf(at))
      if (!edge) break
      edges.delete(edge[0])
      ring.push(at)
      at = edge[1][1]
    }
    joined.push(ring)
  }
  return joined
}

/**
 * Thins out all rings together. Rings are cut where their company changes, and each stretch is thinned (Douglas and
 * Peucker) in one direction only, so that a common border stays common and no gaps open between counties.
 */
export const simplify = (rings: readonly Ring[], tolerance: number): Ring[] => {
  const joints = jointsOf(rings)
  return rings.map((ring) => {
    const cuts = ring.flatMap((p, i) => (joints.has(keyOf(p)) ? [i] : []))
    const starts = cuts.length > 0 ? cuts : [lowestOf(ring)]
    return starts.flatMap((start, i) => {
      const end = starts[i + 1] ?? (starts[0] as number) + ring.length
      const stretch = Array.from(
        { length: end - start + 1 },
        (_, n) => ring[(start + n) % ring.length] as Point,
      )
      return thin(stretch, tolerance).slice(0, -1)
    })
  })
}

const lowestOf = (ring: Ring): number =>
  ring.reduce((best, p, i) => (keyOf(p) < keyOf(ring[best] as Point) ? i : best), 0)

// At the end of a common border one ring turns away, so its neighbours there differ from those of the other ring.
const jointsOf = (rings: readonly Ring[]): Set<string> => {
  const neighbours = new Map<string, string>()
  const joints = new Set<string>()
  for (const ring of rings) {
    ring.forEach((p, i) => {
      const before = keyOf(ring[(i + ring.length - 1) % ring.length] as Point)
      const after = keyOf(ring[(i + 1) % ring.length] as Point)
      const pair = before < after ? `${before} ${after}` : `${after} ${before}`
      const key = keyOf(p)
      const seen = neighbours.get(key)
      if (seen !== undefined && seen !== pair) joints.add(key)
      neighbours.set(key, pair)
    })
  }
  return joints
}

const thin = (stretch: readonly Point[], tolerance: number): readonly Point[] => {
  const first = stretch[0] as Point
  const last = stretch.at(-1) as Point
  if (keyOf(first) === keyOf(last)) return thinLoop(stretch, tolerance)
  if (keyOf(first) < keyOf(last)) return thinLine(stretch, tolerance)
  return thinLine(stretch.toReversed(), tolerance).toReversed()
}

const thinLoop = (loop: readonly Point[], tolerance: number): readonly Point[] => {
  const start = loop[0] as Point
  const far = loop.reduce(
    (best, p, i) => (distance(p, start) > distance(loop[best] as Point, start) ? i : best),
    0,
  )
  const there = thinLine(loop.slice(0, far + 1), tolerance)
  const back = thinLine(loop.slice(far).toReversed(), tolerance).toReversed()
  return [...there, ...back.slice(1)]
}

const thinLine = (line: readonly Point[], tolerance: number): readonly Point[] => {
  const first = line[0] as Point
  const last = line.at(-1) as Point
  let [worst, far] = [0, tolerance]
  for (let i = 1; i < line.length - 1; i += 1) {
    const off = distanceToSegment(line[i] as Point, first, last)
    if (off > far) [worst, far] = [i, off]
  }
  if (worst === 0) return [first, last]
  return [
    ...thinLine(line.slice(0, worst + 1), tolerance),
    ...thinLine(line.slice(worst), tolerance).slice(1),
  ]
}

const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1])

const distanceToSegment = (p: Point, a: Point, b: Point): number => {
  const length = distance(a, b)
  if (length === 0) return distance(p, a)
  const along = ((p[0] - a[0]) * (b[0] - a[0]) + (p[1] - a[1]) * (b[1] - a[1])) / (length * length)
  const t = Math.max(0, Math.min(1, along))
  return distance(p, [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])])
}
