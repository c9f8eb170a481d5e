import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { compileDmn, type DmnProgram, type JsonObject, parseExactJson } from '#policy/server'
import type { Command, Context } from '../context.server.ts'
import { exitCodes } from '../exit-codes.ts'
import { wordsIn } from '../words.ts'
import { modelIn, tellUnusable } from './dmn-files.server.ts'

interface Options {
  readonly input: string
  readonly import?: readonly string[]
  readonly engine: 'interpreter' | 'duckdb' | 'postgres'
  readonly problems?: boolean
}

const lineSchema = z.object({
  id: z.unknown(),
  invoke: z.string().nullish(),
  inputs: z.record(z.string(), z.unknown()).nullish(),
})

type Line = z.infer<typeof lineSchema>

/** Written in pieces of this many characters; a reader that is slow is waited for. */
const pieceLength = 65_536

const lineOf = (text: string): Line | undefined => {
  try {
    return lineSchema.safeParse(parseExactJson(text)).data
  } catch {
    return undefined // no JSON: the answer says so
  }
}

const badLine = (line: number) => {
  const text = (speech: 'zh' | 'en'): string => wordsIn(speech).say('dmn.badLine', { line })
  return { id: null, error: { code: 'dmn.bad-line', zh: text('zh'), en: text('en') } }
}

const idOf = (id: unknown): unknown => {
  const marked = id as { readonly '@number'?: string } | null | undefined
  return marked?.['@number'] ?? id ?? null
}

const answerOf = (program: DmnProgram, line: Line, options: Options): object => {
  const inputs = (line.inputs ?? {}) as JsonObject
  const { results, problems } = program.answer({ inputs, ...(line.invoke ? { invoke: line.invoke } : {}) })
  const answer = { id: idOf(line.id), results }
  if (!options.problems) return answer
  return { ...answer, problems: problems.map(({ code, text }) => ({ code, text })) }
}

/** False once nobody reads any more (`… | head`). */
const write = async (text: string): Promise<boolean> => {
  const { stdout } = process
  if (!stdout.write(text) && !stdout.destroyed) await once(stdout, 'drain').catch(() => undefined)
  return stdout.writable
}

const answerAll = async (program: DmnProgram, options: Options, signal: AbortSignal): Promise<boolean> => {
  const input = options.input === '-' ? process.stdin : createReadStream(options.input)
  let [line, piece, isWhole] = [0, '', true]
  // A file that cannot be opened fails here, before lines are waited for.
  if (input !== process.stdin) await once(input, 'open')
  for await (const text of createInterface({ input, signal, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1
    if (text.trim() === '') continue
    if (signal.aborted) break
    const asked = lineOf(text)
    if (!asked) isWhole = false
    piece += `${JSON.stringify(asked ? answerOf(program, asked, options) : badLine(line))}\n`
    if (piece.length < pieceLength) continue
    if (!(await write(piece))) return isWhole
    piece = ''
  }
  await write(piece)
  return isWhole
}

/**
 * `doudi policy dmn run`: a model answers lines. Gives 0 when every line could be read, 1 when one was no line, 2 on a model that cannot
 * be read.
 */
export const dmnRunCommand: Command = async (context: Context, { args, options: given }) => {
  const options = given as unknown as Options
  const file = String(args[0])
  let program: DmnProgram
  try {
    const imports = (options.import ?? []).map(modelIn)
    program = compileDmn(modelIn(file), imports, { engine: options.engine })
  } catch (error) {
    return tellUnusable(context, error, file)
  }
  const isWhole = await answerAll(program, options, context.signal)
  if (context.signal.aborted) return undefined
  return isWhole ? exitCodes.ok : exitCodes.failed
}
