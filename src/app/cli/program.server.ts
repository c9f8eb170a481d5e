import { Argument, Command as Commander, Option } from 'commander'
import { type CommandSpec, commands } from './commands.server.ts'
import { type Given, programVersion } from './context.server.ts'
import { asOneOf } from './values.ts'
import { widthOf } from './width.ts'
import type { WordKey, Words } from './words.ts'

/** The command that was called, with its parsed words. */
export interface Called {
  readonly spec: CommandSpec
  readonly given: Given
}

const titles: Readonly<Record<string, WordKey>> = {
  'Usage:': 'help.usage',
  'Options:': 'help.options',
  'Commands:': 'help.commands',
  'Arguments:': 'help.arguments',
}

/** What a word is about that only other words follow. */
const groupTexts: Readonly<Record<string, WordKey>> = {
  feed: 'help.feed',
  policy: 'help.policy',
  'policy dmn': 'help.policy.dmn',
  feel: 'help.feel',
}

const addOptions = (command: Commander, { options = [], args = [] }: CommandSpec, words: Words): void => {
  for (const { name, text, parse } of args) {
    const argument = new Argument(name, words.say(text))
    command.addArgument(parse ? argument.argParser((value) => parse(value)) : argument)
  }
  for (const { flags, text, parse, usual, required, many } of options) {
    const option = new Option(flags, text ? words.say(text) : '').hideHelp(!text)
    if (parse) option.argParser((value) => parse(value))
    if (many) option.argParser((value, given: readonly string[] = []) => [...given, value])
    if (usual !== undefined) option.default(usual)
    if (required) option.makeOptionMandatory()
    command.addOption(option)
  }
}

const addCommon = (command: Commander, words: Words): void => {
  command
    .addOption(new Option('--json', words.say('help.json')))
    .addOption(new Option('--lang <lang>', words.say('help.lang')).argParser(asOneOf(['zh', 'en'])))
    .helpOption('-h, --help', words.say('help.help'))
}

const makeRoot = (words: Words): Commander => {
  const root = new Commander('doudi')
    .description(words.say('help.program'))
    .version(programVersion(), '-V, --version', words.say('help.version'))
    .helpOption('-h, --help', words.say('help.help'))
    .helpCommand('help [command]', words.say('help.helpCommand'))
    .addOption(new Option('--lang <lang>', words.say('help.lang')).argParser(asOneOf(['zh', 'en'])))
    .exitOverride()
    // What is wrong is told by us, in the user's language.
    .configureOutput({ writeErr: () => undefined, outputError: () => undefined })
  root.configureHelp({
    showGlobalOptions: false,
    displayWidth: widthOf,
    styleTitle: (title) => (titles[title] ? `${words.say(titles[title])}:` : title),
  })
  return root
}

/** The whole program; `onCall` is told which command was called, and runs nothing yet. */
export const makeProgram = (words: Words, onCall: (called: Called) => void): Commander => {
  const root = makeRoot(words)
  const groups = new Map<string, Commander>()
  const groupAt = (above: Commander, path: readonly string[]): Commander => {
    const name = path.join(' ')
    const known = groups.get(name)
    if (known) return known
    const group = above.command(path.at(-1) ?? '')
    const text = groupTexts[name]
    if (text) group.description(words.say(text))
    group.helpOption('-h, --help', words.say('help.help'))
    group.helpCommand('help [command]', words.say('help.helpCommand'))
    groups.set(name, group)
    return group
  }
  for (const spec of commands) {
    const path = spec.path.filter((part) => part !== undefined)
    const parent = path.slice(0, -1).reduce((above, _, at) => groupAt(above, path.slice(0, at + 1)), root)
    const command = parent.command(path.at(-1) ?? '').description(words.say(spec.text))
    addOptions(command, spec, words)
    addCommon(command, words)
    command.action(() => {
      const options = command.opts()
      onCall({ spec, given: { args: command.processedArgs, options } })
    })
  }
  return root
}
