import { householdSchema, rootEntity } from '#policy'
import type { Command } from '../context.server.ts'
import { usablePack } from './packs.server.ts'

/** `doudi policy schema`: the JSON Schema of a household file, by the facts a pack knows. */
export const schemaCommand: Command = async ({ out, words }, { options }) => {
  const pack = usablePack(options.pack, words.language)
  const schema = householdSchema(pack, rootEntity(pack))
  if (!out.json) out.line(JSON.stringify(schema, undefined, 2))
  out.result({ schema })
  return undefined
}
