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
const code = await runCli(process.argv.slice(2), process.env)
// A pipe takes 64 KB at a time: an answer that is longer would end in the middle.
await Promise.all(
  [process.stdout, process.stderr].map(
    (stream) => new Promise<void>((resolve) => stream.write('', () => resolve())),
  ),
)
process.exit(code)
