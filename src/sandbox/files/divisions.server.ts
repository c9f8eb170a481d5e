import { readdirSync, readFileSync } from 'node:fs'
import { assert } from '#base'
import type { Division } from '../world/places.ts'

const folder = new URL('../../../regions/', import.meta.url)

/** The divisions of a prefecture (four digits) from the committed region list. */
export const loadDivisions = (region: string): Division[] => {
  const file = readdirSync(folder).find((name) => name.startsWith(`${region}00-`) && name.endsWith('.csv'))
  assert(file !== undefined, `no region list for ${region}`)
  const [header = '', ...lines] = readFileSync(new URL(file, folder), 'utf8').trim().split(/\r?\n/u)
  const columns = header.split(',')
  const [code, name] = [columns.indexOf('code'), columns.indexOf('name')]
  assert(code >= 0 && name >= 0, `the region list ${file} has other columns`)
  return lines.map((line) => {
    const cells = line.split(',')
    return { code: cells[code] ?? '', name: cells[name] ?? '' }
  })
}
