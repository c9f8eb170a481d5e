import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { ChildOrder } from './child.ts'
import { type Life, type LifePlan, restartRecord } from './life.ts'
import { differences, otherFiles, type Sight, sightOf, strayFiles } from './look.ts'
import type { Step } from './steps.ts'

/** Where a program stands: `match subject-0`, `raise`. Its first word is a stage. */
type Place = string

/** What an undisturbed life leaves after each step, and how long it stood at each place on the way. */
export interface Reference {
  readonly sights: readonly Sight[]
  readonly took: readonly ReadonlyMap<Place, number>[]
  /** What rows its last scan matched. */
  readonly matched: readonly string[]
  readonly files: readonly string[]
}

export interface KillFigures {
  readonly kills: number
  /** By stage. */
  readonly byStage: Readonly<Record<string, number>>
  readonly databaseKills: number
  /** How often somebody was still at it when the step was begun again. */
  readonly waited: number
  /** What was not as in the undisturbed life. */
  readonly problems: readonly string[]
}

interface Aim {
  readonly place: Place
  readonly afterMs: number
}

interface Ended {
  readonly killedAt: Place | undefined
  readonly said: readonly string[]
  readonly took: ReadonlyMap<Place, number>
}

const program = fileURLToPath(new URL('./child.ts', import.meta.url))

/** Programs are started before they are needed: most of what they take is reading their modules. */
const nursery = ({ folder }: LifePlan) => {
  const cache = join(folder, 'compiled')
  const start = (): ChildProcess =>
    spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, NODE_COMPILE_CACHE: cache },
    })
  let spare = start()
  return {
    next: (): ChildProcess => {
      const child = spare
      spare = start()
      return child
    },
    close: (): void => {
      spare.kill('SIGKILL')
    },
  }
}

type Nursery = ReturnType<typeof nursery>

const runChild = async (
  child: ChildProcess,
  order: ChildOrder,
  aim: Aim | undefined,
  strike: () => void,
): Promise<Ended> => {
  let [place, since, complaint]: [Place, number, string] = ['start', performance.now(), '']
  let killedAt: Place | undefined
  let timer: NodeJS.Timeout | undefined
  const said: string[] = []
  const took = new Map<Place, number>()
  const hear = (line: string): void => {
    const now = performance.now()
    took.set(place, Math.max(took.get(place) ?? 0, now - since))
    if (!line.startsWith('at ')) said.push(line)
    else if (killedAt === undefined) [place, since] = [line.slice(3), now]
    if (aim?.place !== place || timer) return
    timer = setTimeout(() => {
      if (child.exitCode !== null || said.includes('done')) return
      killedAt = place
      child.kill('SIGKILL')
      strike()
    }, aim.afterMs)
  }
  child.stderr?.on('data', (data: Buffer) => {
    complaint += data.toString()
  })
  if (child.stdout) createInterface({ input: child.stdout }).on('line', hear)
  child.stdin?.write(`${JSON.stringify(order)}\n`)
  // `close` comes after the last line was heard.
  const [code] = await once(child, 'close')
  clearTimeout(timer)
  if (killedAt === undefined && code !== 0) throw new Error(`the program ended by itself: ${complaint}`)
  return { killedAt, said, took }
}

const orderOf = ({ dataDir, record }: Life, { today, work }: Step, looks: boolean): ChildOrder => ({
  ...{ dataDir, ownerUrl: record.ownerUrl, appUrl: record.appUrl, today, work, looks },
})

const matchedIn = ({ said }: Ended): string[] => said.filter((line) => line.startsWith('look '))

/** Lives every step undisturbed. */
export const takeReference = async (plan: LifePlan, life: Life): Promise<Reference> => {
  const children = nursery(plan)
  try {
    const sights: Sight[] = []
    const took: ReadonlyMap<Place, number>[] = []
    let matched: string[] = []
    for (const [at, step] of plan.steps.entries()) {
      const isLast = at + 1 === plan.steps.length
      const ended = await runChild(children.next(), orderOf(life, step, isLast), undefined, () => undefined)
      matched = matchedIn(ended)
      took.push(ended.took)
      sights.push(await sightOf(life))
    }
    const stray = await strayFiles(life)
    if (stray.length > 0) throw new Error(`an undisturbed life leaves ${stray.join(', ')}`)
    return { sights, took, matched, files: await otherFiles(life) }
  } finally {
    children.close()
  }
}

