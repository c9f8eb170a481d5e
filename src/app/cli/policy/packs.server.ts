import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Refusal } from '#base'
import { checkRead, findingText, type Pack, readTrialValues, type TrialValues } from '#policy'
import { loadPack } from '#policy/server'

const policies = fileURLToPath(new URL('../../../../policies/', import.meta.url))

const isPack = (id: string): boolean => existsSync(`${policies}${id}/pack.yaml`)

/** The packs that come with the program, or the one asked for. Refuses an id that is none. */
export const packIds = (asked: unknown): readonly string[] => {
  if (asked === undefined) return readdirSync(policies).filter(isPack).toSorted()
  if (!isPack(String(asked))) throw new Refusal('app.no-such-pack', { pack: String(asked) })
  return [String(asked)]
}

/** The folder of a pack. */
export const folderOf = (id: string): string => `${policies}${id}`

/** A pack that the checker has no objection to. Refuses with the first finding otherwise. */
export const usablePack = (asked: unknown, language: 'zh-CN' | 'en'): Pack => {
  const [id = ''] = packIds(asked)
  const read = loadPack(folderOf(id))
  const [finding] = checkRead(read)
  if (!read.pack || finding) {
    const text = finding ? findingText(finding, language) : ''
    throw new Refusal('app.pack-broken', { pack: id, finding: text })
  }
  return read.pack
}

/** A pack with the values of a file over its own; as it is where no file was named. Refuses with the file's first finding. */
export const withTrialValues = (
  pack: Pack,
  file: unknown,
  language: 'zh-CN' | 'en',
): Pick<TrialValues, 'pack' | 'given'> => {
  if (file === undefined) return { pack, given: {} }
  const trial = readTrialValues(pack, basename(String(file)), readFileSync(String(file), 'utf8'))
  const [finding] = trial.findings
  if (finding)
    throw new Refusal('app.pack-broken', { pack: pack.head.id, finding: findingText(finding, language) })
  return trial
}
