/**
 * `npm test`: finds or installs a Chromium, builds the console, runs the suite and closes with `N passed, N failed`.
 * Arguments go to Vitest: `npm test -- src/base`.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'doudi-suite-'))
const report = join(folder, 'report.json')

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[]
}

const chromiumPath = (): string => {
  const found = spawnSync(process.execPath, ['scripts/chromium.mjs'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  })
  return found.stdout.trim().split('\n').at(-1) ?? ''
}

const countIn = (path: string): { passed: number; failed: number } => {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(path, 'utf8')) as Report
  // A file that could not even be loaded has no test to count, and is a failure all the same.
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length }
}

try {
  const CHROMIUM_PATH = chromiumPath()
  execFileSync('node_modules/.bin/vite', ['build', '--logLevel', 'warn'], { stdio: 'inherit' })
  const args = [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ]
  const run = spawnSync('node_modules/.bin/vitest', args, {
    stdio: 'inherit',
    env: { ...process.env, CHROMIUM_PATH },
  })
  const { passed, failed } = countIn(report)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = run.status === 0 && failed === 0 && passed > 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
