import { writeFileSync } from 'node:fs'
import { writeDmn } from '#policy/server'
import type { Command } from '../context.server.ts'
import { modelIn, tellUnusable } from './dmn-files.server.ts'

/** `doudi policy dmn write`: a model written anew as DMN 1.5. Gives 2 on a model that cannot be read. */
export const dmnWriteCommand: Command = async (context, { args, options }) => {
  const { out, words } = context
  const file = String(args[0])
  let text: string
  try {
    text = writeDmn(modelIn(file).model)
  } catch (error) {
    return tellUnusable(context, error, file)
  }
  const target = options.out
  if (typeof target !== 'string') {
    if (out.json) out.result({ xml: text })
    else process.stdout.write(text)
    return undefined
  }
  writeFileSync(target, text)
  out.line(words.say('dmn.written', { file: target }))
  out.result({ file: target })
  return undefined
}
