import type { Command } from './context.server.ts'
import { dmnCommands } from './policy/dmn-commands.server.ts'
import { packCommands } from './policy/pack-commands.server.ts'
import {
  asFeedId,
  asMonth,
  asMove,
  asOneOf,
  asPrefecture,
  asReason,
  asRegion,
  asWholeNumber,
} from './values.ts'
import type { WordKey } from './words.ts'

export interface OptionSpec {
  readonly flags: string
  readonly text?: WordKey
  readonly parse?: (text: string) => unknown
  readonly usual?: unknown
  readonly required?: boolean
  /** May be given several times; the command gets a list. */
  readonly many?: boolean
}

export interface ArgumentSpec {
  /** `<FILE>`, or `[DATE]` where it may be left out. */
  readonly name: string
  readonly text: WordKey
  readonly parse?: (text: string) => unknown
}

/** A command as it is offered; its work is loaded only when it is called. */
export interface CommandSpec {
  readonly path: readonly [string, string?, string?]
  readonly text: WordKey
  readonly args?: readonly ArgumentSpec[]
  readonly options?: readonly OptionSpec[]
  readonly load: () => Promise<Command>
}

const grades = ['red', 'orange', 'yellow']
const alertStatuses = ['open', 'all', 'new', 'dispatched', 'verifying', 'disposed', 'withdrawn']
const feedStatuses = ['received', 'reading', 'quarantined', 'accepted', 'refused', 'taken-back']
const mostPersons = 5_000_000
const mostSeed = 2 ** 31 - 1

// Without a text an option is not shown in the help: it is for tests and for trying things.
const world = (isShown: boolean): readonly OptionSpec[] => [
  { flags: '--region <code>', parse: asPrefecture, ...(isShown ? { text: 'help.seed.region' } : {}) },
  {
    flags: '--persons <n>',
    parse: asWholeNumber(200, mostPersons),
    ...(isShown ? { text: 'help.seed.persons' } : {}),
  },
  { flags: '--seed <n>', parse: asWholeNumber(0, mostSeed), ...(isShown ? { text: 'help.seed.seed' } : {}) },
]

const limit = (usual: number): OptionSpec => ({
  flags: '--limit <n>',
  text: 'help.limit',
  parse: asWholeNumber(1, 100_000),
  usual,
})

const reason: OptionSpec = { flags: '--reason <text>', text: 'help.reason', parse: asReason, required: true }
const passphrase: OptionSpec = { flags: '--passphrase-file <file>', text: 'help.passphraseFile' }
const file: ArgumentSpec = { name: '<FILE>', text: 'help.file' }
const feedId: ArgumentSpec = { name: '<ID>', text: 'help.id', parse: asFeedId }

const feedCommands: readonly CommandSpec[] = [
  {
    path: ['feed', 'import'],
    text: 'help.feed.import',
    args: [file],
    options: [
      { flags: '--kind <kind>', text: 'help.feed.import.kind' },
      { flags: '--layout <id>', text: 'help.feed.import.layout' },
      { flags: '--region <code>', text: 'help.feed.import.region', parse: asRegion },
      { flags: '--period <month>', text: 'help.feed.import.period', parse: asMonth },
    ],
    load: async () => (await import('./feed/import.server.ts')).importCommand,
  },
  {
    path: ['feed', 'list'],
    text: 'help.feed.list',
    options: [
      { flags: '--kind <kind>', text: 'help.feed.list.kind' },
      { flags: '--status <status>', text: 'help.feed.list.status', parse: asOneOf(feedStatuses) },
      limit(100),
    ],
    load: async () => (await import('./feed/list.server.ts')).listCommand,
  },
  {
    path: ['feed', 'rejects'],
    text: 'help.feed.rejects',
    args: [feedId],
    options: [{ flags: '--out <file>', text: 'help.feed.rejects.out' }, limit(200)],
    load: async () => (await import('./feed/rejects.server.ts')).rejectsCommand,
  },
  {
    path: ['feed', 'take-back'],
    text: 'help.feed.takeBack',
    args: [feedId],
    options: [reason],
    load: async () => (await import('./feed/decide.server.ts')).takeBackCommand,
  },
  {
    path: ['feed', 'release'],
    text: 'help.feed.release',
    args: [feedId],
    options: [reason],
    load: async () => (await import('./feed/decide.server.ts')).releaseCommand,
  },
]

const workCommands: readonly CommandSpec[] = [
  {
    path: ['scan'],
    text: 'help.scan',
    options: [{ flags: '--all', text: 'help.scan.all' }],
    load: async () => (await import('./scan/scan.server.ts')).scanCommand,
  },
  {
    path: ['alerts'],
    text: 'help.alerts',
    options: [
      { flags: '--grade <grade>', text: 'help.alerts.grade', parse: asOneOf(grades) },
      { flags: '--status <status>', text: 'help.alerts.status', parse: asOneOf(alertStatuses) },
      { flags: '--indicator <id>', text: 'help.alerts.indicator' },
      { flags: '--region <code>', text: 'help.alerts.region', parse: asRegion },
      limit(50),
    ],
    load: async () => (await import('./alerts/alerts.server.ts')).alertsCommand,
  },
  {
    path: ['chain'],
    text: 'help.chain',
    args: [{ name: '<HOUSEHOLD>', text: 'help.household' }],
    load: async () => (await import('./chain/chain.server.ts')).chainCommand,
  },
  {
    path: ['clock'],
    text: 'help.clock',
    args: [{ name: '[DATE]', text: 'help.date', parse: asMove }],
    options: [{ flags: '--show', text: 'help.clock.show' }],
    load: async () => (await import('./clock/clock.server.ts')).clockCommand,
  },
]

/** Every command of the program, in the order the help shows them. */
export const commands: readonly CommandSpec[] = [
  {
    path: ['up'],
    text: 'help.up',
    options: [{ flags: '--demo', text: 'help.up.demo' }, ...world(false), { flags: '--no-console' }],
    load: async () => (await import('./up/up.server.ts')).upCommand,
  },
  {
    path: ['down'],
    text: 'help.down',
    options: [
      { flags: '--purge', text: 'help.down.purge' },
      { flags: '--yes', text: 'help.down.yes' },
    ],
    load: async () => (await import('./down/down.server.ts')).downCommand,
  },
  {
    path: ['seed'],
    text: 'help.seed',
    options: [
      ...world(true),
      { flags: '--out <folder>', text: 'help.seed.out' },
      { flags: '--changes <n>', text: 'help.seed.changes', parse: asWholeNumber(1, 10_000) },
      { flags: '--broken', text: 'help.seed.broken' },
      { flags: '--upload-sample', text: 'help.seed.uploadSample' },
    ],
    load: async () => (await import('./seed/seed.server.ts')).seedCommand,
  },
  ...feedCommands,
  ...workCommands,
  ...packCommands,
  ...dmnCommands,
  {
    path: ['backup'],
    text: 'help.backup',
    args: [file],
    options: [passphrase],
    load: async () => (await import('./archive/archive.server.ts')).backupCommand,
  },
  {
    path: ['restore'],
    text: 'help.restore',
    args: [file],
    options: [passphrase, { flags: '--replace', text: 'help.restore.replace' }],
    load: async () => (await import('./archive/archive.server.ts')).restoreCommand,
  },
  {
    path: ['doctor'],
    text: 'help.doctor',
    load: async () => (await import('./doctor/doctor.server.ts')).doctorCommand,
  },
]
