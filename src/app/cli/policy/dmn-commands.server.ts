import type { ArgumentSpec, CommandSpec, OptionSpec } from '../commands.server.ts'
import { asOneOf } from '../values.ts'

const model: ArgumentSpec = { name: '<MODEL>', text: 'help.policy.dmn.model' }
const imports: OptionSpec = { flags: '--import <file>', text: 'help.policy.dmn.import', many: true }

/** Commands of the whole language: DMN models and single FEEL expressions. They need neither installation nor database. */
export const dmnCommands: readonly CommandSpec[] = [
  {
    path: ['policy', 'dmn', 'run'],
    text: 'help.policy.dmn.run',
    args: [model],
    options: [
      { flags: '--input <file>', text: 'help.policy.dmn.input', required: true },
      imports,
      {
        flags: '--engine <engine>',
        text: 'help.policy.dmn.engine',
        parse: asOneOf(['interpreter', 'duckdb', 'postgres']),
        usual: 'interpreter',
      },
      { flags: '--problems', text: 'help.policy.dmn.problems' },
    ],
    load: async () => (await import('./dmn-run.server.ts')).dmnRunCommand,
  },
  {
    path: ['policy', 'dmn', 'write'],
    text: 'help.policy.dmn.write',
    args: [model],
    options: [{ flags: '--out <file>', text: 'help.policy.dmn.out' }],
    load: async () => (await import('./dmn-write.server.ts')).dmnWriteCommand,
  },
  {
    path: ['feel', 'eval'],
    text: 'help.feel.eval',
    args: [{ name: '<EXPRESSION>', text: 'help.feel.expression' }],
    options: [{ flags: '--context <file>', text: 'help.feel.context' }],
    load: async () => (await import('./feel-eval.server.ts')).feelEvalCommand,
  },
]
