import { readFileSync } from 'node:fs'
import { z } from 'zod'
import {
  evaluateFeel,
  type FeelProblem,
  fromJson,
  type JsonObject,
  parseExactJson,
  parseFeel,
  scopeOf,
  toIso,
  toJson,
} from '#policy/server'
import type { Command, Context } from '../context.server.ts'
import { exitCodes } from '../exit-codes.ts'
import { jsonLine } from '../output.server.ts'
import type { WordKey } from '../words.ts'
import { wordsIn } from '../words.ts'

const contextSchema = z.record(z.string(), z.unknown())

const contextIn = (file: unknown): JsonObject | undefined => {
  if (typeof file !== 'string') return {}
  const text = readFileSync(file, 'utf8')
  try {
    return contextSchema.safeParse(parseExactJson(text)).data as JsonObject | undefined
  } catch {
    return undefined // no JSON: told by the caller
  }
}

const fail = (
  { words, out }: Context,
  code: string,
  key: WordKey,
  values: Record<string, string>,
): number => {
  const texts = { zh: wordsIn('zh').say(key, values), en: wordsIn('en').say(key, values) }
  if (out.json) process.stdout.write(jsonLine({ error: { code, ...texts } }))
  else process.stderr.write(`${words.pick(texts)}\n`)
  return exitCodes.failed
}

// Members of what the context holds may be names of several words too.
const namesIn = (json: unknown, into: Set<string>): Set<string> => {
  if (Array.isArray(json)) for (const item of json) namesIn(item, into)
  else if (typeof json === 'object' && json !== null)
    for (const [name, value] of Object.entries(json)) {
      into.add(name)
      namesIn(value, into)
    }
  return into
}

/** `doudi feel eval`: the value of one expression; why parts of it are null goes to standard error. */
export const feelEvalCommand: Command = async (context, { args, options }) => {
  const { out } = context
  const given = contextIn(options.context)
  if (!given) return fail(context, 'feel.context', 'feel.context', { file: String(options.context) })
  const parsed = parseFeel(String(args[0]), { names: namesIn(given, new Set()), dialect: 'expression' })
  if (parsed.kind === 'problem') return fail(context, parsed.code, 'feel.syntax', { text: parsed.text })
  const problems: FeelProblem[] = []
  const values = new Map(Object.entries(given).map(([name, json]) => [name, fromJson(json)]))
  const value = evaluateFeel(parsed, scopeOf(values), problems)
  for (const { code, text } of problems) process.stderr.write(`${code}: ${text}\n`)
  if (out.json) process.stdout.write(jsonLine({ value: toJson(value) }))
  else out.line(typeof value === 'string' ? JSON.stringify(value) : (toIso(value) ?? 'null'))
  return undefined
}
