import { listPlacesBelow } from '#access/server'
import { type RegionCode, regionCode } from '#base'
import type { Tx } from '#store/server'
import { placeInName } from './place-in-name.ts'

/**
 * The place whose people a file speaks of when the sender did not say: the one right below `own` that the file's name
 * names, else `own`. What a file does not cover stays unknown, so a county's file must not count for the whole prefecture.
 */
export const coveredPlace = async (tx: Tx, own: string, fileName: string): Promise<RegionCode> => {
  const below = await listPlacesBelow(tx, own)
  return regionCode(placeInName(fileName, below) ?? own)
}
