import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RegionTree } from '#base'
import type { LayoutInForce } from '../layouts/in-force.server.ts'

const room = fileURLToPath(new URL('..', import.meta.url))
const isReading = (name: string): boolean =>
  name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('.web.ts')

/**
 * A mark of all that decides what a file's rows become: this room's program, the layouts it may be read by, the places
 * its rows may name, and how many rows make a part. A reading goes on only under the mark it began with.
 */
export const readByMark = (
  layouts: readonly LayoutInForce[],
  regions: RegionTree,
  rowsPerPart: number,
): string => {
  const hash = createHash('sha256').update(JSON.stringify([layouts, rowsPerPart]))
  for (const { code, name } of regions.all) hash.update(code).update(name)
  for (const name of readdirSync(room, { recursive: true, encoding: 'utf8' }).filter(isReading).sort())
    hash.update(name).update(readFileSync(join(room, name)))
  return hash.digest('hex')
}
