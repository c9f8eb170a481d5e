import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { Refusal } from '#base'
import { type Account, chooseAccount, isRoot } from './account.server.ts'
import { choosePrograms, copyPrograms, foreignPrograms, type Programs } from './programs.server.ts'

/** Where the cluster of one data folder lives. */
export type Place = {
  /** `<data folder>/postgres`: the password, and for root the pointer to `home`. */
  readonly own: string
  /** The folder with `data` (the cluster), `postgres.log` and `claims`. */
  readonly home: string
  /** Whom the server runs as; undefined: as ourselves. */
  readonly account: Account | undefined
  readonly programs: Programs
}

/** Kept in `<data folder>/postgres/place.json` when the cluster lives elsewhere. */
type Pointer = { readonly home: string; readonly dataDir: string }

/** The folder that holds root's clusters and their programs, beside what an ordinary account may still enter. */
const baseName = '.doudi-postgres'

const ancestorsOf = (folder: string): string[] =>
  dirname(folder) === folder ? [] : [dirname(folder), ...ancestorsOf(dirname(folder))]

/**
 * Where root may keep the cluster of a data folder, the nearest place first: beside the innermost folder around it that
 * an ordinary account can reach, so that it stays on the same disk and nobody has to be told of a path of ours. The
 * temporary folder comes last, for disks that cannot be written to or run programs from.
 */
const basesFor = (dataDir: string): string[] => {
  const isOpen = (folder: string): boolean => (statSync(folder).mode & 0o001) !== 0
  const reached = ancestorsOf(dataDir).filter((folder) => [folder, ...ancestorsOf(folder)].every(isOpen))
  return [...reached, realpathSync(tmpdir())].map((folder) => join(folder, baseName))
}

/**
 * Finds or makes the place of a data folder's cluster. An ordinary user keeps everything inside the data folder. Root
 * cannot: PostgreSQL must run as another user, who may be unable to enter the data folder, whose modes are not ours
 * to change. Then the cluster and a copy of the programs live in a place of their own, and the data folder points to it.
 * `programs` names a folder of PostgreSQL programs to use instead of the shipped ones.
 */
export const openPlace = (dataDir: string, programs?: string): Place => {
  const place = locate(dataDir)
  const { own, home, account } = place
  if (programs) return { ...place, programs: foreignPrograms(programs, account) }
  return {
    ...place,
    programs: home === own ? choosePrograms(own, account) : copyPrograms(baseOf(home), account),
  }
}

const locate = (dataDir: string): Omit<Place, 'programs'> => {
  const own = join(dataDir, 'postgres')
  mkdirSync(own, { recursive: true, mode: 0o700 })
  if (!isRoot()) return { own, home: own, account: undefined }
  // A cluster made by an ordinary user stays where it is, also when root starts it once.
  if (existsSync(join(own, 'data'))) return { own, home: own, account: ownerOf(join(own, 'data')) }
  const pointer = readPointer(own) ?? makePointer(own)
  refuseCopy(pointer, dataDir)
  const { home } = pointer
  openFolder(baseOf(home), 0o755)
  openFolder(dirname(home), 0o711)
  openFolder(home, 0o711)
  writeWhole(ownerFileOf(home), JSON.stringify({ dataDir: realpathSync(dataDir) }))
  const data = join(home, 'data')
  return { own, home, account: existsSync(data) ? ownerOf(data) : chooseAccount() }
}

const baseOf = (home: string): string => dirname(dirname(home)) // <base>/clusters/<name>

/** Where the cluster of a data folder lives or was about to be made; undefined when none was ever begun. Makes nothing. */
export const findHome = (dataDir: string): string | undefined => {
  const own = join(dataDir, 'postgres')
  return existsSync(own) ? (readPointer(own)?.home ?? own) : undefined
}

/** Removes the cluster with its pointer and password; with `programs` also the copied programs if no other cluster is left. */
export const removePlace = (dataDir: string, programs: boolean): void => {
  const own = join(dataDir, 'postgres')
  const pointer = readPointer(own)
  // Only a folder that is named as ours is removed, whatever the pointer says.
  if (pointer && basename(dirname(pointer.home)) === 'clusters') {
    rmSync(pointer.home, { recursive: true, force: true })
    if (programs) removeUnusedPrograms(pointer.home)
  }
  rmSync(own, { recursive: true, force: true })
}

