import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { handSet } from './parameters.ts'

/**
 * Hash of all that the comparison of an identity with a person rests on: this folder's code, the readings of characters, the
 * parameters. Where it is another than that of what was kept, everything is compared again.
 */
export const matchingShape = (): string => {
  const hash = createHash('sha256').update(JSON.stringify(handSet))
  const here = import.meta.dirname
  const sources = readdirSync(here).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  for (const name of sources.toSorted()) hash.update(readFileSync(join(here, name)))
  hash.update(readFileSync(createRequire(import.meta.url).resolve('pinyin-pro')))
  return hash.digest('hex')
}
