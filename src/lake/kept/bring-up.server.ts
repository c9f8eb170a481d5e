import { assert } from '#base'
import { parquetRelation } from '../engine/dialect.ts'
import { type BringUp, type BroughtUp, shapeOf } from './common.server.ts'
import { follow } from './follow.server.ts'
import type { BringUpInputs, Kept } from './kept.ts'
import { layOut } from './lay-out.server.ts'

/** Everything is laid out anew after so many passes: until then each adds a file of rows a kind. */
const mostPasses = 60
/** … or when one household in so many stands beside the files of all. */
const share = 5

const besideAll = async ({ engine, files }: BringUp, { changed }: Kept): Promise<number> => {
  if (!changed.household) return 0
  const [row] = await engine.rows<{ n: number }>(
    `select count(*) as n from ${parquetRelation([files.path(changed.household)])}`,
  )
  return row?.n ?? 0
}

/**
 * Brings what is kept of everybody up to the files that count, the registry in the engine's input tables, and the day. With
 * what was kept `before` it follows what happened since; without, or when it was made otherwise, for a later day, or has too
 * much beside it, everything is made anew. The new state is on disk; it is in force when the caller's transaction says so.
 */
export const bringUp = async (
  work: BringUp,
  inputs: BringUpInputs,
  before: Kept | undefined,
): Promise<BroughtUp> => {
  const generation = Math.max(0, before?.generation ?? 0, ...work.files.generations()) + 1
  const follows =
    before !== undefined &&
    before.shape === shapeOf(work, inputs) &&
    before.today <= inputs.today &&
    generation - before.laidOut <= mostPasses &&
    (await besideAll(work, before)) * share <= before.next.hid
  assert(new Set(inputs.feeds.map(({ id }) => id)).size === inputs.feeds.length, 'a file is listed twice')
  return follows ? follow(work, inputs, generation, before) : layOut(work, inputs, generation)
}
