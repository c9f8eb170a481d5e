import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Compiled code is kept beside the packages, which saves a quarter of the time of a short command; where that
// cannot be written to, nothing is kept.
enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/doudi', import.meta.url)))

// A reader that has gone away (`doudi alerts | head`) is no failure of ours.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })

const { runCli } = await import('./run.server.ts')
process.exit(await runCli(process.argv.slice(2), process.env))
