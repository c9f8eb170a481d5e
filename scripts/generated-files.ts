import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)

/** The text of a file below the installed packages, or an end with the command that installs the one that lacks. */
export const readPackageFile = (name: string, version: string, path: string): string => {
  const folder = new URL(`node_modules/${name}/`, root)
  const installed = versionIn(folder)
  if (installed !== version) {
    stop(
      `${name} ${version} is needed and ${installed ?? 'none'} is installed.\n` +
        `It is a tool of this script only and no dependency; for one run:\n` +
        `  npm install --no-save ${name}@${version}`,
    )
  }
  return readFileSync(new URL(path, folder), 'utf8')
}

/** Writes the files (paths from the project's root), or with `--check` only compares them and fails when one is stale. */
export const writeOrCheck = (files: ReadonlyMap<string, string>): void => {
  const check = process.argv.includes('--check')
  const stale: string[] = []
  for (const [path, text] of files) {
    const target = new URL(path, root)
    if (textAt(target) === text) continue
    if (check) {
      stale.push(path)
      continue
    }
    mkdirSync(dirname(fileURLToPath(target)), { recursive: true })
    writeFileSync(target, text)
    console.log(`wrote ${relative(fileURLToPath(root), fileURLToPath(target))}`)
  }
  if (stale.length > 0) stop(`not what the source gives: ${stale.join(', ')}`)
  if (check) console.log(`${files.size} files are fresh`)
}

export const stop = (why: string): never => {
  console.error(why)
  process.exit(1)
}

const textAt = (url: URL): string | undefined => {
  try {
    return readFileSync(url, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

const versionIn = (folder: URL): string | undefined => {
  const manifest = textAt(new URL('package.json', folder))
  return manifest === undefined ? undefined : (JSON.parse(manifest) as { version: string }).version
}
