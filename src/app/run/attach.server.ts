import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const shape = z.object({ pid: z.number(), ownerUrl: z.string() })

const pathIn = (dataDir: string): string => join(dataDir, 'attach.json')

/** Tells commands of the same owner where the running installation's database is: a file of mode 0600. Gives the undo. */
export const writeAttachment = (dataDir: string, ownerUrl: string): (() => void) => {
  const path = pathIn(dataDir)
  rmSync(path, { force: true })
  writeFileSync(path, JSON.stringify({ pid: process.pid, ownerUrl }), { mode: 0o600 })
  return () => rmSync(path, { force: true })
}

/** The database of the installation that the process `pid` runs in this folder; undefined while it still starts. */
export const findAttachment = (dataDir: string, pid: number): string | undefined => {
  try {
    const attachment = shape.parse(JSON.parse(readFileSync(pathIn(dataDir), 'utf8')))
    return attachment.pid === pid ? attachment.ownerUrl : undefined
  } catch {
    // Not there yet, or half written: the caller says that the installation is still starting.
    return undefined
  }
}
