import { expect, test } from 'vitest'
import { benchOf } from './testing/fact-probes.ts'
import { nationalTrial } from './testing/national.server.ts'
import { removeFacts } from './testing/removed-facts.ts'

const { forces, wideForce, households } = nationalTrial()
const benches = [wideForce, ...forces].map(benchOf)

// A thousand households of both packs: removed-facts.long.test.ts.
test('an answer that stands without a fact is the one that every value of the fact gives', () => {
  const seen = removeFacts(benches, households(60, 31))
  expect(seen.contradicted.slice(0, 5)).toEqual([])
  expect(seen.counts.facts).toBeGreaterThan(10_000)
  // Both ways out are met: facts that an answer can do without, and facts it cannot.
  expect(seen.counts.known).toBeGreaterThan(100_000)
  expect(seen.counts.unknown).toBeGreaterThan(10_000)
}, 120_000)

test('an engine that took a missing fact for absent would be found out', () => {
  expect(removeFacts(benches, households(4, 31), null).contradicted.length).toBeGreaterThan(100)
})
