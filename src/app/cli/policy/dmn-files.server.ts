import { readFileSync } from 'node:fs'
import { Refusal } from '#base'
import { type DmnSource, decodeXml, readDmn } from '#policy/server'
import type { Context } from '../context.server.ts'
import { exitCodes } from '../exit-codes.ts'
import { jsonLine } from '../output.server.ts'

/** Reads a model from its file. Refuses what the room of policies refuses, with the file's path. */
export const modelIn = (file: string): DmnSource => readDmn(decodeXml(readFileSync(file), file), file)

/** A file that cannot be used: one sentence, exit code 2 as for wrong words. Anything else is thrown on. */
export const tellUnusable = async (
  { words, out }: Context,
  error: unknown,
  file: string,
): Promise<number> => {
  const { asRefusal, refusalTexts } = await import('../failures.server.ts')
  const refusal = asRefusal(error, file)
  const isAboutFile = /^(policy\.dmn-|app\.file-trouble$)/u.test(refusal.code)
  if (!isAboutFile) throw error instanceof Refusal ? error : refusal
  const texts = refusalTexts(refusal)
  process.stderr.write(`${words.pick(texts)}\n`)
  if (out.json) process.stdout.write(jsonLine({ ok: false, error: { code: refusal.code, ...texts } }))
  return exitCodes.usage
}
