#!/usr/bin/env node
/**
 * Finds Chromium, which the tests in a browser need, and prints its path.
 *
 *   node scripts/chromium.mjs            finds it; run by root on Debian, installs it if there is none
 *   node scripts/chromium.mjs --find     only finds it
 *
 * Without one it says loudly what will be left out and ends with code 1. Plain JavaScript for Node 20.19.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'

// The shell without windows comes first: it does a page's work in half the time.
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
]
const lockWaitSeconds = 300

/** The path of an installed Chromium or Chrome: the one named by CHROMIUM_PATH, else the first on the path. */
export const findChromium = () => {
  const named = process.env.CHROMIUM_PATH
  if (named) return isProgram(named) ? named : undefined
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram)
}

/** The same; as root on a system with apt it is installed first, with a Chinese font, if there is none. */
export const ensureChromium = () => findChromium() ?? (canInstall() && install() ? findChromium() : undefined)

const isProgram = (path) => {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false // not there, or not for us to run
  }
}

const canInstall = () =>
  !process.env.CHROMIUM_PATH && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

const install = () => {
  say('正在安装 Chromium 与中文字体（apt）', 'installing Chromium and a Chinese font by apt')
  // Somebody else may be installing something: wait for the package system instead of failing at once.
  const wait = ['-o', `DPkg::Lock::Timeout=${lockWaitSeconds}`]
  const installs = (name) =>
    apt([...wait, 'install', '-y', '--no-install-recommends', name, 'fonts-noto-cjk'])
  return apt([...wait, 'update']) && (installs('chromium-headless-shell') || installs('chromium'))
}

const apt = (args) => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const started = performance.now()
  for (;;) {
    const done = spawnSync('apt-get', ['-qq', ...args], { env, encoding: 'utf8' })
    if (done.status === 0) return true
    // `update` locks its lists by itself, without the waiting that the option above gives to dpkg.
    const busy = /could not get lock|unable to lock/i.test(done.stderr ?? '')
    if (!busy || performance.now() - started > lockWaitSeconds * 1000) {
      process.stderr.write(`${(done.stderr ?? '').trim().split('\n').slice(-3).join('\n')}\n`)
      return false
    }
    spawnSync('sleep', ['2'])
  }
}

const say = (zh, en) => process.stderr.write(`${zh} · ${en}\n`)

const warn = () => {
  const line = '='.repeat(78)
  process.stderr.write(`${line}\n`)
  const named = process.env.CHROMIUM_PATH
  if (named) say(`CHROMIUM_PATH 指向的程序无法运行：${named}`, `CHROMIUM_PATH names no program: ${named}`)
  say(
    '没有 Chromium：所有浏览器测试（e2e、无障碍检查、页面截图）都不会运行',
    'NO CHROMIUM: every test in a browser (e2e, accessibility, pictures of pages) is left out',
  )
  say(
    '请安装 chromium 与 fonts-noto-cjk，或设置 CHROMIUM_PATH',
    'install chromium and fonts-noto-cjk, or set CHROMIUM_PATH',
  )
  process.stderr.write(`${line}\n`)
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  const found = process.argv.includes('--find') ? findChromium() : ensureChromium()
  if (found) process.stdout.write(`${found}\n`)
  else {
    warn()
    process.exitCode = 1
  }
}
