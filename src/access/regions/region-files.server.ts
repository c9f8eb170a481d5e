import { readdirSync, readFileSync } from 'node:fs'
import { type RegionTree, regionTree } from '#base'

/** The region tree from the committed files in `regions/` (a folder URL that ends with a slash). */
export const readRegionFolder = (folder: URL): RegionTree => {
  const text = (name: string) => readFileSync(new URL(name, folder), 'utf8')
  const tables = readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .sort()
    .map(text)
  return regionTree({
    tables,
    levelNames: text('level-names.yaml'),
    changes: text('changes.yaml'),
    zones: text('zones.yaml'),
  })
}
