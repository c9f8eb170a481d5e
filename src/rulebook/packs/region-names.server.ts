import { findPlaceNames } from '#access/server'
import type { Tx } from '#store/server'

/** The code that stands for the whole country. */
export const wholeCountry = '000000000000'

/** Names of regions by their code; a code nobody knows is told as it is, and twelve zeros are the whole country. */
export const regionNames = async (tx: Tx, codes: readonly string[]): Promise<(code: string) => string> => {
  const names = await findPlaceNames(tx, codes)
  return (code) => (code === wholeCountry ? '全国' : (names.get(code) ?? code))
}