const stageOf = (place: Place): string => place.split(' ')[0] ?? place

/** Of what comes last one kill is enough to end a step: those are aimed at after all others. */
const last = ['commit', 'sweep']
const matchWeight = 3

/** So many moments of a step: of a stage, of a place in it, of the time there. */
const aimsOf = (took: ReadonlyMap<Place, number>, count: number, draw: () => number): Aim[] => {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(draw() * list.length)]
  const stages = [...new Set([...took.keys()].map(stageOf))]
  const weighted = stages.flatMap((stage) => Array<string>(stage === 'match' ? matchWeight : 1).fill(stage))
  const aims = Array.from({ length: count }, (): Aim => {
    const stage = pick(weighted)
    const place = pick([...took.keys()].filter((one) => stageOf(one) === stage)) ?? 'start'
    return { place, afterMs: draw() * (took.get(place) ?? 0) }
  })
  const rank = ({ place }: Aim): number => last.indexOf(stageOf(place))
  return aims.toSorted((a, b) => rank(a) - rank(b))
}

/** A scan is killed more often than a file's import, that more often than what is one transaction. */
const share = ({ work }: Step): number => {
  if ('scan' in work) return 8
  if ('follow' in work) return 6
  return 'import' in work ? 5 : 2
}

/** How a life is to be killed. */
export interface Killing {
  readonly count: number
  readonly draw: () => number
  /** One kill in so many takes PostgreSQL along, where the life has its own. */
  readonly databaseEvery?: number
  readonly print: (line: string) => void
}

interface Tally {
  kills: number
  databaseKills: number
  waited: number
  readonly byStage: Record<string, number>
  readonly problems: string[]
}

/** Does a step, killed again and again, until it ends by itself or is found done. Gives what its scan matched. */
const liveStep = async (
  life: Life,
  children: Nursery,
  step: Step,
  aims: Aim[],
  { databaseEvery, draw, looks, tally }: Killing & { readonly looks: boolean; readonly tally: Tally },
): Promise<readonly string[]> => {
  for (;;) {
    const aim = aims.shift()
    const { kill } = life.record
    const alsoDatabase = kill !== undefined && databaseEvery !== undefined && draw() * databaseEvery < 1
    const ended = await runChild(children.next(), orderOf(life, step, looks), aim, () => {
      if (alsoDatabase) kill()
    })
    if (ended.killedAt === undefined) {
      if (ended.said.includes('done')) return matchedIn(ended)
      tally.waited += 1
      continue
    }
    tally.kills += 1
    const stage = stageOf(ended.killedAt)
    tally.byStage[stage] = (tally.byStage[stage] ?? 0) + 1
    if (!alsoDatabase) continue
    tally.databaseKills += 1
    await restartRecord(life)
  }
}

/** Lives every step of a plan under kills, and compares after each with the undisturbed life. */
export const liveKilled = async (
  plan: LifePlan,
  life: Life,
  reference: Reference,
  killing: Killing,
): Promise<KillFigures> => {
  const children = nursery(plan)
  const tally: Tally = { kills: 0, databaseKills: 0, waited: 0, byStage: {}, problems: [] }
  let matched: readonly string[] = []
  try {
    for (const [at, step] of plan.steps.entries()) {
      const looks = at + 1 === plan.steps.length
      const ahead = plan.steps.slice(at, -1).reduce((sum, one) => sum + share(one), 0)
      // The last one is left alone: it tidies up what others left.
      const count = looks ? 0 : Math.ceil(((killing.count - tally.kills) * share(step)) / ahead)
      const aims = aimsOf(reference.took[at] ?? new Map(), Math.max(0, count), killing.draw)
      matched = await liveStep(life, children, step, aims, { ...killing, looks, tally })
      const differing = differences(await sightOf(life), reference.sights[at] ?? new Map())
      tally.problems.push(...differing.map((line) => `${step.name}: ${line}`))
      killing.print(`${step.name}: ${tally.kills} kills, ${tally.problems.length} differences`)
    }
    const sums = differences(new Map([['matched', matched]]), new Map([['matched', reference.matched]]))
    tally.problems.push(...sums, ...(await strayFiles(life, reference.files)))
    return tally
  } finally {
    children.close()
  }
}
