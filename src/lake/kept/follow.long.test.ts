import { test } from '@fast-check/vitest'
import { afterAll, beforeAll } from 'vitest'
import { beginnings, live, spans } from '#testing/kept-histories.ts'
import { type KeptFixture, openKept } from './kept-fixture.server.ts'

let lake: KeptFixture
beforeAll(async () => {
  lake = await openKept()
})
afterAll(() => lake.close())

test.prop([beginnings, spans(8)], { numRuns: 200, endOnFailure: true })(
  'who follows what happened, through long histories, knows what he would know who begins anew',
  (beginning, history) => live(lake, beginning, history),
  7_200_000,
)
