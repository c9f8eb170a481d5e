import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { recordPlaces } from './places.ts'

// A restore exchanges files and database together. The journal names the transaction that exchanges the database: if it
// was committed the new files stay, if not the old ones come back, also after a kill at any moment.
const journalShape = z.object({
  transaction: z.string(),
  places: z.array(z.object({ name: z.enum(recordPlaces), hadOld: z.boolean(), hasNew: z.boolean() })),
})

export type Journal = z.infer<typeof journalShape>

const journalPath = (dataDir: string): string => join(dataDir, 'restore.json')
/** Where the files of a backup wait for their exchange. */
export const incomingFolder = (dataDir: string): string => join(dataDir, 'restore.new')
const outgoingFolder = (dataDir: string): string => join(dataDir, 'restore.old')

const sync = (path: string): void => {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** The journal of an exchange that was begun and not finished. */
export const findJournal = (dataDir: string): Journal | undefined => {
  const path = journalPath(dataDir)
  return existsSync(path) ? journalShape.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined
}

const writeJournal = (dataDir: string, journal: Journal): void => {
  const draft = `${journalPath(dataDir)}.draft`
  writeFileSync(draft, JSON.stringify(journal), { mode: 0o600 })
  sync(draft)
  renameSync(draft, journalPath(dataDir))
  sync(dataDir)
}

/** Puts the waiting files in the place of those that are there, which are kept aside. */
export const exchangeFiles = (dataDir: string, transaction: string): void => {
  const [incoming, outgoing] = [incomingFolder(dataDir), outgoingFolder(dataDir)]
  rmSync(outgoing, { recursive: true, force: true })
  mkdirSync(outgoing, { mode: 0o700 })
  const places = recordPlaces.map((name) => ({
    name,
    hadOld: existsSync(join(dataDir, name)),
    hasNew: existsSync(join(incoming, name)),
  }))
  writeJournal(dataDir, { transaction, places })
  for (const { name, hadOld, hasNew } of places) {
    if (hadOld) renameSync(join(dataDir, name), join(outgoing, name))
    if (hasNew) renameSync(join(incoming, name), join(dataDir, name))
  }
  sync(dataDir)
}

/** Brings the old files back, however far the exchange had come. May be repeated. */
export const returnFiles = (dataDir: string, { places }: Journal): void => {
  const [incoming, outgoing] = [incomingFolder(dataDir), outgoingFolder(dataDir)]
  for (const { name, hadOld, hasNew } of places) {
    const here = join(dataDir, name)
    const isNew = hasNew && !existsSync(join(incoming, name))
    const isAside = hadOld && existsSync(join(outgoing, name))
    if (isNew && (isAside || !hadOld)) rmSync(here, { recursive: true, force: true })
    if (isAside) renameSync(join(outgoing, name), here)
  }
  sync(dataDir)
  forgetFiles(dataDir)
}

/** Ends an exchange: what was put aside, and what still waits, is removed. */
export const forgetFiles = (dataDir: string): void => {
  rmSync(journalPath(dataDir), { force: true })
  rmSync(outgoingFolder(dataDir), { recursive: true, force: true })
  rmSync(incomingFolder(dataDir), { recursive: true, force: true })
}
