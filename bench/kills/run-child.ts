import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { LifeOrder } from './child.ts'
import { steps } from './steps.ts'

/** Where a program stands: `full match`, or `full start` before its first stage. */
export type Place = string

/** A kill that is meant: in which stage, and how long after its beginning. */
export interface Aim {
  readonly place: Place
  readonly afterMs: number
}

export interface ChildEnd {
  /** Where the kill fell; undefined when the life was over before. */
  readonly killedAt: Place | undefined
  /** The last state that the program said is in force. */
  readonly said: number
}

const program = fileURLToPath(new URL('./child.ts', import.meta.url))

const start = (order: LifeOrder): ChildProcess =>
  spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, JSON.stringify(order)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })

/** The lines a program writes, as they come. */
const onLines = (child: ChildProcess, hear: (line: string) => void): void => {
  if (child.stdout) createInterface({ input: child.stdout }).on('line', hear)
}

/** The stages of all steps, in order; what a kill can be aimed at. */
export const places = (from: number): Place[] =>
  steps.slice(from).flatMap(({ name, stages }, at) => {
    const starts = at === 0 ? ['start'] : []
    return [...starts, ...stages, 'commit', 'sweep'].map((stage) => `${name} ${stage}`)
  })

/**
 * Runs the program from state `from` and kills it at the first of the aims that it comes by; `strike` does it. Rejects where
 * the program ends by itself before its life is over.
 */
export const runAndKill = async (
  order: LifeOrder,
  from: number,
  aims: readonly Aim[],
  strike: (child: ChildProcess) => void,
): Promise<ChildEnd> => {
  const child = start(order)
  let [place, said, aimed, killedAt] = [
    `${steps[from]?.name} start`,
    from,
    false,
    undefined as Place | undefined,
  ]
  let complaint = ''
  child.stderr?.on('data', (data: Buffer) => {
    complaint += data.toString()
  })
  const come = (): void => {
    const aim = aimed ? undefined : aims.find((one) => one.place === place)
    if (!aim) return
    aimed = true
    setTimeout(() => {
      if (child.exitCode !== null) return
      killedAt = place
      strike(child)
    }, aim.afterMs)
  }
  onLines(child, (line) => {
    const [word, ...rest] = line.split(' ')
    if (word === 'force') said = Number(rest[0])
    if (word !== 'at' || killedAt !== undefined) return
    place = rest.join(' ')
    come()
  })
  come()
  // `close` comes after the last line was heard.
  const [code] = await once(child, 'close')
  if (killedAt === undefined && code !== 0) throw new Error(`the program ended by itself: ${complaint}`)
  return { killedAt, said }
}

/** Runs a whole life undisturbed, looks at it after each step, and gives how long each stage took. */
export const runUndisturbed = async (
  order: LifeOrder,
  look: (generation: number) => Promise<void>,
): Promise<ReadonlyMap<Place, number>> => {
  const child = start({ ...order, rests: true })
  child.stderr?.pipe(process.stderr)
  const took = new Map<Place, number>()
  let [place, since] = [`${steps[0]?.name} start`, performance.now()]
  const failed: unknown[] = []
  onLines(child, (line) => {
    const [word, ...rest] = line.split(' ')
    const now = performance.now()
    if (word === 'at' || word === 'done') took.set(place, (took.get(place) ?? 0) + now - since)
    if (word === 'at') [place, since] = [rest.join(' '), now]
    if (word !== 'done') return
    look(Number(rest[0]))
      .catch((error) => failed.push(error))
      .finally(() => {
        place = 'rest'
        child.stdin?.write('go on\n')
      })
  })
  const [code] = await once(child, 'close')
  if (failed.length > 0) throw failed[0]
  if (code !== 0) throw new Error('the undisturbed life ended early')
  return took
}
