import { expect, test } from 'vitest'
import { benchOf } from './testing/fact-probes.ts'
import { drawFrom } from './testing/households.ts'
import { nationalTrial } from './testing/national.server.ts'
import { triedChanges } from './testing/tried-changes.ts'

// A thousand households: tried-changes.long.test.ts.
test('what would change an outcome is the nearest value that does, and where none is told none does', () => {
  const { forces, wideForce, drawnForce, households } = nationalTrial()
  const benches = [wideForce, ...forces, drawnForce(1), drawnForce(2)].map(benchOf)
  const seen = triedChanges(benches, households(50, 77), drawFrom(9))
  expect(seen.wrong).toEqual([])
  expect(seen.counts.households).toBeGreaterThan(45)
  expect(seen.counts.told).toBeGreaterThan(20)
  expect(seen.counts.none).toBeGreaterThan(500)
}, 60_000)
