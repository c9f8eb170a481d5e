import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { instant, Refusal, shanghaiTextOf, systemClock } from '#base'
import { makeBackup } from '../../backup/backup.server.ts'
import { type Manifest, tableOf } from '../../backup/manifest.ts'
import { restoreBackup } from '../../backup/restore.server.ts'
import { verifyBackup } from '../../backup/verify.server.ts'
import { findRunning } from '../../lock.server.ts'
import { type Command, type Context, programVersion } from '../context.server.ts'
import { withOwnRecord, withRecord } from '../session.server.ts'

const leastLength = 8

/** The passphrase of a backup, from the named file's first line or the environment. */
const passphraseFor = ({ environment }: Context, file: unknown): string => {
  const text =
    typeof file === 'string'
      ? (readFileSync(resolve(file), 'utf8').split(/\r?\n/, 1)[0] ?? '').trim()
      : (environment.DOUDI_BACKUP_PASSPHRASE ?? '')
  if (text === '') throw new Refusal('backup.no-passphrase')
  if ([...text].length < leastLength) throw new Refusal('backup.weak-passphrase', { least: leastLength })
  return text
}

const figuresOf = ({ entries, createdAt, installation }: Manifest) => {
  const tables = entries.filter(({ name }) => tableOf(name))
  return {
    tables: tables.length,
    rows: tables.reduce((sum, { rows = 0 }) => sum + rows, 0),
    files: entries.length - tables.length,
    createdAt,
    demo: installation.demo,
  }
}

const sizeText = (bytes: number): string =>
  bytes < 2 ** 20 ? `${Math.ceil(bytes / 2 ** 10)} KiB` : `${Math.ceil(bytes / 2 ** 20)} MiB`

/** `doudi backup FILE`: one sealed file with database, lake and keys. */
export const backupCommand: Command = async (context, { args, options }) => {
  const { settings, progress, signal, out, words } = context
  const passphrase = passphraseFor(context, options.passphraseFile)
  const figures = await withRecord(context, ({ record }) =>
    makeBackup({
      dataDir: settings.dataDir,
      ownerUrl: record.ownerUrl,
      file: resolve(String(args[0])),
      passphrase,
      version: programVersion(),
      clock: systemClock(),
      tell: progress,
      signal,
    }),
  )
  progress.done()
  const { file, bytes, manifest } = figures
  const { tables, rows, files } = figuresOf(manifest)
  const missing = manifest.missingFeeds.length
  out.line(words.say('backup.done', { file, tables, rows, files, size: sizeText(bytes) }))
  if (missing) out.line(out.paint('yellow', words.say('backup.missing', { count: missing })))
  const missingFacts = manifest.missingFacts.length
  if (missingFacts) out.line(out.paint('yellow', words.say('backup.missingFacts', { count: missingFacts })))
  out.line(words.say('backup.keep'))
  out.result({ file, bytes, ...figuresOf(manifest), missingFeeds: missing, missingFacts })
  return undefined
}

/** `doudi restore FILE`: brings a backup back, all or nothing. */
export const restoreCommand: Command = async (context, { args, options }) => {
  const { settings, progress, signal, out, words } = context
  const passphrase = passphraseFor(context, options.passphraseFile)
  const file = resolve(String(args[0]))
  const running = findRunning(settings.dataDir)
  if (running) throw new Refusal('app.already-running', { dataDir: settings.dataDir, pid: running.pid })
  // Read before anything is started or made.
  const manifest = await verifyBackup(file, passphrase, signal)
  await withOwnRecord(context, ({ record }) =>
    restoreBackup({
      dataDir: settings.dataDir,
      record,
      file,
      passphrase,
      manifest,
      replace: options.replace === true,
      tell: progress,
      signal,
    }),
  )
  progress.done()
  const { tables, rows, files, createdAt } = figuresOf(manifest)
  out.line(words.say('restore.done', { createdAt: shanghaiTextOf(instant(createdAt)), tables, rows, files }))
  out.line(words.say('restore.start'))
  out.result({ file, ...figuresOf(manifest) })
  return undefined
}
