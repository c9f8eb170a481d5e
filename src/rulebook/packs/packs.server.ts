import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { type BusinessDate, canonicalJson, Refusal, regionCode } from '#base'
import { checkPack, findingText, type Pack, type PackInForce, packInForce, readPack } from '#policy'
import { packFilesIn } from '#policy/server'

/** A pack that passed the checker, with the hash of its canonical form. */
export interface CheckedPack {
  readonly pack: Pack
  readonly hash: string
}

const policies = new URL('../../../policies/', import.meta.url)

/** Loads a pack of `policies/` by name. Refuses with `rulebook.pack-broken`, naming file and line, where the checker objects. */
export const openPack = (name: string): CheckedPack => {
  const files = packFilesIn(fileURLToPath(new URL(`${name}/`, policies)))
  const findings = checkPack(files)
  const { pack } = readPack(files)
  if (!pack || findings.length) {
    throw new Refusal('rulebook.pack-broken', {
      pack: name,
      finding: findings[0] ? findingText(findings[0], 'zh-CN') : '',
    })
  }
  return { pack, hash: createHash('sha256').update(canonicalJson(files)).digest('hex') }
}

/** The pack as it holds on a day in a region. */
export const packOn = ({ pack }: CheckedPack, on: BusinessDate, region: string): PackInForce =>
  packInForce(pack, { on, region: regionCode(region) })
