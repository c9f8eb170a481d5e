/**
 * `npm run test:long`: the tests that take minutes (`src/**\/*.long.test.ts`). Arguments go to Vitest.
 * Closes with `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'doudi-long-'))
const report = join(folder, 'report.json')
try {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const args = ['run', '--config', 'vitest.long.config.ts', ...reporters, ...process.argv.slice(2)]
  const { status } = spawnSync('node_modules/.bin/vitest', args, { stdio: 'inherit' })
  const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(readFileSync(report, 'utf8')) as {
    readonly numPassedTests: number
    readonly numFailedTests: number
  }
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = status === 0 && failed === 0 && passed > 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
