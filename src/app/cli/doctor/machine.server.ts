import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bad, type Finding, good, open } from './finding.ts'

const leastNode = [22, 18] as const
const leastBytes = 2 ** 30
const chromiumScript = fileURLToPath(new URL('../../../../scripts/chromium.mjs', import.meta.url))

const sizeText = (bytes: number): string =>
  `${(bytes / 2 ** 30).toLocaleString('en', { maximumFractionDigits: 1 })} GiB`

export const lookAtNode = (): Finding => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const isNew = major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1])
  const values = { version: process.versions.node, path: process.execPath, least: leastNode.join('.') }
  return isNew ? good('node', 'doctor.node', values) : bad('node', 'doctor.node', 'doctor.node.todo', values)
}

const mayWrite = (path: string): boolean => {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false // read-only, or somebody else's
  }
}

export const lookAtFolder = (path: string): Finding => {
  if (!existsSync(path)) return open('folder', 'doctor.folder.none', undefined, { path })
  if (!mayWrite(path)) return bad('folder', 'doctor.folder.readonly', 'doctor.folder.todo', { path })
  const { bavail, bsize } = statfsSync(path)
  const values = { path, free: sizeText(bavail * bsize) }
  if (bavail * bsize < leastBytes) return bad('folder', 'doctor.folder.full', 'doctor.folder.todo', values)
  return good('folder', 'doctor.folder', values)
}

const secretFiles = (dataDir: string): string[] => {
  const keys = join(dataDir, 'keys')
  const names = ['secrets.json', 'demo-accounts.json', 'first-account.json', 'attach.json', 'control.json']
  return [
    ...(existsSync(keys) ? readdirSync(keys).map((name) => join('keys', name)) : []),
    ...names.filter((name) => existsSync(join(dataDir, name))),
  ]
}

export const lookAtSecrets = (dataDir: string): Finding => {
  const names = secretFiles(dataDir)
  if (names.length === 0) return open('secrets', 'doctor.secrets.none')
  const isOpen = (name: string) =>
    (statSync(join(dataDir, name), { throwIfNoEntry: false })?.mode ?? 0) & 0o077
  const exposed = names.filter(isOpen)
  return exposed.length
    ? bad('secrets', 'doctor.secrets.open', 'doctor.secrets.todo', { names: exposed.join(', ') })
    : good('secrets', 'doctor.secrets', { mode: '0600', names: names.join(', ') })
}

export const lookAtChromium = (): Finding => {
  const found = spawnSync(process.execPath, [chromiumScript, '--find'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const path = found.status === 0 ? found.stdout.trim() : ''
  return path
    ? good('chromium', 'doctor.chromium', { path })
    : open('chromium', 'doctor.chromium.none', 'doctor.chromium.todo')
}
