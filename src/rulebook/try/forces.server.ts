import type { BusinessDate, RegionCode } from '#base'
import { type PackInForce, packInForce } from '#policy'
import type { CheckedPack } from '../packs/packs.server.ts'

/** Gives packs as they hold on a day in a region, and keeps the last few: their trees are made when first asked for. */
export type Forces = (checked: CheckedPack, on: string, region: string) => PackInForce

const mostKept = 12

export const keepForces = (): Forces => {
  const kept = new Map<string, PackInForce>()
  return ({ pack, hash }, on, region) => {
    const key = `${hash} ${on} ${region}`
    const force = kept.get(key) ?? packInForce(pack, { on: on as BusinessDate, region: region as RegionCode })
    kept.delete(key)
    kept.set(key, force)
    for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest)
    return force
  }
}
