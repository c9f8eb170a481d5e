import { expect, test, vi } from 'vitest'
import { benchOf } from './testing/fact-probes.ts'
import { nationalTrial } from './testing/national.server.ts'
import { removeFacts } from './testing/removed-facts.ts'

vi.setConfig({ testTimeout: 3_600_000 })

test.for([
  ['cn-national', 1000],
  ['cn-150200-baotou', 1000],
] as const)(
  '%s: without any one fact of %i households no answer stands that a value contradicts',
  ([id, count]) => {
    const { pack, forces, wideForce, households } = nationalTrial(id)
    const seen = removeFacts([wideForce, ...forces].map(benchOf), households(count, 41))
    expect(seen.contradicted.slice(0, 5)).toEqual([])
    expect(seen.counts.values).toBeGreaterThan(1_000_000)
    expect(pack.layers).toContain('cn-national')
  },
)
