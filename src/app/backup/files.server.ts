import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inboxPath, keptFactsFolder, lakePath } from './places.ts'

/** Small files that belong to an installation, where they are there. */
const ownFiles = ['secrets.json', 'demo-accounts.json', 'first-account.json'] as const

const listFolder = (dataDir: string, folder: string): string[] => {
  const root = join(dataDir, folder)
  if (!existsSync(root)) return []
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name).slice(dataDir.length + 1))
    .sort()
}

// Where the file system knows no links, a copy does the same more slowly.
const linkOrCopy = (from: string, to: string): void => {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
  try {
    linkSync(from, to)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return // gone meanwhile: whoever needs it asks again
    if (code !== 'EEXIST') copyFileSync(from, to)
  }
}

/** Files held as they are now, whatever a running installation does with the originals. */
export interface HeldFiles {
  /** Holds what is there now; called before and after the database's instant. */
  hold(): void
  /** The held file of a path in the data folder, undefined where there was none. */
  find(path: string): string | undefined
  /** Keys, secrets and accounts. */
  readonly own: () => readonly string[]
  release(): void
}

/** Holds the files of a data folder by second names in a folder of its own. */
export const holdFiles = (dataDir: string): HeldFiles => {
  const folder = join(dataDir, 'backup.work')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { mode: 0o700 })
  const own = () => [
    ...listFolder(folder, 'keys'),
    ...ownFiles.filter((name) => existsSync(join(folder, name))),
  ]
  return {
    hold: () => {
      const small = ownFiles.filter((name) => existsSync(join(dataDir, name)))
      const paths = [
        ...['keys', 'lake/feeds', keptFactsFolder, 'inbox'].flatMap((name) => listFolder(dataDir, name)),
        ...small,
      ]
      for (const path of paths) linkOrCopy(join(dataDir, path), join(folder, path))
    },
    find: (path) => (existsSync(join(folder, path)) ? join(folder, path) : undefined),
    own,
    release: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Paths in the data folder that the record's files need: in the lake, or still in the inbox. */
export const pathsOfFeeds = (
  feeds: readonly { readonly id: string; readonly kind: string | null; readonly status: string }[],
): { readonly id: string; readonly path: string }[] =>
  feeds.map(({ id, kind, status }) => ({
    id,
    path: status === 'received' || status === 'reading' ? inboxPath(id) : lakePath(kind ?? '', id),
  }))
