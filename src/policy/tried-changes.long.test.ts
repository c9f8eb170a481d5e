import { expect, test, vi } from 'vitest'
import { benchOf } from './testing/fact-probes.ts'
import { drawFrom } from './testing/households.ts'
import { nationalTrial } from './testing/national.server.ts'
import { triedChanges } from './testing/tried-changes.ts'

vi.setConfig({ testTimeout: 1_800_000 })

test.for(['cn-national', 'cn-150200-baotou'])(
  '%s: what would change an outcome holds against every value tried, for 1,000 households',
  (id) => {
    const { forces, wideForce, drawnForce, households } = nationalTrial(id)
    const drawn = [1, 2, 3, 4, 5].map((seed) => drawnForce(seed))
    const seen = triedChanges(
      [wideForce, ...forces, ...drawn].map(benchOf),
      households(1000, 61),
      drawFrom(13),
    )
    expect(seen.wrong.slice(0, 10)).toEqual([])
    expect(seen.counts.households).toBeGreaterThan(950)
    expect(seen.counts.told).toBeGreaterThan(400)
  },
)
