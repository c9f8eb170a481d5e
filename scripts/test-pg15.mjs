/**
 * Runs the tests against PostgreSQL 15, the oldest one supported: Debian's programs, a cluster of its own that is thrown
 * away afterwards. Arguments go to Vitest. PG_PROGRAMS names another folder with `postgres` and `initdb`.
 * Started by `node scripts/setup.mjs exec scripts/test-pg15.mjs`, which brings the Node that reads TypeScript.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { purgeCluster, startCluster } from '#store/server'

const project = fileURLToPath(new URL('..', import.meta.url))

const findPrograms = () => {
  const folder = process.env.PG_PROGRAMS ?? '/usr/lib/postgresql/15/bin'
  if (existsSync(join(folder, 'initdb'))) return folder
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && !process.env.PG_PROGRAMS) {
    process.stderr.write('正在安装 postgresql-15（apt） · installing postgresql-15 by apt\n')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const options = ['-qq', '-o', 'DPkg::Lock::Timeout=300']
    spawnSync('apt-get', [...options, 'update'], { env, stdio: 'inherit' })
    spawnSync('apt-get', [...options, 'install', '-y', '--no-install-recommends', 'postgresql-15'], {
      env,
      stdio: 'inherit',
    })
    if (existsSync(join(folder, 'initdb'))) return folder
  }
  throw new Error(
    `没有找到 PostgreSQL 15（${folder}） · PostgreSQL 15 was not found: apt-get install postgresql-15, or set PG_PROGRAMS`,
  )
}

const runTests = (url) =>
  new Promise((resolve) => {
    // The suite as `npm test` runs it: with the console built, a browser found and the closing line.
    const child = spawn(process.execPath, [join(project, 'scripts', 'test.ts'), ...process.argv.slice(2)], {
      cwd: project,
      stdio: 'inherit',
      env: { ...process.env, TEST_DATABASE_URL: url },
    })
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name))
    child.once('exit', (code) => resolve(code ?? 1))
  })

const programs = findPrograms()
const dataDir = mkdtempSync(join(tmpdir(), 'doudi-pg15-'))
try {
  const cluster = await startCluster({ dataDir, programs, durability: 'throwaway' })
  try {
    process.exitCode = await runTests(cluster.url)
  } finally {
    await cluster.stop()
  }
} finally {
  await purgeCluster(dataDir, { keepPrograms: true })
  rmSync(dataDir, { recursive: true, force: true })
}
