import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { compileDmn, type DmnAnswer, type JsonObject, parseExactJson } from '#policy/server'
import type { Command, Context } from '../context.server.ts'
import { exitCodes } from '../exit-codes.ts'
import { wordsIn } from '../words.ts'
import { type Answering, type EngineName, type Models, withEngine } from './dmn-engine.server.ts'
import { modelIn, tellUnusable } from './dmn-files.server.ts'

interface Options {
  readonly input: string
  readonly import?: readonly string[]
  readonly engine: EngineName
  readonly problems?: boolean
}

const lineSchema = z.object({
  id: z.unknown(),
  invoke: z.string().nullish(),
  inputs: z.record(z.string(), z.unknown()).nullish(),
})

type Line = z.infer<typeof lineSchema>

/** So many lines are answered together: an engine of SQL takes them as one statement. */
const batchSize = 500

/** A line that asks for something, or what can still be told of one that does not: its id, if it has one. */
type Asked = { readonly line: Line } | { readonly line: undefined; readonly id: unknown }

const lineOf = (text: string): Asked => {
  try {
    const json = parseExactJson(text)
    const { data } = lineSchema.safeParse(json)
    if (data) return { line: data }
    return { line: undefined, id: z.object({ id: z.unknown() }).safeParse(json).data?.id }
  } catch {
    return { line: undefined, id: null } // no JSON: the answer says so
  }
}

const badLine = (line: number, id: unknown) => {
  const text = (speech: 'zh' | 'en'): string => wordsIn(speech).say('dmn.badLine', { line })
  return { id: idOf(id), error: { code: 'dmn.bad-line', zh: text('zh'), en: text('en') } }
}

const idOf = (id: unknown): unknown => {
  const marked = id as { readonly '@number'?: string } | null | undefined
  return marked?.['@number'] ?? id ?? null
}

const askedBy = (line: Line) => ({
  inputs: (line.inputs ?? {}) as JsonObject,
  ...(line.invoke ? { invoke: line.invoke } : {}),
})

const told = (line: Line, { results, problems }: DmnAnswer, options: Options): object => {
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

type Read = { readonly number: number; readonly asked: Asked }

const answersTo = async (answer: Answering, batch: readonly Read[], options: Options): Promise<string> => {
  const lines = batch.flatMap(({ asked }) => asked.line ?? [])
  const answers = [...(await answer(lines.map(askedBy)))]
  const texts = batch.map(({ number, asked }) => {
    if (!asked.line) return JSON.stringify(badLine(number, asked.id))
    const found = answers.shift()
    return JSON.stringify(found ? told(asked.line, found, options) : badLine(number, asked.line.id))
  })
  return texts.map((text) => `${text}\n`).join('')
}

const answerAll = async (answer: Answering, options: Options, signal: AbortSignal): Promise<boolean> => {
  const input = options.input === '-' ? process.stdin : createReadStream(options.input)
  let [number, isWhole]: [number, boolean] = [0, true]
  let batch: Read[] = []
  // A file that cannot be opened fails here, before lines are waited for.
  if (input !== process.stdin) await once(input, 'open')
  for await (const text of createInterface({ input, signal, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1
    if (text.trim() === '') continue
    if (signal.aborted) break
    const asked = lineOf(text)
    if (!asked.line) isWhole = false
    batch.push({ number, asked })
    if (batch.length < batchSize) continue
    if (!(await write(await answersTo(answer, batch, options)))) return isWhole
    batch = []
  }
  if (batch.length > 0) await write(await answersTo(answer, batch, options))
  return isWhole
}

/**
 * `doudi policy dmn run`: a model answers lines. Gives 0 when every line could be read, 1 when one was no line, 2 on a model that cannot
 * be read.
 */
export const dmnRunCommand: Command = async (context: Context, { args, options: given }) => {
  const options = given as unknown as Options
  const file = String(args[0])
  let models: Models
  try {
    const [main, imports] = [modelIn(file), (options.import ?? []).map(modelIn)]
    models = { main, imports, program: compileDmn(main, imports) }
  } catch (error) {
    return tellUnusable(context, error, file)
  }
  const isWhole = await withEngine(context, options.engine, models, (answer) =>
    answerAll(answer, options, context.signal),
  )
  if (context.signal.aborted) return undefined
  return isWhole ? exitCodes.ok : exitCodes.failed
}
