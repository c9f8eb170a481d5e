import { fc } from '@fast-check/vitest'
import { expect } from 'vitest'
import type { Secrecy } from '#access/server'
import type { Database } from '#store/server'
import { resolvedBothWays } from '../src/registry/testing/matching-anew.server.ts'
import type { Step } from '../src/registry/testing/matching-world.server.ts'

// Names that are the same, sound the same, differ in a character or are another's; places of two counties.
const name = fc.constantFrom(
  '杨秀英',
  '杨秀瑛',
  '楊秀英',
  '杨秀兰',
  '王建国',
  '王健国',
  '李四',
  '阿依古丽·买买提',
)
const birthDate = fc.constantFrom('1956-03-12', '1956-03-21', '1956-12-03', '1987-04-12', '1957-03-12')
const regionCode = fc.constantFrom(
  '532901001001',
  '532901001002',
  '532901002001',
  '532923001001',
  '532901000000',
)
const place = fc.nat(40)

const row = fc.record({
  kind: fc.constantFrom('vehicles' as const, 'disability' as const),
  name,
  birthDate: fc.option(birthDate, { nil: undefined, freq: 6 }),
  regionCode,
  number: fc.oneof(
    fc.constant('none' as const),
    fc.record({ spoiled: place, at: fc.nat(16) }),
    fc.record({ serial: fc.nat(3) }),
    fc.record({ of: place }),
  ),
})

const come = fc.record({
  do: fc.constant('come' as const),
  name,
  birthDate,
  regionCode,
  hasNumber: fc.boolean(),
})
const file = fc.record({
  do: fc.constant('file' as const),
  rows: fc.array(row, { minLength: 1, maxLength: 6 }),
})

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: come },
  { weight: 3, arbitrary: file },
  fc.record({ do: fc.constantFrom('leave' as const, 'return' as const, 'lose-number' as const), who: place }),
  fc.record({
    do: fc.constant('rename' as const),
    who: place,
    name: fc.option(name, { nil: undefined, freq: 5 }),
  }),
  fc.record({
    do: fc.constant('be-born' as const),
    who: place,
    birthDate: fc.option(birthDate, { nil: undefined }),
  }),
  fc.record({ do: fc.constant('move' as const), who: place, regionCode }),
  fc.record({ do: fc.constantFrom('take-back' as const, 'quarantine' as const), file: place }),
  fc.record({ do: fc.constant('decide' as const), row: place, who: place, same: fc.boolean() }),
  fc.record({ do: fc.constant('undo' as const), row: place }),
  fc.record({ do: fc.constant('dismiss' as const), lead: place }),
)

/** What happens before each of several scans. */
export const anyHistory = (scans: number): fc.Arbitrary<Step[][]> =>
  fc
    .tuple(
      fc.array(come, { minLength: 2, maxLength: 5 }),
      file,
      fc.array(fc.array(step, { maxLength: 4 }), { minLength: 1, maxLength: scans - 1 }),
    )
    .map(([people, first, later]) => [[...people, first], ...later])

/** What is kept resolves the identities of these files as comparing everything anew does. */
export const expectAsAnew = async (
  database: Database,
  secrecy: Secrecy,
  files: readonly string[],
): Promise<void> => {
  const { kept, anew } = await resolvedBothWays(database, secrecy, files)
  expect(kept).toEqual(anew)
}
