import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { type PackFiles, type PackRead, readPack } from './pack.ts'

/** The YAML files of a pack's folder by their path inside it. Throws when the folder cannot be read. */
export const packFilesIn = (folder: string): PackFiles => {
  const files: Record<string, string> = {}
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.yaml')) continue
    const path = join(entry.parentPath, entry.name)
    files[relative(folder, path).split(sep).join('/')] = readFileSync(path, 'utf8')
  }
  return files
}

/** Reads and types a pack from its folder; what is wrong comes back as findings. */
export const loadPack = (folder: string): PackRead => readPack(packFilesIn(folder))
