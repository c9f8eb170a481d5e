import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { exportReleased } from '#rulebook/server'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import type { Command } from '../context.server.ts'
import { withInstallation } from '../session.server.ts'

/** `doudi policy export`: the values released in the console, written into the pack's files as an author would. */
export const exportCommand: Command = (context, { options }) =>
  withInstallation(context, async ({ installation }) => {
    const { out, words } = context
    const all = await inScope(installation.database, everywhere, (tx) => exportReleased(tx))
    const packs = all.filter(({ pack }) => options.pack === undefined || pack === options.pack)
    const folder = typeof options.out === 'string' ? options.out : undefined
    for (const { pack, released, files } of packs) {
      for (const [path, text] of Object.entries(files)) {
        if (folder === undefined) {
          out.line(`# policies/${pack}/${path}`)
          out.line(text.trimEnd())
          continue
        }
        const target = join(folder, pack, path)
        mkdirSync(dirname(target), { recursive: true })
        writeFileSync(target, text)
        out.line(words.say('policy.exportedFile', { file: target }))
      }
      out.line(words.say('policy.exported', { pack, released, files: Object.keys(files).length }))
    }
    if (packs.length === 0) out.line(words.say('policy.nothingReleased'))
    out.result({ packs })
    return undefined
  })
