import type { CommandSpec, OptionSpec } from '../commands.server.ts'
import { asBusinessDate, asPackId, asRegion } from '../values.ts'

const pack = (required: boolean): OptionSpec => ({
  flags: '--pack <id>',
  text: required ? 'help.policy.pack' : 'help.policy.packOrAll',
  parse: asPackId,
  required,
})

const parameters: OptionSpec = { flags: '--parameters <file>', text: 'help.policy.parameters' }

/** Commands about packs of rules. Only `export`, `simulate` and `replay` need an installation. */
export const packCommands: readonly CommandSpec[] = [
  {
    path: ['policy', 'check'],
    text: 'help.policy.check',
    options: [pack(false)],
    load: async () => (await import('./check.server.ts')).checkCommand,
  },
  {
    path: ['policy', 'cases'],
    text: 'help.policy.cases',
    options: [pack(false), parameters],
    load: async () => (await import('./cases.server.ts')).casesCommand,
  },
  {
    path: ['policy', 'explain'],
    text: 'help.policy.explain',
    options: [
      pack(true),
      { flags: '--household <file>', text: 'help.policy.household', required: true },
      { flags: '--on <date>', text: 'help.policy.on', parse: asBusinessDate, required: true },
      { flags: '--region <code>', text: 'help.policy.region', parse: asRegion },
      parameters,
    ],
    load: async () => (await import('./explain.server.ts')).explainCommand,
  },
  {
    path: ['policy', 'schema'],
    text: 'help.policy.schema',
    options: [pack(true)],
    load: async () => (await import('./schema.server.ts')).schemaCommand,
  },
  {
    path: ['policy', 'export'],
    text: 'help.policy.export',
    options: [pack(false), { flags: '--out <folder>', text: 'help.policy.export.out' }],
    load: async () => (await import('./export.server.ts')).exportCommand,
  },
  {
    path: ['policy', 'simulate'],
    text: 'help.policy.simulate',
    options: [
      { flags: '--set <change>', text: 'help.policy.simulate.set', many: true, required: true },
      { flags: '--on <date>', text: 'help.policy.simulate.on', parse: asBusinessDate },
      { flags: '--region <code>', text: 'help.policy.simulate.region', parse: asRegion },
    ],
    load: async () => (await import('./simulate.server.ts')).simulateCommand,
  },
  {
    path: ['policy', 'replay'],
    text: 'help.policy.replay',
    load: async () => (await import('./replay.server.ts')).replayCommand,
  },
]
