import type { ImportHousehold } from '#registry'
import type { WrittenFile } from '#sandbox/server'

/** A department file that a step imports. */
export type LifeFile = Pick<WrittenFile, 'path' | 'fileName' | 'kind' | 'covers' | 'period'>

/** What a program of its own does, begun again until it ends. */
export type Work =
  | { readonly import: readonly LifeFile[]; readonly inChild: boolean }
  /** So many scans have ended before. */
  | { readonly scan: number }
  /** Rows are matched as soon as files came or went. */
  | { readonly follow: true }
  | { readonly takeBack: string }
  /** The number tells one change from another. */
  | { readonly change: number; readonly households: readonly ImportHousehold[] }

/** A step in the life of an installation. */
export interface Step {
  readonly name: string
  readonly today: string
  readonly work: Work
}

/** What a life is made of: files sent at first, files with changes, and households that come later. */
export interface LifeInput {
  readonly first: readonly LifeFile[]
  readonly later: readonly LifeFile[]
  readonly newcomers: readonly ImportHousehold[]
}

/** Which of the first files is taken back, by its kind. */
const fileOf = (files: readonly LifeFile[], kind: string): string => {
  const found = files.find((file) => file.kind === kind)
  if (!found) throw new Error(`no file of ${kind}`)
  return found.fileName
}

/** Tells each scan how many there were before it. */
export const numberScans = (steps: readonly Step[]): Step[] => {
  let scans = 0
  return steps.map((step) => ('scan' in step.work ? { ...step, work: { scan: scans++ } } : step))
}

/** Files come, the registry changes, files are taken back, days and a month go by; scans between. */
export const lifeSteps = ({ first, later, newcomers }: LifeInput): Step[] => {
  const [later1, later2, later3] = [later.slice(0, 7), later.slice(7, 8), later.slice(8)]
  const [new1, new2] = [newcomers.slice(0, 5), newcomers.slice(5)]
  const scan: Work = { scan: 0 }
  const follow: Work = { follow: true }
  const of = (name: string, today: string, work: Work): Step => ({ name, today, work })
  const [june15, june16, june20, july2] = ['2026-06-15', '2026-06-16', '2026-06-20', '2026-07-02']
  return [
    of('import', june15, { import: first, inChild: false }),
    of('first scan', june15, scan),
    of('import changes', june15, { import: later1, inChild: false }),
    of('follow changes', june15, follow),
    of('scan of changes', june15, scan),
    of('change registry', june16, { change: 1, households: new1 }),
    of('scan after registry', june16, scan),
    of('take back', june16, { takeBack: fileOf(first, 'vehicles') }),
    of('import in a child', june20, { import: later2, inChild: true }),
    of('scan after days', june20, scan),
    of('take back changes', june20, { takeBack: fileOf(first, 'students') }),
    of('follow what is gone', june20, follow),
    of('change again', june20, { change: 2, households: new2 }),
    of('import the last', june20, { import: later3, inChild: false }),
    of('scan of all', june20, scan),
    of('scan of next month', july2, scan),
    of('last scan', july2, scan),
  ]
}
