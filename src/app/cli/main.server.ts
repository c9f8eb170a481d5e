import { runCli } from './run.server.ts'

// A reader that has gone away (`doudi alerts | head`) is no failure of ours.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })

process.exit(await runCli(process.argv.slice(2), process.env))
