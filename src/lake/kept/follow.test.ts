import { test } from '@fast-check/vitest'
import { afterAll, beforeAll } from 'vitest'
import { beginnings, live, spans } from '#testing/kept-histories.ts'
import { type KeptFixture, openKept } from './kept-fixture.server.ts'

let lake: KeptFixture
beforeAll(async () => {
  lake = await openKept()
})
afterAll(() => lake.close())

// A few of them, with what happens in some days; `follow.long.test.ts` has many.
test.prop([beginnings, spans(3)], { numRuns: 2, endOnFailure: true })(
  'who follows what happened knows what he would know who begins anew',
  (beginning, history) => live(lake, beginning, history),
  300_000,
)
