#!/usr/bin/env node
// The set-up script installs what is missing and then runs the command line with the pinned Node, in this process's place.
process.argv.splice(2, 0, 'exec', 'src/app/cli/main.server.ts')
await import('../scripts/setup.mjs')
