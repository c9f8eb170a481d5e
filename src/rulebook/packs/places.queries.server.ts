import type { Tx } from '#store/server'

/** Names of regions by their code; a code nobody knows is told as it is, and twelve zeros are the whole country. */
export const regionNames = async (tx: Tx, codes: readonly string[]): Promise<(code: string) => string> => {
  const wanted = [...new Set(codes)]
  const rows =
    wanted.length > 0
      ? await tx.selectFrom('regions').select(['code', 'name']).where('code', 'in', wanted).execute()
      : []
  const names = new Map([[wholeCountry, '全国'], ...rows.map(({ code, name }) => [code, name] as const)])
  return (code) => names.get(code) ?? code
}

/** The code that stands for the whole country. */
export const wholeCountry = '000000000000'

/** The places directly below a region, in the order of their codes. */
export const listPlacesBelow = (tx: Tx, code: string) =>
  tx
    .selectFrom('regions')
    .select(['code', 'name'])
    .where('parent_code', '=', code)
    .where('valid_until', 'is', null)
    .orderBy('code')
    .execute()
