import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '#base'
import { openDatabase } from '#store/server'
import { isHalfRestored } from '../../backup/restore.server.ts'
import { askIn, findInstallationRow, hasPeople, seeEverything } from '../../backup/tables.queries.server.ts'
import type { DemoInput } from '../../demo/make-demo.server.ts'
import { findRunning, makeDataFolder } from '../../lock.server.ts'
import { type Running, startUp } from '../../run/up.server.ts'
import type { Settings } from '../../settings.server.ts'
import type { Teller } from '../../tell.ts'
import { type Command, type Context, programVersion } from '../context.server.ts'
import { demoInputOf, findSeedInput } from '../seed/seed.server.ts'
import { withOwnRecord } from '../session.server.ts'
import { ensureConsole } from './console.server.ts'
import { checkPort } from './port.server.ts'

interface Options {
  readonly demo?: boolean
  readonly console: boolean
  readonly region?: string
  readonly persons?: number
  readonly seed?: number
}

const accountFiles = { demo: 'demo-accounts.json', real: 'first-account.json' } as const

/** A demo goes only into a database where nobody is: ours, or an empty one that was named. */
const checkDemoPlace = async (databaseUrl: string): Promise<void> => {
  const database = openDatabase(databaseUrl, 1)
  try {
    await database.kysely.transaction().execute(async (tx) => {
      const ask = askIn(tx)
      await seeEverything(ask)
      const row = await findInstallationRow(ask)
      if (row ? !row.demo : await hasPeople(ask)) throw new Refusal('app.demo-not-empty')
    })
  } finally {
    await database.close()
  }
}

const demoFor = ({ databaseUrl, dataDir }: Settings, options: Options): DemoInput | undefined => {
  if (databaseUrl && !options.demo) return undefined
  // What was seeded before is what `--demo` loads.
  const seeded = options.demo ? findSeedInput(join(dataDir, 'seed')) : undefined
  return demoInputOf({ ...seeded, ...options })
}

// Making a demo knows no signal of its own, but tells each of its steps: the next one does not begin.
const tellingUntil = ({ progress, words, signal }: Context): Teller => ({
  step: (stage, done, total, what) => {
    signal.throwIfAborted()
    progress.step(stage, done, total, what)
  },
  line: (text) => progress.line(/^E[A-Z]+$/.test(text) ? words.say('log.lost', { reason: text }) : text),
})

const announce = ({ out, words, settings }: Context, { url, demo, accounts }: Running): void => {
  const path = join(settings.dataDir, demo ? accountFiles.demo : accountFiles.real)
  const file = existsSync(path) ? path : null
  out.line('')
  out.line(out.paint('green', words.say('up.ready', { url })))
  if (demo) out.line(words.say('up.demo'))
  if (accounts.length && !out.json) {
    out.line(words.say(demo ? 'up.accounts' : 'up.admin', { file: path }))
    out.table(
      (['login', 'password', 'role', 'office'] as const).map((name) => words.say(`head.${name}`)),
      accounts.map(({ login, password, role, office }) => [login, password, role, office]),
    )
  } else if (file) out.line(words.say('up.accountsFile', { file }))
  out.line(words.say('up.stopHint'))
  out.result({ url, pid: process.pid, demo, accountsFile: file, firstStart: accounts.length > 0 })
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

/**
 * `doudi up`: starts everything and stays until a signal; then what is under way is finished, and the code is 0. What can
 * stand in the way (another instance, a taken port, data in the way of a demo) is looked for before any long work.
 */
export const upCommand: Command = async (context, given) => {
  const { settings, progress, signal, words } = context
  const options = given.options as unknown as Options
  const { dataDir, databaseUrl } = settings
  const demo = demoFor(settings, options)
  const running = findRunning(dataDir)
  if (running) throw new Refusal('app.already-running', { dataDir, pid: running.pid })
  makeDataFolder(dataDir)
  await checkPort(settings)
  if (databaseUrl && demo) await checkDemoPlace(databaseUrl)
  if (isHalfRestored(dataDir)) await withOwnRecord(context, async () => undefined)
  if (options.console) await ensureConsole(context)
  signal.throwIfAborted()
  const started = await startUp(settings, demo, programVersion(), tellingUntil(context))
  progress.done()
  announce(context, started)
  await untilAborted(signal)
  await started.stop()
  progress.line(words.say('up.stopped'))
  return 0
}
