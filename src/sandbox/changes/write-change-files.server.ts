import { type FeedKind, feedKinds } from '#exchange'
import { loadLayouts } from '#exchange/server'
import { fileMaker } from '../files/build-file.server.ts'
import { saveFile, type WrittenFile } from '../files/write-feed-files.server.ts'
import type { World } from '../world/make-world.ts'
import type { WorldRow } from '../world/rows.ts'
import type { ChangePlan } from './plan-changes.ts'

/**
 * Writes the planned rows as further files, one for each kind that has any, of the month of the business date.
 * They add rows to what was sent before; they do not replace it.
 */
export const writeChangeFiles = async (
  world: World,
  plan: ChangePlan,
  folder: string,
): Promise<WrittenFile[]> => {
  const maker = fileMaker(world, await loadLayouts())
  const period = world.input.businessDate.slice(0, 7)
  const written: WrittenFile[] = []
  for (const kind of feedKinds) {
    const rows = plan.rows[kind as FeedKind] as readonly WorldRow[] | undefined
    if (!rows || rows.length === 0) continue
    written.push(await saveFile(world, maker.build(kind, rows, period, '_新增'), folder, period))
  }
  return written
}
