import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { type PackFiles, type PackRead, readPack } from './pack.ts'

// The published working days come with the program; a pack is of one piece with those its cases are counted by.
const calendars = fileURLToPath(new URL('../../../calendars', import.meta.url))

/**
 * The YAML files of a pack's folder by their path inside it; with the lowest of a chain the calendars, as `calendars/YEAR.yaml`.
 * Throws when the folder cannot be read.
 */
export const packFilesIn = (folder: string): PackFiles => {
  const files = yamlFilesIn(folder)
  if (overOf(files['pack.yaml']) !== undefined) return files
  const years = Object.entries(yamlFilesIn(calendars)).map(([file, text]) => [`calendars/${file}`, text])
  return { ...files, ...Object.fromEntries(years) }
}

const yamlFilesIn = (folder: string): Record<string, string> => {
  const files: Record<string, string> = {}
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.yaml')) continue
    const path = join(entry.parentPath, entry.name)
    files[relative(folder, path).split(sep).join('/')] = readFileSync(path, 'utf8')
  }
  return files
}

/**
 * Reads and types a pack from its folder, over the pack beside it that it names with `over`; what is wrong comes back as
 * findings. Throws when the folder itself cannot be read.
 */
export const loadPack = (folder: string): PackRead => loadOver(folder, [])

const loadOver = (folder: string, above: readonly string[]): PackRead => {
  const files = packFilesIn(folder)
  const below = overOf(files['pack.yaml'])
  const path = below === undefined ? undefined : join(folder, '..', below)
  // A pack that lies over itself has no pack below it, and the checker says so.
  const isThere = path !== undefined && existsSync(path) && !above.includes(path)
  return readPack(files, isThere ? loadOver(path, [...above, folder]) : undefined)
}

const overOf = (head: string | undefined): string | undefined => {
  try {
    const over: unknown = parse(head ?? '')?.over
    return typeof over === 'string' && /^[a-z][a-z0-9-]*$/u.test(over) ? over : undefined
  } catch {
    // What is wrong with the file is told when it is read.
    return undefined
  }
}
