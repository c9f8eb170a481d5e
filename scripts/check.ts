/** `npm run check`: types of both halves, lint and format, house rules, dead code. Runs them side by side. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

interface Check {
  readonly name: string
  readonly command: readonly string[]
}

const bin = (name: string): string => `node_modules/.bin/${name}`

const checks: readonly Check[] = [
  { name: 'types, server half', command: [bin('tsc'), '-p', 'tsconfig.server.json'] },
  { name: 'types, web half', command: [bin('tsc'), '-p', 'tsconfig.web.json'] },
  { name: 'lint and format', command: [bin('biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'house rules', command: [bin('vitest'), 'run', '--config', 'vitest.tidy.config.ts'] },
  { name: 'dead code', command: [bin('knip'), '--no-progress'] },
]

const run = ({ name, command }: Check): Promise<boolean> =>
  new Promise((resolve) => {
    const started = performance.now()
    const [file = '', ...args] = command
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const output: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk))
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toLocaleString('en', {
        maximumFractionDigits: 1,
      })
      console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`)
      if (code !== 0) console.log(Buffer.concat(output).toString())
      resolve(code === 0)
    })
  })

if (!existsSync('node_modules')) throw new Error('run this by "npm run check"')
const results = await Promise.all(checks.map(run))
process.exitCode = results.every(Boolean) ? 0 : 1