const removeUnusedPrograms = (home: string): void => {
  const base = baseOf(home)
  if (readdirSync(dirname(home)).length > 0) return
  rmSync(dirname(home), { recursive: true })
  for (const name of readdirSync(base)) {
    if (/^(postgresql|draft)-/.test(name)) rmSync(join(base, name), { recursive: true, force: true })
  }
  if (readdirSync(base).length === 0) rmdirSync(base)
}

/** The owner's password, made at the first start; a file of mode 0600. */
export const ensurePassword = ({ own, home }: Place): string => {
  const file = join(own, 'owner-password')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  if (existsSync(join(home, 'data'))) {
    throw new Refusal('store.cluster-password-missing', { place: home, file })
  }
  const password = randomBytes(24).toString('base64url')
  writeWhole(file, `${password}\n`)
  return password
}

const ownerFileOf = (home: string): string => join(home, 'owner.json')

const readOwner = (home: string): string | undefined => {
  try {
    return (JSON.parse(readFileSync(ownerFileOf(home), 'utf8')) as { dataDir?: string }).dataDir
  } catch {
    return undefined // made before owners were written down, or torn by a kill: nobody knows whose it is
  }
}

/**
 * The clusters outside of data folders that belonged to a data folder below `under` which is gone, or which names another
 * cluster by now. One whose owner is not known is not among them. Only root has clusters there.
 */
export const listOwnerless = (
  under: string,
  bases: readonly string[] = isRoot() ? [join(under, baseName)] : [],
): string[] =>
  bases.flatMap((base) => {
    const clusters = join(base, 'clusters')
    const names = existsSync(clusters) ? readdirSync(clusters) : []
    return names
      .map((name) => join(clusters, name))
      .filter((home) => {
        const dataDir = readOwner(home)
        return dataDir?.startsWith(`${under}/`) && readPointer(join(dataDir, 'postgres'))?.home !== home
      })
  })

const readPointer = (own: string): Pointer | undefined => {
  const file = join(own, 'place.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Pointer) : undefined
}

const makePointer = (own: string): Pointer => {
  const dataDir = realpathSync(dirname(own))
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  const base = chooseBase(dataDir, chooseAccount())
  const home = join(base, 'clusters', name)
  if (existsSync(home)) setAside(home)
  const pointer = { home, dataDir }
  writeWhole(join(own, 'place.json'), JSON.stringify(pointer))
  return pointer
}

// A cluster whose data folder was deleted cannot be opened any more (its password and keys are gone), but it is
// not ours to delete: it may come back with a volume that is not mounted today.
const setAside = (home: string): void => {
  for (let number = 1; ; number++) {
    const aside = `${home}.left-${number}`
    if (existsSync(aside)) continue
    renameSync(home, aside)
    return
  }
}

const refuseCopy = (pointer: Pointer, dataDir: string): void => {
  const here = realpathSync(dataDir)
  if (pointer.dataDir === here) return
  const original = readPointer(join(pointer.dataDir, 'postgres'))
  if (original?.home === pointer.home) {
    throw new Refusal('store.cluster-copied', { dataDir: here, original: pointer.dataDir })
  }
  // Moved, not copied: the old place is no longer there.
  writeWhole(join(dataDir, 'postgres', 'place.json'), JSON.stringify({ ...pointer, dataDir: here }))
}

const chooseBase = (dataDir: string, account: Account): string => {
  let problem: unknown
  for (const base of basesFor(dataDir)) {
    try {
      openFolder(base, 0o755)
      copyPrograms(base, account)
      return base
    } catch (error) {
      problem ??= error // the first place tells most: the others are makeshifts
    }
  }
  throw problem
}

// In a folder that everybody may write to, somebody else could have put this name there before us.
const openFolder = (folder: string, mode: number): void => {
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, mode) // whatever the umask took away
  }
  const found = lstatSync(folder)
  if (!found.isDirectory() || found.uid !== 0 || (found.mode & 0o022) !== 0) {
    throw new Refusal('store.cluster-no-folder', { place: folder, reason: 'owner' })
  }
}

const ownerOf = (folder: string): Account | undefined => {
  const { uid, gid } = statSync(folder)
  return uid === 0 ? chooseAccount() : { uid, gid }
}

const writeWhole = (file: string, text: string): void => {
  const draft = `${file}.draft`
  writeFileSync(draft, text, { mode: 0o600 })
  renameSync(draft, file)
}
