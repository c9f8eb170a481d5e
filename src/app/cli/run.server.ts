import { type Command as Commander, CommanderError } from 'commander'
import type { Settings } from '../settings.server.ts'
import { commands } from './commands.server.ts'
import type { Context } from './context.server.ts'
import { exitCodes } from './exit-codes.ts'
import { openInterrupt } from './interrupt.server.ts'
import { jsonLine, openOutput } from './output.server.ts'
import { type Called, makeProgram } from './program.server.ts'
import { openProgress } from './progress.server.ts'
import { WrongUsage } from './values.ts'
import { speechOf, type WordKey, type Words, wordsIn } from './words.ts'

type Environment = Readonly<Record<string, string | undefined>>

const complain = (text: string): void => void process.stderr.write(`${text}\n`)

const tellFailure = (json: boolean, failure: { code: string; zh: string; en: string }): void => {
  complain(failure.zh === failure.en ? failure.zh : `${failure.zh} · ${failure.en}`)
  if (json) process.stdout.write(jsonLine({ ok: false, error: failure }))
}

const usageKeys: Readonly<Record<string, WordKey>> = {
  'commander.unknownCommand': 'usage.unknown-command',
  'commander.unknownOption': 'usage.unknown-option',
  'commander.missingArgument': 'usage.missing-argument',
  'commander.optionMissingArgument': 'usage.missing-value',
  'commander.missingMandatoryOptionValue': 'usage.missing-option',
  'commander.excessArguments': 'usage.too-many',
}

const usageIn = (words: Words, error: CommanderError | WrongUsage): string => {
  if (error instanceof WrongUsage) return words.say(error.key, error.values)
  const key = usageKeys[error.code]
  const [, name = ''] = /'([^']+)'/.exec(error.message) ?? []
  return key ? words.say(key, { name }) : error.message
}

/** The command that the words begin with: where its help is to be found. */
const commandIn = (argv: readonly string[]): string => {
  const named = commands.find(({ path }) => path.every((part, at) => part === undefined || argv[at] === part))
  return ['doudi', ...(named?.path ?? [])].join(' ')
}

/** Wrong words: told with where to find the right ones. */
const tellUsage = (words: Words, argv: readonly string[], error: CommanderError | WrongUsage): number => {
  const texts = (speech: 'zh' | 'en') => {
    const one = wordsIn(speech)
    return one.say('usage.wrong', { detail: usageIn(one, error), command: commandIn(argv) })
  }
  const failure = { code: 'usage', zh: texts('zh'), en: texts('en') }
  complain(words.pick(failure))
  if (argv.includes('--json')) process.stdout.write(jsonLine({ ok: false, error: failure }))
  return exitCodes.usage
}

/** The group that the words name: its help is the best answer where no command follows. */
const groupIn = (program: Commander, words: readonly string[]): Commander => {
  const [first, ...rest] = words
  const group = program.commands.find((one) => one.name() === first)
  return group ? groupIn(group, rest) : program
}

/** An expression that begins with a minus is no option: it is put behind the words that end them. */
const expressionLast = (argv: readonly string[]): readonly string[] => {
  const [group, command, expression = '', ...rest] = argv
  const isMinus = group === 'feel' && command === 'eval' && /^-[^A-Za-z-]/u.test(expression)
  return isMinus ? [group, command, ...rest, '--', expression] : argv
}

/** Which command was called, or the exit code where the words alone were the answer. */
const parse = async (argv: readonly string[], words: Words): Promise<Called | number> => {
  let called: Called | undefined
  const program = makeProgram(words, (one) => {
    called = one
  })
  try {
    await program.parseAsync([...expressionLast(argv)], { from: 'user' })
  } catch (error) {
    if (error instanceof WrongUsage) return tellUsage(words, argv, error)
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return exitCodes.ok
    // No command, or only the name of a group: the help is the best answer.
    if (error.code !== 'commander.help') return tellUsage(words, argv, error)
    const group = groupIn(program, argv)
    complain(group.helpInformation())
    return exitCodes.usage
  }
  return called ?? exitCodes.usage
}

const failWith = async (error: unknown, json: boolean, place?: string): Promise<number> => {
  const { asRefusal, refusalTexts } = await import('./failures.server.ts')
  const refusal = asRefusal(error, place)
  tellFailure(json, { code: refusal.code, ...refusalTexts(refusal) })
  return exitCodes.failed
}

/** Ends at once; our own database, if this process holds it, is told to stop by itself. */
const endAtOnce = async (dataDir: string, code: number): Promise<never> => {
  const [{ findRunning }, { findCluster }] = await Promise.all([
    import('../lock.server.ts'),
    import('#store/server'),
  ])
  const database = findRunning(dataDir)?.pid === process.pid ? findCluster(dataDir)?.pid : undefined
  if (database) process.kill(database, 'SIGINT')
  process.exit(code)
}

const runCalled = async (
  { spec, given }: Called,
  settings: Settings,
  words: Words,
  environment: Environment,
): Promise<number> => {
  const json = given.options.json === true
  const out = openOutput({ out: process.stdout, err: process.stderr }, { json, color: settings.color })
  const progress = openProgress({ stream: process.stderr, words })
  const stopping = `${wordsIn('zh').say('stopping')} / ${wordsIn('en').say('stopping')}`
  const interrupt = openInterrupt(
    () => progress.line(stopping),
    () => void endAtOnce(settings.dataDir, exitCodes.interrupted),
  )
  const { signal } = interrupt
  // What nobody awaited is told like everything else: in a sentence.
  process.once('uncaughtException', (error) => {
    void failWith(error, json, settings.dataDir).then((code) => endAtOnce(settings.dataDir, code))
  })
  const context: Context = { settings, environment, words, out, progress, signal }
  try {
    const command = await spec.load()
    const code = await command(context, given)
    return signal.aborted && code === undefined ? exitCodes.interrupted : (code ?? exitCodes.ok)
  } catch (error) {
    progress.breakOff()
    if (!signal.aborted) return await failWith(error, json, settings.dataDir)
    tellFailure(json, {
      code: 'interrupted',
      zh: wordsIn('zh').say('interrupted'),
      en: wordsIn('en').say('interrupted'),
    })
    return exitCodes.interrupted
  } finally {
    progress.done()
    interrupt.close()
  }
}

/** Runs the command line to its end and gives the exit code: 0 done, 1 refused or failed, 2 wrong usage, 130 interrupted. */
export const runCli = async (argv: readonly string[], environment: Environment): Promise<number> => {
  const words = wordsIn(speechOf(argv, environment))
  try {
    const called = await parse(argv, words)
    if (typeof called === 'number') return called
    const { readSettings } = await import('../settings.server.ts')
    return await runCalled(called, readSettings(environment), words, environment)
  } catch (error) {
    return failWith(error, argv.includes('--json'))
  }
}
