import type { Tx } from '#store/server'
import { chaptersOf, indicatorsId, regionIn } from './content.ts'
import { listAllReleased } from './packs.queries.server.ts'
import { type OpenOptions, readLayers, refuseContradiction } from './packs.server.ts'
import { withReleased } from './with-released.ts'

/** The files of one pack as they are with the released values written into them. */
export interface ExportedPack {
  readonly pack: string
  /** How many values and versions were released for it. */
  readonly released: number
  /** The files that change, by their path inside the pack's folder. Empty where the files hold everything already. */
  readonly files: Readonly<Record<string, string>>
}

/**
 * Writes the released values and versions back as an author would, for every pack they were released for. Refuses with
 * `rulebook.contradicts-release` where a file says otherwise. Writes nothing to disk.
 */
export const exportReleased = async (
  tx: Tx,
  { policies }: Pick<OpenOptions, 'policies'> = {},
): Promise<readonly ExportedPack[]> => {
  const { values, versions: all } = await listAllReleased(tx)
  const packs = [...values.map(({ pack }) => pack), ...(all.length > 0 ? [indicatorsId] : [])]
  return [...new Set(packs)].toSorted().flatMap((pack) => {
    const layer = readLayers(pack, policies).at(-1)
    if (!layer) return []
    const rows = values.filter((row) => row.pack === pack)
    const versions = pack === indicatorsId ? all : []
    const { files, changed, contradictions } = withReleased(layer.files, rows, regionIn(layer.files))
    const [first] = contradictions
    refuseContradiction(pack, first && { ...first, pack })
    const texts = changed.map((path) => [path, files[path] ?? ''])
    const chapters = chaptersOf(layer.files, versions)
    return [
      {
        pack,
        released: rows.length + versions.length,
        files: { ...Object.fromEntries(texts), ...chapters },
      },
    ]
  })
}
