import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Refusal } from '#base'
import type { Context } from '../context.server.ts'

const project = fileURLToPath(new URL('../../../../', import.meta.url))
const built = join(project, 'dist', 'console')
const vite = join(project, 'node_modules', 'vite', 'bin', 'vite.js')

const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

/** When anything the console is made of was changed last. */
const sourcesChangedAt = (): number => {
  const files = readdirSync(join(project, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|css|svg|json)$/.test(entry.name))
    .filter((entry) => !/\.(server|test)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  const others = ['index.html', 'vite.config.ts', 'package-lock.json'].map((name) => join(project, name))
  return Math.max(...[...files, ...others].map(changedAt))
}

const build = (folder: string, signal: AbortSignal): Promise<string | undefined> =>
  new Promise((resolve, reject) => {
    const args = [vite, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'error']
    const child = spawn(process.execPath, args, { cwd: project, stdio: ['ignore', 'pipe', 'pipe'], signal })
    let told = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        told = `${told}${chunk}`.slice(-4000)
      })
    child.once('error', reject)
    child.once('close', (code) => {
      const lines = told.split('\n').map((line) => line.trim())
      const telling = lines.find((line) => /error|ENOSPC|EACCES|EROFS/i.test(line)) ?? lines.find(Boolean)
      resolve(code === 0 ? undefined : (telling ?? `exit ${code}`))
    })
  })

const putInPlace = (draft: string): void => {
  rmSync(built, { recursive: true, force: true })
  try {
    renameSync(draft, built)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Another start of the same project built it at the same time: theirs is as good as ours.
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
  }
}

/** Builds the console where it is missing or older than its sources. It appears whole or not at all. */
export const ensureConsole = async ({ progress, words, signal }: Context): Promise<void> => {
  const index = join(built, 'index.html')
  if (existsSync(index) && changedAt(index) >= sourcesChangedAt()) return
  progress.busy(words.say('progress.console'))
  mkdirSync(join(project, 'dist'), { recursive: true })
  const draft = join(project, 'dist', `console.draft-${process.pid}`)
  try {
    const problem = await build(draft, signal)
    if (problem && !existsSync(index)) throw new Refusal('app.console-not-built', { reason: problem })
    if (problem) progress.line(words.say('progress.consoleKept'))
    else putInPlace(draft)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}
