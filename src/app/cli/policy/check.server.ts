import { checkRead, findingText } from '#policy'
import { loadPack } from '#policy/server'
import type { Command } from '../context.server.ts'
import { exitCodes } from '../exit-codes.ts'
import { folderOf, packIds } from './packs.server.ts'

/** `doudi policy check`: reads packs with everything they lie over and tells what is wrong, with file and line. */
export const checkCommand: Command = async ({ out, words }, { options }) => {
  const packs = packIds(options.pack).map((id) => {
    const read = loadPack(folderOf(id))
    const findings = checkRead(read).map((finding) => ({
      ...finding,
      zh: findingText(finding, 'zh-CN'),
      en: findingText(finding, 'en'),
    }))
    for (const { zh, en } of findings) out.line(`policies/${id}/${words.pick({ zh, en })}`)
    const { pack } = read
    const counts = {
      rules: (pack?.rules.length ?? 0) + (pack?.definitions.size ?? 0),
      programmes: Object.keys(pack?.programmes ?? {}).length,
      cases: (pack?.cases.length ?? 0) + (pack?.programmeCases.length ?? 0),
    }
    out.line(words.say('policy.checked', { id, ...counts, findings: findings.length }))
    if (pack?.head.status === 'draft') out.line(words.say('policy.isDraft', { pack: id }))
    return { id, ...counts, findings }
  })
  const isClean = packs.every(({ findings }) => findings.length === 0)
  out.result({ ok: isClean, packs })
  return isClean ? undefined : exitCodes.failed
}
