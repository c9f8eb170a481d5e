/** Puts the questions to the console's queries, bound by row-level security and free of it, turn about. */
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { inScope } from '#store/server'
import { processOf } from './fill.queries.server.ts'
import {
  mix,
  type Officer,
  officersFor,
  type Question,
  type QuestionName,
  questionNames,
  questionsFor,
  randomFrom,
} from './questions.ts'
import type { DeskWorld } from './world.server.ts'

type Mode = 'bound' | 'free'
type Times = Readonly<Record<QuestionName, number[]>>

/** Milliseconds at 50, 95 and 99 of a hundred, and how many were asked. */
export interface Spread {
  readonly asked: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

export interface Figure {
  readonly bound: Spread
  readonly free: Spread
  /** One user at a time, the same officers and texts both ways: medians, and what PostgreSQL and this program computed for a question. */
  readonly alone: Readonly<
    Record<Mode, { readonly p50: number; readonly database: number; readonly program: number }>
  >
  /** Processor time of PostgreSQL for a question, with the policies to without: what else the machine does changes it least. */
  readonly ratio: number
  /** Rows found by the average question: none would be a wrong measurement. */
  readonly rows: number
}

const spreadOf = (times: readonly number[]): Spread => {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number): number =>
    Math.round(100 * (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0)) / 100
  return { asked: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

interface User {
  /** The process of PostgreSQL that answers the user now: an idle connection is closed after a while. */
  readonly processOf: (mode: Mode) => Promise<number>
  readonly officer: Officer
  readonly ask: (mode: Mode, name: QuestionName, random: () => number) => Promise<number>
  readonly close: () => Promise<void>
}

const openUser = async (
  world: DeskWorld,
  officer: Officer,
  at: number,
  questions: Readonly<Record<QuestionName, Question>>,
): Promise<User> => {
  const databases = { bound: world.bound(), free: await world.free(officer, at) }
  return {
    officer,
    processOf: (mode) => processOf(databases[mode]),
    ask: (mode, name, random) =>
      inScope(databases[mode], officer.scope, (tx) => questions[name](tx, databases[mode], officer, random)),
    close: async () => {
      for (const database of Object.values(databases)) await database.close()
    },
  }
}

const emptyTimes = (): Times =>
  Object.fromEntries(questionNames.map((name) => [name, []])) as unknown as Times

const drawn = questionNames.flatMap((name) => Array.from({ length: mix[name] }, () => name))

const askUntil = async (
  user: User,
  mode: Mode,
  end: number,
  random: () => number,
  times: Times,
  pauseMs: number,
): Promise<void> => {
  // Twenty officers do not begin in the same moment: without this, the first question of each, all at once, would be the slowest twentieth.
  if (pauseMs > 0) await pause(2 * pauseMs * random())
  while (performance.now() < end) {
    const name = drawn[Math.floor(random() * drawn.length)] as QuestionName
    const begun = performance.now()
    await user.ask(mode, name, random)
    times[name].push(performance.now() - begun)
    // An officer reads before asking again.
    if (pauseMs > 0) await pause(2 * pauseMs * random())
  }
}

// Ten seconds one way, ten the other: what else the machine does falls on both.
const together = async (
  readIn: () => Promise<void>,
  users: readonly User[],
  seconds: number,
  pauseMs: number,
): Promise<Record<Mode, Times>> => {
  const times = { bound: emptyTimes(), free: emptyTimes() }
  const slices = Math.max(1, Math.round(seconds / 10))
  const run = async (mode: Mode, forSeconds: number, into: Times, salt: number): Promise<void> => {
    await readIn()
    const end = performance.now() + forSeconds * 1000
    await Promise.all(
      users.map((user, at) => askUntil(user, mode, end, randomFrom(salt * 1000 + at), into, pauseMs)),
    )
  }
  for (const mode of ['bound', 'free'] as const) await run(mode, Math.min(10, seconds), emptyTimes(), 999)
  for (let slice = 0; slice < slices; slice += 1)
    for (const mode of ['bound', 'free'] as const) await run(mode, seconds / slices, times[mode], slice)
  return times
}

/** All officers in the very same moment, so many times: how long each waits among the others. */
const atOnce = async (users: readonly User[], howOften: number): Promise<Spread> => {
  const times: number[] = []
  for (let turn = 0; turn < howOften; turn += 1) {
    const random = randomFrom(turn)
    const names = users.map(() => drawn[Math.floor(random() * drawn.length)] as QuestionName)
    const begun = performance.now()
    const ask = async (user: User, at: number): Promise<void> => {
      await user.ask('bound', names[at] as QuestionName, randomFrom(turn * 1000 + at))
      times.push(performance.now() - begun)
    }
    await Promise.all(users.map(ask))
    await pause(500)
  }
  return spreadOf(times)
}

const millisecondsOf = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6

const ownMilliseconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const round = (value: number): number => Math.round(100 * value) / 100

interface Seen {
  readonly times: number[]
  database: number
  program: number
}

const alone = async (users: readonly User[], name: QuestionName, howOften: number) => {
  const seen: Record<Mode, Seen> = {
    bound: { times: [], database: 0, program: 0 },
    free: { times: [], database: 0, program: 0 },
  }
  let rows = 0
  for (let turn = 0; turn < howOften; turn += 1) {
    const user = users[turn % users.length] as User
    for (const mode of turn % 2 ? (['free', 'bound'] as const) : (['bound', 'free'] as const)) {
      const pid = await user.processOf(mode)
      const [begun, database, program] = [performance.now(), millisecondsOf(pid), ownMilliseconds()]
      const found = await user.ask(mode, name, randomFrom(turn))
      seen[mode].times.push(performance.now() - begun)
      seen[mode].database += millisecondsOf(pid) - database
      seen[mode].program += ownMilliseconds() - program
      if (mode === 'bound') rows += found
    }
  }
  const told = ({ times, database, program }: Seen) => ({
    p50: spreadOf(times).p50,
    database: round(database / howOften),
    program: round(program / howOften),
  })
  return {
    alone: { bound: told(seen.bound), free: told(seen.free) },
    ratio: round(seen.bound.database / seen.free.database),
    rows: Math.round((10 * rows) / howOften) / 10,
  }
}

export interface Measured {
  readonly figures: Readonly<Record<QuestionName, Figure>>
  /** Whatever was asked, when all ask in one moment. */
  readonly atOnce: Spread
}

export const measure = async (
  world: DeskWorld,
  {
    users: howMany,
    seconds,
    pause: pauseMs,
    cold,
  }: { readonly users: number; readonly seconds: number; readonly pause: number; readonly cold: boolean },
): Promise<Measured> => {
  const questions = questionsFor(world.size)
  const readIn = async (): Promise<void> => (cold ? undefined : world.readIn())
  const officers = officersFor(howMany, world.officeOf)
  const users: User[] = []
  try {
    for (const [at, officer] of officers.entries()) users.push(await openUser(world, officer, at, questions))
    const times = await together(readIn, users, seconds, pauseMs)
    const figures: [QuestionName, Figure][] = []
    for (const name of questionNames) {
      await readIn()
      figures.push([
        name,
        {
          bound: spreadOf(times.bound[name]),
          free: spreadOf(times.free[name]),
          ...(await alone(users, name, 4 * users.length)),
        },
      ])
    }
    return {
      figures: Object.fromEntries(figures) as Record<QuestionName, Figure>,
      atOnce: await atOnce(users, 10),
    }
  } finally {
    for (const user of users) await user.close()
  }
}
